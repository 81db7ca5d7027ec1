// The RPCs of EventLogService that prove what the log holds.

#include <functional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/eventlog/event_log_service.h"
#include "common/eventlog/proof_answers.h"

namespace sakip::eventlog {

grpc::ServerUnaryReactor* EventLogService::GetCheckpoint(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in,
                                                         grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::GetCheckpointRequest, v1::GetCheckpointResponse>(
      gate_, context, in, out,
      [this](const std::shared_ptr<const rpc::Call>&, const v1::GetCheckpointRequest& request,
             rpc::Done<v1::GetCheckpointResponse> done) {
        WhenSigned(log_, checkpointer_, request.min_tree_size(), AnswerWithNote(std::move(done)));
      });
}

grpc::ServerUnaryReactor* EventLogService::GetInclusionProof(grpc::CallbackServerContext* context,
                                                             const grpc::ByteBuffer* in,
                                                             grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetInclusionProofRequest>(
      gate_, context, in, out, std::bind_front(&EventLogService::DoGetInclusionProof, this));
}

absl::StatusOr<v1::GetInclusionProofResponse> EventLogService::DoGetInclusionProof(
    const v1::GetInclusionProofRequest& request) {
  ASSIGN_OR_RETURN(ProvedRecord proved, ProveRecord(log_, request.position(), request.tree_size()));
  v1::GetInclusionProofResponse response;
  response.set_leaf_hash(std::move(proved.record.leaf_hash));
  AddHashes(proved.path, *response.mutable_audit_path());
  return response;
}

grpc::ServerUnaryReactor* EventLogService::GetConsistencyProof(grpc::CallbackServerContext* context,
                                                               const grpc::ByteBuffer* in,
                                                               grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetConsistencyProofRequest>(
      gate_, context, in, out,
      [this](const rpc::Call&, const v1::GetConsistencyProofRequest& request) {
        return GrowthAnswer<v1::GetConsistencyProofResponse>(log_, request);
      });
}

}  // namespace sakip::eventlog
