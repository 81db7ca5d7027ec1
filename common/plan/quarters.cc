#include "common/plan/quarters.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace sakip::plan {
namespace {

using exact::Rational;

std::string Call(absl::string_view function, const std::vector<Rational>& values) {
  return absl::StrCat(function, "(",
                      absl::StrJoin(values, ", ",
                                    [](std::string* out, const Rational& value) {
                                      absl::StrAppend(out, ExactText(value));
                                    }),
                      ")");
}

ToDate Sum(absl::Span<const QuarterValue> values) {
  ToDate result;
  for (const QuarterValue& value : values) {
    const std::string text = ExactText(value.value);
    const bool starts = value.year_to_date || result.expression.empty();
    result.value = starts ? value.value : result.value + value.value;
    result.expression = starts ? text : absl::StrCat(result.expression, " + ", text);
  }
  return result;
}

ToDate Average(absl::Span<const QuarterValue> values) {
  Rational sum;
  int64_t count = 0;
  std::vector<std::string> terms;
  for (const QuarterValue& value : values) {
    const std::string text = ExactText(value.value);
    if (value.year_to_date) {
      sum = value.value * Rational(value.count);
      count = value.count;
      terms = {count == 1 ? text : absl::StrCat(text, " x ", count)};
    } else {
      sum = sum + value.value;
      ++count;
      terms.push_back(text);
    }
  }
  const std::string total = absl::StrJoin(terms, " + ");
  return {*Divide(sum, Rational(count)),
          absl::StrCat(terms.size() == 1 ? total : absl::StrCat("(", total, ")"), " / ", count)};
}

ToDate Extreme(absl::Span<const QuarterValue> values, bool largest) {
  std::vector<Rational> candidates;
  for (const QuarterValue& value : values) {
    if (value.year_to_date) candidates.clear();
    candidates.push_back(value.value);
  }
  const auto it = largest ? std::max_element(candidates.begin(), candidates.end())
                          : std::min_element(candidates.begin(), candidates.end());
  return {*it, Call(largest ? "max" : "min", candidates)};
}

}  // namespace

std::optional<ToDate> Combine(TimeAggregation aggregation, absl::Span<const QuarterValue> values) {
  if (values.empty()) return std::nullopt;
  switch (aggregation) {
    case TimeAggregation::kSum:
      return Sum(values);
    case TimeAggregation::kAverage:
      return Average(values);
    case TimeAggregation::kMax:
      return Extreme(values, /*largest=*/true);
    case TimeAggregation::kMin:
      return Extreme(values, /*largest=*/false);
    case TimeAggregation::kLast:
    case TimeAggregation::kConstant:
      break;
  }
  return ToDate{values.back().value, ExactText(values.back().value)};
}

}  // namespace sakip::plan
