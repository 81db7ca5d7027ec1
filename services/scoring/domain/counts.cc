#include "services/scoring/domain/counts.h"

#include <vector>

namespace sakip::scoring {

CombinedCounts CombineCounts(TimeAggregation aggregation, absl::Span<const CountsAt> counts) {
  if (aggregation == TimeAggregation::kAverage) aggregation = TimeAggregation::kSum;
  std::vector<plan::QuarterValue> numerators, denominators;
  for (const CountsAt& at : counts) {
    numerators.push_back({at.when, at.counts.numerator, at.year_to_date});
    denominators.push_back({at.when, at.counts.denominator, at.year_to_date});
  }
  return {*plan::Combine(aggregation, numerators), *plan::Combine(aggregation, denominators)};
}

}  // namespace sakip::scoring
