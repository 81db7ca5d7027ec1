// What became of the parts of a plan that were published. Pure.
#ifndef SAKIP_SERVICES_PLANNING_RPC_OUTCOME_H_
#define SAKIP_SERVICES_PLANNING_RPC_OUTCOME_H_

#include <google/protobuf/repeated_ptr_field.h>

#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::planning {

// Of a document as it is published, with `publish_time`.
v1::Reach ToReach(const v1::PlanDocument& document);
v1::DocumentOutcome PublishedOutcome(const v1::PlanDocument& document);

// Of an agency as it is registered or changed.
v1::AgencyOutcome PublishedOutcome(const v1::Agency& agency);

// Leaves as many findings as fit into one answer of 4 MiB, the gravest, in their order.
// `finding_count` of each document still says how many there are.
void BoundFindings(google::protobuf::RepeatedPtrField<v1::DocumentOutcome>& documents);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_OUTCOME_H_
