// How the values of quarters combine to the value of the year to date.
//
// Source: design section 4 rule 7. Pure functions.
#ifndef SAKIP_COMMON_PLAN_QUARTERS_H_
#define SAKIP_COMMON_PLAN_QUARTERS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/types/span.h"
#include "common/exact/rational.h"
#include "common/plan/plan.h"

namespace sakip::plan {

// The value of one quarter, or of the year up to its end.
struct QuarterValue {
  int quarter = 1;  // 1..4
  exact::Rational value;
  bool year_to_date = false;
  // How many quarters' values a mean to date stands for, its own included.
  int64_t count = 1;
};

// Combines `values`, ordered by quarter; absent where there are none. A value that is to date
// already stands for everything up to its quarter, so values by quarter and values to date give the
// same result: SUM adds quarters up, LAST and CONSTANT take the last, AVERAGE takes the mean of the
// quarters that have a value, MAX and MIN compare.
std::optional<exact::Rational> Combine(TimeAggregation aggregation,
                                       absl::Span<const QuarterValue> values);

// How Combine comes to the value: `6250 + 6250`. Empty of no values.
std::string CombinedText(TimeAggregation aggregation, absl::Span<const QuarterValue> values);

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_QUARTERS_H_
