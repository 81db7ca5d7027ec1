#include "common/audit/audit_service.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "common/audit/audit_query.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/follow_reactor.h"
#include "common/eventlog/proof_answers.h"
#include "common/rpc/unary.h"

namespace sakip::audit {

using eventlog::StoredRecord;

AuditService::AuditService(rpc::Gate& gate, eventlog::EventLog& log,
                           eventlog::Checkpointer* checkpointer)
    : gate_(gate), log_(log), checkpointer_(checkpointer), followers_(gate) {}

grpc::ServerUnaryReactor* AuditService::ListAuditEntries(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in,
                                                         grpc::ByteBuffer* out) {
  return rpc::Unary<v1::ListAuditEntriesRequest>(
      gate_, context, in, out,
      [this](const rpc::Call&, const v1::ListAuditEntriesRequest& request) {
        return ListEntries(log_, request);
      });
}

grpc::ServerUnaryReactor* AuditService::GetAuditEntry(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* in,
                                                      grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetAuditEntryRequest>(
      gate_, context, in, out, std::bind_front(&AuditService::DoGetAuditEntry, this));
}

absl::StatusOr<v1::GetAuditEntryResponse> AuditService::DoGetAuditEntry(
    const v1::GetAuditEntryRequest& request) const {
  ASSIGN_OR_RETURN(const ResourceName scope, eventlog::ParseScope(request.scope()));
  if (request.position() < request.tree_size()) {
    RETURN_IF_ERROR(CheckSeen(log_, scope, request.position()));
  }
  ASSIGN_OR_RETURN(eventlog::ProvedRecord proved,
                   eventlog::ProveRecord(log_, request.position(), request.tree_size()));
  v1::GetAuditEntryResponse response;
  eventlog::SetRecord(std::move(proved.record), *response.mutable_record());
  eventlog::AddHashes(proved.path, *response.mutable_audit_path());
  return response;
}

grpc::ServerWriteReactor<grpc::ByteBuffer>* AuditService::FollowAuditRecords(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) {
  return eventlog::Follow<v1::FollowAuditRecordsRequest, v1::FollowAuditRecordsResponse>(
      gate_, followers_, log_, context, *in,
      [](std::vector<StoredRecord> records, v1::FollowAuditRecordsResponse& message) {
        for (StoredRecord& stored : records) {
          eventlog::SetRecord(std::move(stored), *message.add_records());
        }
        return message.records_size() > 0;
      },
      &KeepSeen);
}

grpc::ServerUnaryReactor* AuditService::GetAuditCheckpoint(grpc::CallbackServerContext* context,
                                                           const grpc::ByteBuffer* in,
                                                           grpc::ByteBuffer* out) {
  return rpc::UnaryAsync<v1::GetAuditCheckpointRequest, v1::GetAuditCheckpointResponse>(
      gate_, context, in, out,
      [this](const std::shared_ptr<const rpc::Call>&, const v1::GetAuditCheckpointRequest& request,
             rpc::Done<v1::GetAuditCheckpointResponse> done) {
        eventlog::WhenSigned(log_, checkpointer_, request.min_tree_size(),
                             eventlog::AnswerWithNote(std::move(done)));
      });
}

grpc::ServerUnaryReactor* AuditService::GetAuditConsistencyProof(
    grpc::CallbackServerContext* context, const grpc::ByteBuffer* in, grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetAuditConsistencyProofRequest>(
      gate_, context, in, out,
      [this](const rpc::Call&, const v1::GetAuditConsistencyProofRequest& request) {
        return eventlog::GrowthAnswer<v1::GetAuditConsistencyProofResponse>(log_, request);
      });
}

}  // namespace sakip::audit
