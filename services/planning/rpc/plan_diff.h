// The difference of two revisions of a document, as it is sent. Pure.
#ifndef SAKIP_SERVICES_PLANNING_RPC_PLAN_DIFF_H_
#define SAKIP_SERVICES_PLANNING_RPC_PLAN_DIFF_H_

#include "sakip/planning/v1/document.pb.h"
#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::planning {

// Compares what the callers wrote, not what the server set. Requires two revisions of one document.
v1::DiffDocumentsResponse Diff(const v1::PlanDocument& before, const v1::PlanDocument& after);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_PLAN_DIFF_H_
