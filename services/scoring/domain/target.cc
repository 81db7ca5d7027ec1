// Targets: the quarters of the action plan and the year of the annual plan.

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/plan/quarters.h"
#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/values.h"

namespace sakip::scoring {
namespace {

using Outcome = Resolved::Outcome;

std::string PathOfTarget(const std::string& indicator_code) {
  return absl::StrCat("indicators[", indicator_code, "].target");
}

Quantity ToQuantity(const Measure& measure) { return {Rational(measure.value), measure.unit}; }

Resolved None(const Context& context, Outcome outcome) {
  Resolved result;
  result.outcome = outcome;
  result.steps = context.NewDerivation();
  return result;
}

Resolved NotDue(const Context& context, PhraseCode note) {
  Resolved result = None(context, Outcome::kNotDue);
  result.steps.Add([&] { return StateStep("target", PhraseCode::kNoTargetThroughQuarter, note); });
  return result;
}

Step Input(const DocumentRef& ref, const std::string& path, const Measure& measure,
           PhraseCode note = PhraseCode::kNone) {
  const std::string value = measure.value.ToString();
  return {Step::Kind::kInput, "target", value, value, measure.unit, Location(ref.Versioned(), path),
          ref.log_position,   note};
}

Resolved FromAnnualPlan(const Context& context, const AnnualPlan& plan, const Indicator& indicator,
                        PhraseCode note) {
  Resolved result;
  result.outcome = Outcome::kValue;
  result.value = ToQuantity(indicator.target);
  result.steps = context.NewDerivation();
  result.steps.Add(
      [&] { return Input(plan.ref, PathOfTarget(indicator.code), indicator.target, note); });
  if (indicator.target_upper.has_value()) {
    result.upper = ToQuantity(*indicator.target_upper);
    result.steps.Add([&] {
      return Input(plan.ref, absl::StrCat(PathOfTarget(indicator.code), "_upper"),
                   *indicator.target_upper, PhraseCode::kUpperBound);
    });
  }
  return result;
}

Resolved DeclaredNotApplicable(const Context& context, const DocumentRef& ref,
                               const Indicator& indicator) {
  Resolved result = None(context, Outcome::kNotApplicable);
  result.steps.Add([&] {
    Step step = StateStep("target", PhraseCode::kDeclaredNotApplicable,
                          Phrase::Verbatim(indicator.not_applicable_reason));
    step.source = Location(ref.Versioned(),
                           absl::StrCat("indicators[", indicator.code, "].not_applicable_reason"));
    step.log_position = ref.log_position;
    return step;
  });
  return result;
}

// The line of the action plan that gives quarter targets in the indicator's unit, if any.
const ActionLine* UsableLine(const Context& context, const Indicator& indicator) {
  const ActionLine* line = context.actions.Find(indicator.code);
  if (line == nullptr || line->quarters.empty()) return nullptr;
  for (const auto& [quarter, target] : line->quarters) {
    if (SameUnit(target.unit, indicator.target.unit)) continue;
    const std::string path =
        absl::StrCat("lines[", line->indicator_code, "].quarters[", quarter, "].target");
    context.findings.Add(
        FindingCode::kActionPlanUnitDiffers, indicator.code,
        {{Text(target), Location(context.actions.plan->ref.Versioned(), path)},
         {Text(indicator.target), LocationOfTarget(*context.plan.plan, indicator.code)}});
    return nullptr;
  }
  return line;
}

Resolved FromActionPlan(const Context& context, const Indicator& indicator,
                        const ActionLine& line) {
  Resolved result;
  result.steps = context.NewDerivation();
  std::vector<QuarterValue> values;
  for (const auto& [quarter, target] : line.quarters) {
    if (quarter > context.period.quarter) break;
    values.push_back({quarter, Rational(target.value), /*year_to_date=*/false});
    result.steps.Add([&, quarter = quarter, &target = target] {
      return Input(context.actions.plan->ref,
                   absl::StrCat("lines[", line.indicator_code, "].quarters[", quarter, "].target"),
                   target);
    });
  }
  const auto to_date = Combine(indicator.time_aggregation, values);
  if (!to_date.has_value()) return NotDue(context, PhraseCode::kNotDueWithoutTarget);
  result.outcome = Outcome::kValue;
  result.value = Quantity{*to_date, indicator.target.unit};
  result.steps.Add([&] {
    return Step{Step::Kind::kAggregation,
                "target",
                CombinedText(indicator.time_aggregation, values),
                ExactText(*to_date),
                indicator.target.unit,
                "",
                0,
                PhraseCode::kQuartersCombined};
  });
  return result;
}

}  // namespace

std::string LocationOfTarget(const AnnualPlan& plan, const std::string& indicator_code) {
  return Location(plan.ref.Versioned(), PathOfTarget(indicator_code));
}

Resolved TargetToDate(const Context& context, const Indicator& indicator) {
  if (!indicator.not_applicable_reason.empty()) {
    return DeclaredNotApplicable(context, context.plan.plan->ref, indicator);
  }
  const ActionLine* line = UsableLine(context, indicator);
  const bool is_range = indicator.target_upper.has_value();
  if (line != nullptr && !is_range) return FromActionPlan(context, indicator, *line);
  // The quarters of a range only say when it is due: they have one bound, a range has two.
  const bool due = line != nullptr ? line->quarters.begin()->first <= context.period.quarter
                                   : context.period.quarter == kQuarters;
  if (!due) {
    const ActionLine* unusable = line == nullptr ? context.actions.Find(indicator.code) : nullptr;
    const bool units_differ = unusable != nullptr && !unusable->quarters.empty();
    return NotDue(context,
                  units_differ ? PhraseCode::kNotDueOtherUnit : PhraseCode::kNotDueUntilYearEnd);
  }
  return FromAnnualPlan(context, *context.plan.plan, indicator, PhraseCode::kDueWithYear);
}

Resolved TargetOfYear(const Context& context, const std::string& indicator_code) {
  const auto it = context.year_plan.indicators.find(indicator_code);
  if (it == context.year_plan.indicators.end()) {
    Resolved result = None(context, Outcome::kNotApplicable);
    result.steps.Add([&] {
      return StateStep("target", PhraseCode::kNotInPlanOfYearEnd,
                       {PhraseCode::kDroppedBy, {context.year_plan.plan->ref.Versioned()}});
    });
    return result;
  }
  const Indicator& indicator = *it->second;
  if (!indicator.not_applicable_reason.empty()) {
    return DeclaredNotApplicable(context, context.year_plan.plan->ref, indicator);
  }
  return FromAnnualPlan(context, *context.year_plan.plan, indicator, PhraseCode::kOfPlanOfYearEnd);
}

}  // namespace sakip::scoring
