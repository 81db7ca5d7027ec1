#include "services/scoring/domain/form/years.h"

#include <algorithm>
#include <utility>

#include "common/plan/quarters.h"
#include "services/scoring/domain/counts.h"

namespace sakip::scoring::form {
namespace {

using Counted = std::vector<const YearAmount*>;

bool Lacks(const YearState& year) {
  return year.state == CellState::kNotRecorded || year.state == CellState::kMissing ||
         year.state == CellState::kNotScored;
}

CellState Gravest(const std::vector<YearState>& years) {
  for (const CellState state : {CellState::kNotScored, CellState::kMissing, CellState::kNotRecorded,
                                CellState::kNotDue, CellState::kNotPlanned}) {
    const auto is = [state](const YearState& year) { return year.state == state; };
    if (std::any_of(years.begin(), years.end(), is)) return state;
  }
  return CellState::kNotApplicable;
}

bool AnyIs(const Counted& counted, CellState state) {
  return std::any_of(counted.begin(), counted.end(),
                     [state](const YearAmount* year) { return year->state == state; });
}

// The quotient of all; absent where it has no value.
std::optional<Rational> FromCounts(TimeAggregation aggregation, const Counted& counted) {
  std::vector<CountsAt> counts;
  for (const YearAmount* year : counted) counts.push_back({year->year, *year->counts});
  const Counts combined = CombineCounts(aggregation, counts);
  const auto quotient = Divide(combined.numerator, combined.denominator);
  if (!quotient.ok()) return std::nullopt;
  return *quotient * Rational(100);
}

std::optional<Rational> ValueOf(TimeAggregation aggregation, const Counted& counted) {
  const bool compares =
      aggregation == TimeAggregation::kMax || aggregation == TimeAggregation::kMin;
  const bool quotients = std::all_of(counted.begin(), counted.end(), [](const YearAmount* year) {
    return year->counts.has_value();
  });
  if (quotients && !compares) return FromCounts(aggregation, counted);
  std::vector<plan::QuarterValue> values;
  for (const YearAmount* year : counted) values.push_back({year->year, year->value->value});
  return *plan::Combine(aggregation, values);
}

CellState NumberState(const Amount& amount, const Counted& counted) {
  const bool lacks = std::any_of(amount.uncounted.begin(), amount.uncounted.end(), Lacks);
  if (lacks || AnyIs(counted, CellState::kPartial)) return CellState::kPartial;
  if (AnyIs(counted, CellState::kPlanned)) return CellState::kPlanned;
  if (amount.value->value.is_zero()) return CellState::kZero;
  return AnyIs(counted, CellState::kProvisional) ? CellState::kProvisional : CellState::kFinal;
}

}  // namespace

Amount CombineYears(TimeAggregation aggregation, const std::vector<YearAmount>& years) {
  const bool only_last =
      aggregation == TimeAggregation::kLast || aggregation == TimeAggregation::kConstant;
  Amount amount;
  Counted counted;
  for (const YearAmount& year : years) {
    if (!year.value.has_value()) {
      amount.uncounted.push_back({year.year, year.state});
      continue;
    }
    if (only_last) {
      counted.clear();
      amount.uncounted.clear();
    }
    counted.push_back(&year);
  }
  std::optional<Rational> value;
  if (!counted.empty()) value = ValueOf(aggregation, counted);
  if (!value.has_value()) {
    amount.state = counted.empty() ? Gravest(amount.uncounted) : CellState::kNotScored;
    return amount;
  }
  for (const YearAmount* year : counted) amount.years.push_back(year->year);
  amount.value = Quantity{*std::move(value), counted.back()->value->unit};
  amount.state = NumberState(amount, counted);
  return amount;
}

}  // namespace sakip::scoring::form
