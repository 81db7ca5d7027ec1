// A cascade as it is sent. Pure.
#ifndef SAKIP_SERVICES_PLANNING_RPC_CASCADE_TO_PROTO_H_
#define SAKIP_SERVICES_PLANNING_RPC_CASCADE_TO_PROTO_H_

#include "common/plan/cascade.h"
#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::planning {

// Of these documents; either may be nullptr.
v1::GetCascadeResponse ToProto(const plan::Cascade& cascade,
                               const plan::StrategicPlan* strategic_plan,
                               const plan::AnnualPlan* annual_plan);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_CASCADE_TO_PROTO_H_
