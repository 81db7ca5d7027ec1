// Quotients of two figures in percent. Pure.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_QUOTIENT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_QUOTIENT_H_

#include "services/scoring/domain/review/computed.h"

namespace sakip::scoring::review {

// Of the figures as they stand; without a value where one of them is no number or the divisor is
// zero. Requires a claim of `from` that ReportIndex has checked.
Computed ComputeQuotient(const Sources& sources, const PrintedCell& from, const Quotient& quotient);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_QUOTIENT_H_
