// EventLogService serves sakip.eventlog.v1.EventLogService: any EventLog, read-only, over gRPC.
#ifndef SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_
#define SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/stream_set.h"
#include "common/rpc/unary.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"

namespace sakip::eventlog {

// Thread-safe. Borrows the gate, the log and the checkpointer, which outlive it; without a
// checkpointer it offers no checkpoints. Streams end when the gate drains.
class EventLogService final
    : public rpc::RawService<v1::EventLogService::Service,
                             v1::EventLogService::WithRawCallbackMethod_ReadRecords,
                             v1::EventLogService::WithRawCallbackMethod_FollowRecords,
                             v1::EventLogService::WithRawCallbackMethod_GetHead,
                             v1::EventLogService::WithRawCallbackMethod_GetCheckpoint,
                             v1::EventLogService::WithRawCallbackMethod_GetInclusionProof,
                             v1::EventLogService::WithRawCallbackMethod_GetConsistencyProof> {
 public:
  EventLogService(rpc::Gate& gate, EventLog& log, Checkpointer* checkpointer = nullptr);

  grpc::ServerUnaryReactor* ReadRecords(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerWriteReactor<grpc::ByteBuffer>* FollowRecords(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in) override;
  grpc::ServerUnaryReactor* GetHead(grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetCheckpoint(grpc::CallbackServerContext* context,
                                          const grpc::ByteBuffer* in,
                                          grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetInclusionProof(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* in,
                                              grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetConsistencyProof(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* in,
                                                grpc::ByteBuffer* out) override;

 private:
  absl::StatusOr<v1::ReadRecordsResponse> DoReadRecords(const v1::ReadRecordsRequest& request);
  absl::StatusOr<v1::GetInclusionProofResponse> DoGetInclusionProof(
      const v1::GetInclusionProofRequest& request);

  rpc::Gate& gate_;
  EventLog& log_;
  Checkpointer* const checkpointer_;
  rpc::StreamSet followers_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_
