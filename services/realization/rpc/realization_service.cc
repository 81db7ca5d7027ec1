#include "services/realization/rpc/realization_service.h"

#include <utility>

namespace sakip::realization {

grpc::ServerUnaryReactor* RealizationService::SubmitQuarter(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::SubmitQuarterRequest, v1::SubmitQuarterResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::SubmitQuarterRequest& request,
             rpc::Done<v1::SubmitQuarterResponse> done) {
        DoSubmitQuarter(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::VerifySubmission(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in,
                                                               grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::VerifySubmissionRequest, v1::VerifySubmissionResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::VerifySubmissionRequest& request,
             rpc::Done<v1::VerifySubmissionResponse> done) {
        DoVerifySubmission(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::ReturnSubmission(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in,
                                                               grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::ReturnSubmissionRequest, v1::ReturnSubmissionResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::ReturnSubmissionRequest& request,
             rpc::Done<v1::ReturnSubmissionResponse> done) {
        DoReturnSubmission(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::ApproveSubmission(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::ApproveSubmissionRequest, v1::ApproveSubmissionResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::ApproveSubmissionRequest& request,
             rpc::Done<v1::ApproveSubmissionResponse> done) {
        DoApproveSubmission(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::OpenQuarter(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* in,
                                                          grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::OpenQuarterRequest, v1::OpenQuarterResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::OpenQuarterRequest& request,
             rpc::Done<v1::OpenQuarterResponse> done) {
        DoOpenQuarter(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::CloseQuarter(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* in,
                                                           grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::CloseQuarterRequest, v1::CloseQuarterResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::CloseQuarterRequest& request,
             rpc::Done<v1::CloseQuarterResponse> done) {
        DoCloseQuarter(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::ReopenQuarter(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::ReopenQuarterRequest, v1::ReopenQuarterResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::ReopenQuarterRequest& request,
             rpc::Done<v1::ReopenQuarterResponse> done) {
        DoReopenQuarter(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::GetQuarterProgress(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::GetQuarterProgressRequest, v1::GetQuarterProgressResponse>(
      gate_, context, in, out,
      [this](const CallPtr& call, const v1::GetQuarterProgressRequest& request,
             rpc::Done<v1::GetQuarterProgressResponse> done) {
        DoGetQuarterProgress(call, request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::GetSubmission(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetSubmissionRequest>(
      gate_, context, in, out, [this](const rpc::Call&, const v1::GetSubmissionRequest& request) {
        return DoGetSubmission(request);
      });
}

grpc::ServerUnaryReactor* RealizationService::ListSubmissions(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* in,
                                                              grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListSubmissionsRequest>(
      gate_, context, in, out, [this](const rpc::Call&, const v1::ListSubmissionsRequest& request) {
        return DoListSubmissions(request);
      });
}

grpc::ServerUnaryReactor* RealizationService::GetQuarter(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in,
                                                         grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetQuarterRequest>(
      gate_, context, in, out, [this](const rpc::Call& call, const v1::GetQuarterRequest& request) {
        return DoGetQuarter(call, request);
      });
}

}  // namespace sakip::realization
