#include "services/realization/rpc/realization_service.h"

#include <utility>

namespace sakip::realization {

grpc::ServerUnaryReactor* RealizationService::SubmitQuarter(grpc::CallbackServerContext* context,
                                                            const v1::SubmitQuarterRequest* request,
                                                            v1::SubmitQuarterResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::SubmitQuarterResponse> done) {
        DoSubmitQuarter(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::VerifySubmission(
    grpc::CallbackServerContext* context, const v1::VerifySubmissionRequest* request,
    v1::VerifySubmissionResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::VerifySubmissionResponse> done) {
        DoVerifySubmission(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::ReturnSubmission(
    grpc::CallbackServerContext* context, const v1::ReturnSubmissionRequest* request,
    v1::ReturnSubmissionResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::ReturnSubmissionResponse> done) {
        DoReturnSubmission(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::ApproveSubmission(
    grpc::CallbackServerContext* context, const v1::ApproveSubmissionRequest* request,
    v1::ApproveSubmissionResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::ApproveSubmissionResponse> done) {
        DoApproveSubmission(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::OpenQuarter(grpc::CallbackServerContext* context,
                                                          const v1::OpenQuarterRequest* request,
                                                          v1::OpenQuarterResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::OpenQuarterResponse> done) {
        DoOpenQuarter(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::CloseQuarter(grpc::CallbackServerContext* context,
                                                           const v1::CloseQuarterRequest* request,
                                                           v1::CloseQuarterResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::CloseQuarterResponse> done) {
        DoCloseQuarter(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::ReopenQuarter(grpc::CallbackServerContext* context,
                                                            const v1::ReopenQuarterRequest* request,
                                                            v1::ReopenQuarterResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::ReopenQuarterResponse> done) {
        DoReopenQuarter(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::GetQuarterProgress(
    grpc::CallbackServerContext* context, const v1::GetQuarterProgressRequest* request,
    v1::GetQuarterProgressResponse* response) {
  return rpc::UnaryAsync(
      gate_, context, request, response,
      [this, request](const CallPtr& call, rpc::Done<v1::GetQuarterProgressResponse> done) {
        DoGetQuarterProgress(call, *request, std::move(done));
      });
}

grpc::ServerUnaryReactor* RealizationService::GetSubmission(grpc::CallbackServerContext* context,
                                                            const v1::GetSubmissionRequest* request,
                                                            v1::GetSubmissionResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoGetSubmission(*request); });
}

grpc::ServerUnaryReactor* RealizationService::ListSubmissions(
    grpc::CallbackServerContext* context, const v1::ListSubmissionsRequest* request,
    v1::ListSubmissionsResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoListSubmissions(*request); });
}

grpc::ServerUnaryReactor* RealizationService::GetQuarter(grpc::CallbackServerContext* context,
                                                         const v1::GetQuarterRequest* request,
                                                         v1::GetQuarterResponse* response) {
  return rpc::Unary(gate_, context, request, response, [this, request](const rpc::Call& call) {
    return DoGetQuarter(call, *request);
  });
}

}  // namespace sakip::realization
