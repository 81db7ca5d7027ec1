// Sums, means and counts of the figures of a column. Pure.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_AGGREGATE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_AGGREGATE_H_

#include "services/scoring/domain/review/computed.h"

namespace sakip::scoring::review {

// A figure that is a quotient counts with its exact value, so that roundings do not add up; any
// other as printed. A sum has no value where one of its figures has none; a mean leaves such out.
// All require a claim of `from` that ReportIndex has checked.
Computed ComputeSum(const Sources& sources, const PrintedCell& from, const Sum& sum);
Computed ComputeMean(const Sources& sources, const PrintedCell& from, const Mean& mean);
Computed ComputeCount(const Sources& sources, const PrintedCell& from, const Count& count);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_AGGREGATE_H_
