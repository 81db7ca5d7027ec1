#include "common/audit/audit_service.h"

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
                                                         const v1::ListAuditEntriesRequest* request,
                                                         v1::ListAuditEntriesResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return ListEntries(log_, *request); });
}

grpc::ServerUnaryReactor* AuditService::GetAuditEntry(grpc::CallbackServerContext* context,
                                                      const v1::GetAuditEntryRequest* request,
                                                      v1::GetAuditEntryResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this, request](const rpc::Call&) { return DoGetAuditEntry(*request); });
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

grpc::ServerWriteReactor<v1::FollowAuditRecordsResponse>* AuditService::FollowAuditRecords(
    grpc::CallbackServerContext* context, const v1::FollowAuditRecordsRequest* request) {
  return eventlog::Follow<v1::FollowAuditRecordsResponse>(
      gate_, followers_, log_, context, *request,
      [](std::vector<StoredRecord> records, v1::FollowAuditRecordsResponse& message) {
        for (StoredRecord& stored : records) {
          eventlog::SetRecord(std::move(stored), *message.add_records());
        }
        return message.records_size() > 0;
      },
      &KeepSeen);
}

grpc::ServerUnaryReactor* AuditService::GetAuditCheckpoint(
    grpc::CallbackServerContext* context, const v1::GetAuditCheckpointRequest* request,
    v1::GetAuditCheckpointResponse* response) {
  return rpc::UnaryAsync(gate_, context, request, response,
                         [this, request](const std::shared_ptr<const rpc::Call>&,
                                         rpc::Done<v1::GetAuditCheckpointResponse> done) {
                           eventlog::WhenSigned(log_, checkpointer_, request->min_tree_size(),
                                                eventlog::AnswerWithNote(std::move(done)));
                         });
}

grpc::ServerUnaryReactor* AuditService::GetAuditConsistencyProof(
    grpc::CallbackServerContext* context, const v1::GetAuditConsistencyProofRequest* request,
    v1::GetAuditConsistencyProofResponse* response) {
  return rpc::Unary(gate_, context, request, response, [this, request](const rpc::Call&) {
    return eventlog::GrowthAnswer<v1::GetAuditConsistencyProofResponse>(log_, *request);
  });
}

}  // namespace sakip::audit
