// Compute works out what a figure claims to be.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPUTATION_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPUTATION_H_

#include "services/scoring/domain/review/computed.h"

namespace sakip::scoring::review {

// Pure. Requires a claim of `from` that ReportIndex has checked.
Computed Compute(const Sources& sources, const PrintedCell& from, const Claim& claim);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPUTATION_H_
