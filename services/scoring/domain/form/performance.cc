#include "services/scoring/domain/form/performance.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/plan/plan_index.h"
#include "services/scoring/domain/form/years.h"
#include "services/scoring/domain/reached.h"

namespace sakip::scoring::form {
namespace {

using Kind = RealizedIndicator::Kind;

// Column (5): the targets of all years of the plan. A year that it prints no target for lacks.
Amount StrategicTarget(const StrategicPlan& plan, const IndicatorScore& score) {
  const auto targets = plan.targets.find(score.code);
  if (targets == plan.targets.end() || targets->second.empty()) {
    return NoAmount(CellState::kNotPlanned);
  }
  const std::string& unit = targets->second.rbegin()->second.unit;
  std::vector<YearAmount> years;
  for (int year = plan.first_year; year <= plan.last_year; ++year) {
    YearAmount& amount = years.emplace_back();
    amount.year = year;
    const auto target = targets->second.find(year);
    if (target == targets->second.end()) continue;
    const bool same_unit = plan::SameUnit(target->second.unit, unit);
    amount.state = same_unit ? CellState::kPlanned : CellState::kNotScored;
    if (same_unit) amount.value = Quantity{Rational(target->second.value), unit};
  }
  return CombineYears(score.time_aggregation, years);
}

// What a period realized from the first day of its year.
Amount RealizationOf(const ScoredPeriod& period, const IndicatorScore& score) {
  if (score.year.realization.has_value()) {
    return Realized(*score.year.realization, period.closed());
  }
  return NoAmount(ToCellState(score.year.achievement.figure.state));
}

// A year of the strategic plan, in the unit that the indicator has now.
YearAmount YearOf(const ScoredPeriod& year, const ScoredPeriod& latest, const std::string& code) {
  YearAmount amount;
  amount.year = year.year();
  const IndicatorScore* score = year.Find(code);
  if (!year.scored()) {
    amount.state = Periods::WhyNotScored(year);
  } else if (score == nullptr) {
    amount.state = CellState::kNotPlanned;
  } else {
    const Amount realized = RealizationOf(year, *score);
    amount.state = realized.state;
    if (realized.value.has_value() && !SameDefinition(year, latest, code)) {
      amount.state = CellState::kNotScored;
    } else if (realized.value.has_value()) {
      amount.value = realized.value;
      amount.counts = score->year.counts;
    }
  }
  return amount;
}

// The latest quarter before `quarter` through which what adds up is known in `unit`; 0 where there
// is none.
int KnownThrough(const Periods& periods, const std::string& code, int quarter,
                 const std::string& unit) {
  for (int earlier = quarter - 1; earlier >= 1; --earlier) {
    const ScoredPeriod& at = periods.At(earlier);
    const IndicatorScore* score = at.Find(code);
    const auto submission = at.facts().submissions->by_quarter.find(earlier);
    if (score == nullptr || submission == at.facts().submissions->by_quarter.end()) continue;
    const auto entry = submission->second.indicators.find(code);
    const std::optional<Quantity>& realized = score->to_date.realization;
    if (entry == submission->second.indicators.end() ||
        entry->second.kind == Kind::kNotApplicable || !realized.has_value() ||
        score->to_date.counts.has_value() || !plan::SameUnit(realized->unit, unit)) {
      continue;
    }
    return earlier;
  }
  return 0;
}

// What a year to date of what adds up says about its last quarter.
Amount Added(const Periods& periods, const std::string& code, int quarter,
             const Quantity& to_date) {
  const ScoredPeriod& at = periods.At(quarter);
  const int known = KnownThrough(periods, code, quarter, to_date.unit);
  Quantity added = to_date;
  if (known > 0) {
    added.value = added.value - periods.At(known).Find(code)->to_date.realization->value;
  }
  Amount amount = Realized(std::move(added), at.closed());
  if (known + 1 < quarter) amount.from_quarter = known + 1;
  return amount;
}

// Columns (8) to (11).
Amount QuarterOf(const Periods& periods, const std::string& code, int quarter) {
  if (quarter > periods.quarter()) return NoAmount(CellState::kNotDue);
  const ScoredPeriod& at = periods.At(quarter);
  const IndicatorScore* score = at.Find(code);
  if (score == nullptr) return NoAmount(CellState::kNotPlanned);
  const auto& submissions = at.facts().submissions->by_quarter;
  const auto submission = submissions.find(quarter);
  const RealizedIndicator* value = nullptr;
  if (submission != submissions.end()) {
    const auto entry = submission->second.indicators.find(code);
    if (entry != submission->second.indicators.end()) value = &entry->second;
  }
  // A share is counted from its children where it is not submitted.
  if (value == nullptr && score->formula != Formula::kShareMet) {
    if (!at.DefinitionOf(code).not_applicable_reason.empty()) {
      return NoAmount(CellState::kNotApplicable);
    }
    return NoAmount(periods.IsDue(code, quarter) ? CellState::kMissing : CellState::kNotDue);
  }
  if (value != nullptr && value->kind == Kind::kNotApplicable) {
    return NoAmount(CellState::kNotApplicable);
  }
  const std::optional<Quantity>& to_date = score->to_date.realization;
  if (!to_date.has_value()) {
    return NoAmount(value == nullptr ? ToCellState(score->to_date.achievement.figure.state)
                                     : CellState::kNotScored);
  }
  const bool adds_up = value != nullptr && score->time_aggregation == TimeAggregation::kSum &&
                       !score->to_date.counts.has_value();
  if (!adds_up) return Realized(*to_date, at.closed());
  if (submission->second.coverage == Coverage::kQuarter) {
    return Realized({Rational(value->value), to_date->unit}, at.closed());
  }
  return Added(periods, code, quarter, *to_date);
}

// Column (14). A part is not measured against a whole, nor a whole against a part.
Degree StrategicDegree(const ScoredPeriod& latest, const IndicatorScore& score,
                       const Amount& target, const Amount& realization) {
  Degree degree;
  for (const Amount* amount : {&target, &realization}) {
    degree.state = amount->state;
    if (!amount->value.has_value() || amount->state == CellState::kPartial) return degree;
  }
  degree.state = CellState::kNotApplicable;
  if (target.value->value.is_zero() && realization.value->value.is_zero()) return degree;
  const auto reached = ReachedOf(latest.policy(), score.formula, *target.value, *realization.value,
                                 realization.state != CellState::kProvisional);
  degree.state = CellState::kNotScored;
  return reached.has_value() ? ToDegree(reached->figure, reached->met) : degree;
}

Amount AnnualTarget(const IndicatorScore& score) {
  if (!score.year.target.has_value()) {
    return NoAmount(ToCellState(score.year.achievement.figure.state));
  }
  Amount target = NoAmount(CellState::kPlanned);
  target.value = score.year.target;
  target.upper = score.year.target_upper;
  return target;
}

void FillStrategic(const Periods& periods, const IndicatorScore& score, Half& half) {
  const ScoredPeriod& latest = periods.latest();
  half.strategic_target = StrategicTarget(*periods.strategic_plan(), score);
  std::vector<YearAmount> years;
  for (const auto& [year, period] : periods.before()) {
    years.push_back(YearOf(period, latest, score.code));
  }
  half.strategic_before = CombineYears(score.time_aggregation, years);
  years.push_back(YearOf(latest, latest, score.code));
  half.strategic_realization = CombineYears(score.time_aggregation, years);
  half.strategic_achievement =
      StrategicDegree(latest, score, half.strategic_target, half.strategic_realization);
}

}  // namespace

Half PerformanceOf(const Periods& periods, const Indicator& indicator) {
  const IndicatorScore& score = *periods.latest().Find(indicator.code);
  Half half;
  half.target = AnnualTarget(score);
  for (int quarter = 1; quarter <= kQuarters; ++quarter) {
    half.quarters[quarter - 1] = QuarterOf(periods, indicator.code, quarter);
  }
  half.realization = RealizationOf(periods.latest(), score);
  half.achievement = ToDegree(score.year.achievement.unclamped, score.year.achievement.met);
  if (periods.strategic_plan() != nullptr) FillStrategic(periods, score, half);
  return half;
}

Half NoPerformance() { return {}; }

}  // namespace sakip::scoring::form
