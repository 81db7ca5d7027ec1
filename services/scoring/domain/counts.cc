#include "services/scoring/domain/counts.h"

#include <vector>

#include "absl/strings/str_cat.h"

namespace sakip::scoring {
namespace {

TimeAggregation OfCounts(TimeAggregation aggregation) {
  return aggregation == TimeAggregation::kAverage ? TimeAggregation::kSum : aggregation;
}

std::vector<plan::QuarterValue> Values(absl::Span<const CountsAt> counts, Rational Counts::*which) {
  std::vector<plan::QuarterValue> values;
  values.reserve(counts.size());
  for (const CountsAt& at : counts) values.push_back({at.when, at.counts.*which, at.year_to_date});
  return values;
}

}  // namespace

Counts CombineCounts(TimeAggregation aggregation, absl::Span<const CountsAt> counts) {
  const auto combine = [&](Rational Counts::*which) {
    return *plan::Combine(OfCounts(aggregation), Values(counts, which));
  };
  return {combine(&Counts::numerator), combine(&Counts::denominator)};
}

std::string QuotientText(TimeAggregation aggregation, absl::Span<const CountsAt> counts) {
  const auto text = [&](Rational Counts::*which) {
    return plan::CombinedText(OfCounts(aggregation), Values(counts, which));
  };
  return absl::StrCat("(", text(&Counts::numerator), ") / (", text(&Counts::denominator),
                      ") x 100");
}

}  // namespace sakip::scoring
