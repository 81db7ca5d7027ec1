// Turns a published strategic plan into values to compute with. Pure.
#ifndef SAKIP_COMMON_PLAN_PROTO_STRATEGIC_PLAN_FROM_PROTO_H_
#define SAKIP_COMMON_PLAN_PROTO_STRATEGIC_PLAN_FROM_PROTO_H_

#include "absl/status/statusor.h"
#include "common/plan/plan.h"
#include "sakip/planning/v1/document.pb.h"

namespace sakip::plan {

//   INVALID_ARGUMENT  a value does not parse. Planning publishes no such document.
absl::StatusOr<StrategicPlan> ToStrategicPlan(DocumentRef ref,
                                              const planning::v1::StrategicPlan& from);

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_PROTO_STRATEGIC_PLAN_FROM_PROTO_H_
