// EventLogService serves sakip.eventlog.v1.EventLogService: any EventLog, read-only, over gRPC.
#ifndef SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_
#define SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_

#include <set>

#include "absl/status/statusor.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/follow_reactor.h"
#include "common/rpc/gate.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"

namespace sakip::eventlog {

// Thread-safe. Borrows the gate and the log, which outlive it. Streams end when the gate drains.
class EventLogService final : public v1::EventLogService::CallbackService {
 public:
  EventLogService(rpc::Gate& gate, EventLog& log);

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
  void StopFollowers();

  rpc::Gate& gate_;
  EventLog& log_;
  Mutex mutex_;
  std::set<FollowReactor*> followers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_EVENT_LOG_SERVICE_H_
