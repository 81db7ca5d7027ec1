// Turns messages of sakip.planning.v1 into the values that the domain checks. Pure functions.
#ifndef SAKIP_SERVICES_PLANNING_RPC_CONVERT_H_
#define SAKIP_SERVICES_PLANNING_RPC_CONVERT_H_

#include "sakip/planning/v1/agency.pb.h"
#include "sakip/planning/v1/document.pb.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

Agency ToAgency(const v1::Agency& agency);

Document ToDocument(const v1::PlanDocument& document);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_CONVERT_H_
