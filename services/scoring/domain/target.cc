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

Quantity ToQuantity(const Measure& measure) { return {Rational(measure.value), measure.unit}; }

Resolved None(Outcome outcome, PhraseCode words, Phrase note) {
  Resolved result;
  result.outcome = outcome;
  result.steps.push_back(StateStep("target", words, std::move(note)));
  return result;
}

Step Input(const DocumentRef& ref, const std::string& path, const Measure& measure,
           PhraseCode note = PhraseCode::kNone) {
  const std::string value = measure.value.ToString();
  return {Step::Kind::kInput, "target", value, value, measure.unit, Location(ref.Versioned(), path),
          ref.log_position,   note};
}

Resolved FromAnnualPlan(const AnnualPlan& plan, const Indicator& indicator, PhraseCode note) {
  Resolved result;
  result.outcome = Outcome::kValue;
  result.value = ToQuantity(indicator.target);
  const std::string path = absl::StrCat("indicators[", indicator.code, "].target");
  result.steps.push_back(Input(plan.ref, path, indicator.target, note));
  if (indicator.target_upper.has_value()) {
    result.upper = ToQuantity(*indicator.target_upper);
    result.steps.push_back(Input(plan.ref, absl::StrCat(path, "_upper"), *indicator.target_upper,
                                 PhraseCode::kUpperBound));
  }
  return result;
}

Resolved DeclaredNotApplicable(const DocumentRef& ref, const Indicator& indicator) {
  Resolved result = None(Outcome::kNotApplicable, PhraseCode::kDeclaredNotApplicable,
                         Phrase::Verbatim(indicator.not_applicable_reason));
  result.steps.back().source = Location(
      ref.Versioned(), absl::StrCat("indicators[", indicator.code, "].not_applicable_reason"));
  result.steps.back().log_position = ref.log_position;
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
    context.findings.Add(FindingCode::kActionPlanUnitDiffers, indicator.code,
                         {{Text(target), Location(context.actions.plan->ref.Versioned(), path)},
                          {Text(indicator.target),
                           Location(context.plan.plan->ref.Versioned(),
                                    absl::StrCat("indicators[", indicator.code, "].target"))}});
    return nullptr;
  }
  return line;
}

Resolved FromActionPlan(const Context& context, const Indicator& indicator,
                        const ActionLine& line) {
  Resolved result;
  std::vector<QuarterValue> values;
  for (const auto& [quarter, target] : line.quarters) {
    if (quarter > context.period.quarter) break;
    values.push_back({quarter, Rational(target.value), /*year_to_date=*/false});
    result.steps.push_back(Input(
        context.actions.plan->ref,
        absl::StrCat("lines[", line.indicator_code, "].quarters[", quarter, "].target"), target));
  }
  const auto to_date = Combine(indicator.time_aggregation, values);
  if (!to_date.has_value()) {
    return None(Outcome::kNotDue, PhraseCode::kNoTargetThroughQuarter,
                PhraseCode::kNotDueWithoutTarget);
  }
  result.outcome = Outcome::kValue;
  result.value = Quantity{to_date->value, indicator.target.unit};
  result.steps.push_back({Step::Kind::kAggregation, "target", to_date->expression,
                          ExactText(to_date->value), indicator.target.unit, "", 0,
                          PhraseCode::kQuartersCombined});
  return result;
}

}  // namespace

Resolved TargetToDate(const Context& context, const Indicator& indicator) {
  if (!indicator.not_applicable_reason.empty()) {
    return DeclaredNotApplicable(context.plan.plan->ref, indicator);
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
    return None(Outcome::kNotDue, PhraseCode::kNoTargetThroughQuarter,
                units_differ ? PhraseCode::kNotDueOtherUnit : PhraseCode::kNotDueUntilYearEnd);
  }
  return FromAnnualPlan(*context.plan.plan, indicator, PhraseCode::kDueWithYear);
}

Resolved TargetOfYear(const Context& context, const std::string& indicator_code) {
  const auto it = context.year_plan.indicators.find(indicator_code);
  if (it == context.year_plan.indicators.end()) {
    return None(Outcome::kNotApplicable, PhraseCode::kNotInPlanOfYearEnd,
                {PhraseCode::kDroppedBy, {context.year_plan.plan->ref.Versioned()}});
  }
  const Indicator& indicator = *it->second;
  if (!indicator.not_applicable_reason.empty()) {
    return DeclaredNotApplicable(context.year_plan.plan->ref, indicator);
  }
  return FromAnnualPlan(*context.year_plan.plan, indicator, PhraseCode::kOfPlanOfYearEnd);
}

}  // namespace sakip::scoring
