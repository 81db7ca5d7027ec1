// The RPCs of EventLogService that prove what the log holds.

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/event_log_service.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

absl::Status CheckpointsNotOffered() {
  return MakeError(absl::StatusCode::kUnimplemented, "NOT_OFFERED",
                   "this server does not sign checkpoints");
}

absl::Status NothingSigned(uint64_t size) {
  return MakeError(absl::StatusCode::kDataLoss, "RECORD_DAMAGED",
                   absl::StrCat("the log is damaged: no checkpoint of ", size,
                                " records can be signed; the server's log of messages says why"));
}

absl::Status Ahead(uint64_t size, uint64_t end) {
  return MakeError(absl::StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG",
                   absl::StrCat("the log has ", end, " records, not ", size),
                   {{"end_position", absl::StrCat(end)}});
}

}  // namespace

grpc::ServerUnaryReactor* EventLogService::GetCheckpoint(grpc::CallbackServerContext* context,
                                                         const v1::GetCheckpointRequest* request,
                                                         v1::GetCheckpointResponse* response) {
  return rpc::UnaryAsync(gate_, context, request, response,
                         [this, request](const std::shared_ptr<const rpc::Call>&,
                                         rpc::Done<v1::GetCheckpointResponse> done) {
                           DoGetCheckpoint(request->min_tree_size(), std::move(done));
                         });
}

void EventLogService::DoGetCheckpoint(uint64_t size, rpc::Done<v1::GetCheckpointResponse> done) {
  if (checkpointer_ == nullptr) return done(CheckpointsNotOffered());
  const uint64_t end = log_.end_position();
  if (size > end) return done(Ahead(size, end));
  checkpointer_->WaitForSize(size, [this, size, done = std::move(done)] {
    LatestCheckpoint latest = checkpointer_->latest();
    if (latest.size < size) return done(NothingSigned(size));
    v1::GetCheckpointResponse response;
    response.set_signed_note(std::move(latest.note));
    done(std::move(response));
  });
}

grpc::ServerUnaryReactor* EventLogService::GetInclusionProof(
    grpc::CallbackServerContext* context, const v1::GetInclusionProofRequest* request,
    v1::GetInclusionProofResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoGetInclusionProof(*request); });
}

absl::StatusOr<v1::GetInclusionProofResponse> EventLogService::DoGetInclusionProof(
    const v1::GetInclusionProofRequest& request) {
  if (request.position() >= request.tree_size()) {
    return InvalidField(
        "position", absl::StrCat("must be less than tree_size, which is ", request.tree_size()));
  }
  ASSIGN_OR_RETURN(const auto path, log_.ProveInclusion(request.position(), request.tree_size()));
  ASSIGN_OR_RETURN(ReadResult read, log_.Read(request.position(), {.records = 1}));
  v1::GetInclusionProofResponse response;
  response.set_leaf_hash(std::move(read.records.front().leaf_hash));
  for (const merkle::Hash& hash : path) response.add_audit_path(hash.data(), hash.size());
  return response;
}

grpc::ServerUnaryReactor* EventLogService::GetConsistencyProof(
    grpc::CallbackServerContext* context, const v1::GetConsistencyProofRequest* request,
    v1::GetConsistencyProofResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoGetConsistencyProof(*request); });
}

absl::StatusOr<v1::GetConsistencyProofResponse> EventLogService::DoGetConsistencyProof(
    const v1::GetConsistencyProofRequest& request) {
  if (request.first_tree_size() > request.second_tree_size()) {
    return InvalidField(
        "first_tree_size",
        absl::StrCat("must not exceed second_tree_size, which is ", request.second_tree_size()));
  }
  ASSIGN_OR_RETURN(const auto proof,
                   log_.ProveConsistency(request.first_tree_size(), request.second_tree_size()));
  v1::GetConsistencyProofResponse response;
  for (const merkle::Hash& hash : proof) response.add_hashes(hash.data(), hash.size());
  return response;
}

}  // namespace sakip::eventlog
