#include "services/realization/rpc/realization_service.h"

#include <functional>
#include <utility>

namespace sakip::realization {

grpc::ServerUnaryReactor* RealizationService::SubmitQuarter(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::SubmitQuarterRequest, v1::SubmitQuarterResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoSubmitQuarter, this));
}

grpc::ServerUnaryReactor* RealizationService::VerifySubmission(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in,
                                                               grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::VerifySubmissionRequest, v1::VerifySubmissionResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoVerifySubmission, this));
}

grpc::ServerUnaryReactor* RealizationService::ReturnSubmission(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in,
                                                               grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::ReturnSubmissionRequest, v1::ReturnSubmissionResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoReturnSubmission, this));
}

grpc::ServerUnaryReactor* RealizationService::ApproveSubmission(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::ApproveSubmissionRequest, v1::ApproveSubmissionResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoApproveSubmission, this));
}

grpc::ServerUnaryReactor* RealizationService::OpenQuarter(grpc::CallbackServerContext* context,
                                                          const grpc::ByteBuffer* in,
                                                          grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::OpenQuarterRequest, v1::OpenQuarterResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoOpenQuarter, this));
}

grpc::ServerUnaryReactor* RealizationService::CloseQuarter(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* in,
                                                           grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::CloseQuarterRequest, v1::CloseQuarterResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoCloseQuarter, this));
}

grpc::ServerUnaryReactor* RealizationService::ReopenQuarter(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::ReopenQuarterRequest, v1::ReopenQuarterResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoReopenQuarter, this));
}

grpc::ServerUnaryReactor* RealizationService::GetQuarterProgress(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::GetQuarterProgressRequest, v1::GetQuarterProgressResponse>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoGetQuarterProgress, this));
}

grpc::ServerUnaryReactor* RealizationService::GetSubmission(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetSubmissionRequest>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoGetSubmission, this));
}

grpc::ServerUnaryReactor* RealizationService::ListSubmissions(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* in,
                                                              grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListSubmissionsRequest>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoListSubmissions, this));
}

grpc::ServerUnaryReactor* RealizationService::GetQuarter(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in,
                                                         grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetQuarterRequest>(
      gate_, context, in, out, std::bind_front(&RealizationService::DoGetQuarter, this));
}

}  // namespace sakip::realization
