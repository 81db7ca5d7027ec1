// EventLogService serves sakip.eventlog.v1.EventLogService: any EventLog, read-only, over gRPC.
#ifndef SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_
#define SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_

#include "absl/status/statusor.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/stream_set.h"
#include "common/rpc/unary.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"

namespace sakip::eventlog {

// Thread-safe. Borrows the gate, the log and the checkpointer, which outlive it; without a
// checkpointer it offers no checkpoints. Streams end when the gate drains.
class EventLogService final : public v1::EventLogService::CallbackService {
 public:
  EventLogService(rpc::Gate& gate, EventLog& log, Checkpointer* checkpointer = nullptr);

  grpc::ServerUnaryReactor* ReadRecords(grpc::CallbackServerContext* context,
                                        const v1::ReadRecordsRequest* request,
                                        v1::ReadRecordsResponse* response) override;
  grpc::ServerWriteReactor<v1::FollowRecordsResponse>* FollowRecords(
      grpc::CallbackServerContext* context, const v1::FollowRecordsRequest* request) override;
  grpc::ServerUnaryReactor* GetHead(grpc::CallbackServerContext* context,
                                    const v1::GetHeadRequest* request,
                                    v1::GetHeadResponse* response) override;
  grpc::ServerUnaryReactor* GetCheckpoint(grpc::CallbackServerContext* context,
                                          const v1::GetCheckpointRequest* request,
                                          v1::GetCheckpointResponse* response) override;
  grpc::ServerUnaryReactor* GetInclusionProof(grpc::CallbackServerContext* context,
                                              const v1::GetInclusionProofRequest* request,
                                              v1::GetInclusionProofResponse* response) override;
  grpc::ServerUnaryReactor* GetConsistencyProof(grpc::CallbackServerContext* context,
                                                const v1::GetConsistencyProofRequest* request,
                                                v1::GetConsistencyProofResponse* response) override;

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
