// What does not fit in what an agency says about itself, and between it and its plan. Pure.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_AGENCY_FINDINGS_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_AGENCY_FINDINGS_H_

#include <cstdint>
#include <vector>

#include "common/finding/finding.h"
#include "common/plan/plan.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

// Tables of staff that count different numbers of civil servants or of others. A table that counts
// none of a kind says nothing about it.
std::vector<Finding> AgencyFindings(const Agency& agency, uint32_t revision);

// Notes units that a document holds responsible and the agency does not have, where it has any, and
// parties that are not the offices that it is registered with.
void NoteAgency(const plan::AnyPlan& plan, const Agency& agency, uint32_t revision,
                Findings& findings);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_AGENCY_FINDINGS_H_
