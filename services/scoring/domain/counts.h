// Combines quotients over time from their numerators and denominators, never from percentages.
//
// Source: design section 4 rules 6 and 7. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_COUNTS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_COUNTS_H_

#include <string>

#include "absl/types/span.h"
#include "common/plan/quarters.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// The counts of a quarter, or of a year.
struct CountsAt {
  int when = 1;  // The quarter or the year, for order.
  Counts counts;
  bool year_to_date = false;  // They stand for all before them.
};

// Requires at least one of `counts`, which are ordered by `when`. A mean over time is that of the
// sums as well.
Counts CombineCounts(TimeAggregation aggregation, absl::Span<const CountsAt> counts);

// How their quotient in percent comes about: `(1 + 2) / (4 + 4) x 100`.
std::string QuotientText(TimeAggregation aggregation, absl::Span<const CountsAt> counts);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_COUNTS_H_
