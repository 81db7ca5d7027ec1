// What does not fit in what an agency says about itself. Pure.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_AGENCY_FINDINGS_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_AGENCY_FINDINGS_H_

#include <cstdint>
#include <vector>

#include "common/finding/finding.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

// Tables of staff that count different numbers of civil servants or of others. A table that counts
// none of a kind says nothing about it.
std::vector<Finding> AgencyFindings(const Agency& agency, uint32_t revision);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_AGENCY_FINDINGS_H_
