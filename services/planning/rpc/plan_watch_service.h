// PlanWatchService serves sakip.planning.v1.PlanWatchService: planning's log as typed events.
#ifndef SAKIP_SERVICES_PLANNING_RPC_PLAN_WATCH_SERVICE_H_
#define SAKIP_SERVICES_PLANNING_RPC_PLAN_WATCH_SERVICE_H_

#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/stream_set.h"
#include "sakip/planning/v1/plan_watch_service.grpc.pb.h"

namespace sakip::planning {

// Thread-safe. Borrows the gate and the log, which outlive it. Streams end when the gate drains.
class PlanWatchService final
    : public rpc::RawService<v1::PlanWatchService::Service,
                             v1::PlanWatchService::WithRawCallbackMethod_WatchPlans> {
 public:
  PlanWatchService(rpc::Gate& gate, eventlog::EventLog& log)
      : gate_(gate), log_(log), watchers_(gate) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* WatchPlans(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in) override;

 private:
  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  rpc::StreamSet watchers_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_PLAN_WATCH_SERVICE_H_
