#include "services/cli/log/live_audit_log.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/audit/v1/audit_service.grpc.pb.h"

namespace sakip::cli {
namespace {

using audit::v1::AuditService;

}  // namespace

absl::StatusOr<std::string> LiveAuditLog::Checkpoint(uint64_t min_size) const {
  audit::v1::GetAuditCheckpointRequest request;
  request.set_min_tree_size(min_size);
  ASSIGN_OR_RETURN(const auto response,
                   session().Call(peer(), &AuditService::Stub::GetAuditCheckpoint, request));
  return response.signed_note();
}

absl::StatusOr<std::vector<merkle::Hash>> LiveAuditLog::InclusionProof(uint64_t position,
                                                                       uint64_t size) const {
  audit::v1::GetAuditEntryRequest request;
  request.set_scope(scope_);
  request.set_position(position);
  request.set_tree_size(size);
  ASSIGN_OR_RETURN(const auto response,
                   session().Call(peer(), &AuditService::Stub::GetAuditEntry, request));
  return ToHashes(response.audit_path());
}

absl::StatusOr<std::vector<merkle::Hash>> LiveAuditLog::AskConsistency(uint64_t first,
                                                                       uint64_t second) const {
  audit::v1::GetAuditConsistencyProofRequest request;
  request.set_first_tree_size(first);
  request.set_second_tree_size(second);
  ASSIGN_OR_RETURN(const auto response,
                   session().Call(peer(), &AuditService::Stub::GetAuditConsistencyProof, request));
  return ToHashes(response.hashes());
}

// By one stream: each call would be one more entry of the trail.
absl::Status LiveAuditLog::ReadRecords(
    uint64_t first, uint64_t end,
    absl::FunctionRef<absl::Status(const eventlog::v1::StoredRecord&)> take) const {
  if (first >= end) return absl::OkStatus();
  audit::v1::FollowAuditRecordsRequest request;
  request.set_scope(scope_);
  request.set_from_position(first);
  grpc::ClientContext context;
  session().Prepare(context, /*without_end=*/true);
  AuditService::Stub stub(session().channel(peer()));
  const auto reader = stub.FollowAuditRecords(&context, request);
  audit::v1::FollowAuditRecordsResponse message;
  absl::Status status;
  uint64_t position = first;
  while (status.ok() && position < end && reader->Read(&message)) {
    if (message.next_position() != position + static_cast<uint64_t>(message.records_size())) {
      status = absl::FailedPreconditionError(
          absl::StrCat("the server leaves out entries from position ", position, " to ",
                       message.next_position(), ": this caller may not read all of the trail"));
    }
    for (const eventlog::v1::StoredRecord& record : message.records()) {
      // A message may go on beyond what was asked for.
      if (!status.ok() || position == end) break;
      status = take(record);
      ++position;
    }
  }
  const bool ended_here = !status.ok() || position == end;
  if (ended_here) context.TryCancel();
  const grpc::Status finished = reader->Finish();
  if (ended_here) return status;
  return finished.ok() ? absl::UnavailableError("the server ended the stream")
                       : rpc::FromGrpcStatus(finished);
}

}  // namespace sakip::cli
