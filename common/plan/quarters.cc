#include "common/plan/quarters.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace sakip::plan {
namespace {

using exact::Rational;

// Those that count: a value to date stands for all before it.
absl::Span<const QuarterValue> Counting(absl::Span<const QuarterValue> values) {
  size_t first = values.size() - 1;
  while (first > 0 && !values[first].year_to_date) --first;
  return values.subspan(first);
}

Rational Sum(absl::Span<const QuarterValue> values) {
  Rational sum;
  for (const QuarterValue& value : values) sum = sum + value.value;
  return sum;
}

// How many quarters' values a mean takes from one.
int64_t CountOf(const QuarterValue& value) { return value.year_to_date ? value.count : 1; }

int64_t Count(absl::Span<const QuarterValue> values) {
  int64_t count = 0;
  for (const QuarterValue& value : values) count += CountOf(value);
  return count;
}

Rational Average(absl::Span<const QuarterValue> values) {
  Rational sum;
  for (const QuarterValue& value : values) {
    sum = sum + value.value * Rational(CountOf(value));
  }
  return *Divide(sum, Rational(Count(values)));
}

bool IsLess(const QuarterValue& a, const QuarterValue& b) { return a.value < b.value; }

std::string Joined(absl::Span<const QuarterValue> values, absl::string_view separator) {
  return absl::StrJoin(values, separator, [](std::string* out, const QuarterValue& value) {
    absl::StrAppend(out, ExactText(value.value));
  });
}

std::string AverageText(absl::Span<const QuarterValue> values) {
  const std::string terms =
      absl::StrJoin(values, " + ", [](std::string* out, const QuarterValue& value) {
        absl::StrAppend(out, ExactText(value.value));
        if (CountOf(value) != 1) absl::StrAppend(out, " x ", value.count);
      });
  return absl::StrCat(values.size() == 1 ? terms : absl::StrCat("(", terms, ")"), " / ",
                      Count(values));
}

}  // namespace

std::optional<Rational> Combine(TimeAggregation aggregation,
                                absl::Span<const QuarterValue> values) {
  if (values.empty()) return std::nullopt;
  values = Counting(values);
  switch (aggregation) {
    case TimeAggregation::kSum:
      return Sum(values);
    case TimeAggregation::kAverage:
      return Average(values);
    case TimeAggregation::kMax:
      return std::max_element(values.begin(), values.end(), IsLess)->value;
    case TimeAggregation::kMin:
      return std::min_element(values.begin(), values.end(), IsLess)->value;
    case TimeAggregation::kLast:
    case TimeAggregation::kConstant:
      break;
  }
  return values.back().value;
}

std::string CombinedText(TimeAggregation aggregation, absl::Span<const QuarterValue> values) {
  if (values.empty()) return "";
  values = Counting(values);
  switch (aggregation) {
    case TimeAggregation::kSum:
      return Joined(values, " + ");
    case TimeAggregation::kAverage:
      return AverageText(values);
    case TimeAggregation::kMax:
      return absl::StrCat("max(", Joined(values, ", "), ")");
    case TimeAggregation::kMin:
      return absl::StrCat("min(", Joined(values, ", "), ")");
    case TimeAggregation::kLast:
    case TimeAggregation::kConstant:
      break;
  }
  return ExactText(values.back().value);
}

}  // namespace sakip::plan
