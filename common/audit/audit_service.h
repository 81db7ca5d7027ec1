// AuditService serves sakip.audit.v1.AuditService: the audit trail, to auditors.
#ifndef SAKIP_COMMON_AUDIT_AUDIT_SERVICE_H_
#define SAKIP_COMMON_AUDIT_AUDIT_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/stream_set.h"
#include "sakip/audit/v1/audit_service.grpc.pb.h"

namespace sakip::audit {

// Thread-safe. Borrows the gate, the log of the trail and the checkpointer, which outlive it;
// without a checkpointer it offers no checkpoints. Streams end when the gate drains.
class AuditService final
    : public rpc::RawService<v1::AuditService::Service,
                             v1::AuditService::WithRawCallbackMethod_ListAuditEntries,
                             v1::AuditService::WithRawCallbackMethod_GetAuditEntry,
                             v1::AuditService::WithRawCallbackMethod_FollowAuditRecords,
                             v1::AuditService::WithRawCallbackMethod_GetAuditCheckpoint,
                             v1::AuditService::WithRawCallbackMethod_GetAuditConsistencyProof> {
 public:
  AuditService(rpc::Gate& gate, eventlog::EventLog& log, eventlog::Checkpointer* checkpointer);

  grpc::ServerUnaryReactor* ListAuditEntries(grpc::CallbackServerContext* context,
                                             const grpc::ByteBuffer* in,
                                             grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetAuditEntry(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* FollowAuditRecords(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* in) override;
  grpc::ServerUnaryReactor* GetAuditCheckpoint(grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* in,
                                               grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetAuditConsistencyProof(grpc::CallbackServerContext* context,
                                                     const grpc::ByteBuffer* in,
                                                     grpc::ByteBuffer* out) override;

 private:
  absl::StatusOr<v1::GetAuditEntryResponse> DoGetAuditEntry(
      const v1::GetAuditEntryRequest& request) const;

  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  eventlog::Checkpointer* const checkpointer_;
  rpc::StreamSet followers_;
};

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_AUDIT_SERVICE_H_
