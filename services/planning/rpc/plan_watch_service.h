// PlanWatchService serves sakip.planning.v1.PlanWatchService: planning's log as typed events.
#ifndef SAKIP_SERVICES_PLANNING_RPC_PLAN_WATCH_SERVICE_H_
#define SAKIP_SERVICES_PLANNING_RPC_PLAN_WATCH_SERVICE_H_

#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/stream_set.h"
#include "sakip/planning/v1/plan_watch_service.grpc.pb.h"

namespace sakip::planning {

// Thread-safe. Borrows the gate and the log, which outlive it. Streams end when the gate drains.
class PlanWatchService final : public v1::PlanWatchService::CallbackService {
 public:
  PlanWatchService(rpc::Gate& gate, eventlog::EventLog& log)
      : gate_(gate), log_(log), watchers_(gate) {}

  grpc::ServerWriteReactor<v1::WatchPlansResponse>* WatchPlans(
      grpc::CallbackServerContext* context, const v1::WatchPlansRequest* request) override;

 private:
  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  rpc::StreamSet watchers_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_PLAN_WATCH_SERVICE_H_
