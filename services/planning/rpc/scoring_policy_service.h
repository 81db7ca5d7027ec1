// ScoringPolicyService serves sakip.planning.v1.ScoringPolicyService over planning's log.
#ifndef SAKIP_SERVICES_PLANNING_RPC_SCORING_POLICY_SERVICE_H_
#define SAKIP_SERVICES_PLANNING_RPC_SCORING_POLICY_SERVICE_H_

#include "common/base/clock.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/planning/v1/scoring_policy_service.grpc.pb.h"
#include "services/planning/store/scoring_policy_view.h"

namespace sakip::planning {

// Thread-safe. Borrows the gate, the log, the view and the clock, which outlive it. The view is
// kept by the log's observer.
class ScoringPolicyService final
    : public rpc::RawService<v1::ScoringPolicyService::Service,
                             v1::ScoringPolicyService::WithRawCallbackMethod_PublishScoringPolicy> {
 public:
  ScoringPolicyService(rpc::Gate& gate, eventlog::EventLog& log, const ScoringPolicyView& view,
                       const Clock& clock)
      : gate_(gate), log_(log), view_(view), clock_(clock) {}

  grpc::ServerUnaryReactor* PublishScoringPolicy(grpc::CallbackServerContext* context,
                                                 const grpc::ByteBuffer* in,
                                                 grpc::ByteBuffer* out) override;

 private:
  void DoPublish(const rpc::Call& call, const v1::PublishScoringPolicyRequest& request,
                 rpc::Done<v1::PublishScoringPolicyResponse> done);

  rpc::Gate& gate_;
  eventlog::EventLog& log_;
  const ScoringPolicyView& view_;
  const Clock& clock_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_SCORING_POLICY_SERVICE_H_
