#include "services/scoring/domain/plan_findings.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/quarters.h"

namespace sakip::scoring {
namespace {

std::string Rupiah(const Rational& value) { return absl::StrCat(ExactText(value), " Rp"); }

bool Same(const Measure& a, const Measure& b) {
  return a.value == b.value && SameUnit(a.unit, b.unit);
}

FindingFigure PlanTarget(const Context& context, const Indicator& indicator) {
  return {Text(indicator.target),
          Location(context.plan.plan->ref.Versioned(),
                   absl::StrCat("indicators[", indicator.code, "].target"))};
}

// The second figure where the annual plan has no such line.
FindingFigure NotPlanned(const Context& context) {
  return {"", Location(context.plan.plan->ref.Versioned(), "has no such line")};
}

void NoteAnnualPlanSum(const Context& context) {
  const AnnualPlan& plan = *context.plan.plan;
  if (!plan.stated_budget.has_value() || Rational(*plan.stated_budget) == context.plan.budget) {
    return;
  }
  context.findings.Add(
      FindingCode::kAnnualPlanSumDiffers, plan.ref.name,
      {{Rupiah(context.plan.budget), Location(plan.ref.Versioned(), "sum of sub_activities")},
       {Rupiah(Rational(*plan.stated_budget)), Location(plan.ref.Versioned(), "stated_budget")}});
}

void NoteAgreementSum(const Context& context, const Agreement& agreement) {
  if (!agreement.stated_budget.has_value() || agreement.program_budgets.empty()) return;
  Rational sum;
  for (const auto& [code, budget] : agreement.program_budgets) sum = sum + Rational(budget);
  if (sum == Rational(*agreement.stated_budget)) return;
  const std::string version = agreement.ref.Versioned();
  context.findings.Add(
      FindingCode::kAgreementSumDiffers, agreement.ref.name,
      {{Rupiah(sum), Location(version, "sum of program_budgets")},
       {Rupiah(Rational(*agreement.stated_budget)), Location(version, "stated_budget")}});
}

void NoteAgreementTotal(const Context& context, const Agreement& agreement) {
  if (!agreement.stated_budget.has_value()) return;
  if (Rational(*agreement.stated_budget) == context.plan.budget) return;
  context.findings.Add(FindingCode::kAgreementTotalDiffers, agreement.ref.name,
                       {{Rupiah(Rational(*agreement.stated_budget)),
                         Location(agreement.ref.Versioned(), "stated_budget")},
                        {Rupiah(context.plan.budget),
                         Location(context.plan.plan->ref.Versioned(), "sum of sub_activities")}});
}

void NoteAgreement(const Context& context, const Agreement& agreement) {
  const std::string version = agreement.ref.Versioned();
  for (const auto& [code, target] : agreement.targets) {
    const auto it = context.plan.indicators.find(code);
    const bool planned = it != context.plan.indicators.end();
    if (planned && Same(target, it->second->target)) continue;
    context.findings.Add(
        FindingCode::kAgreementTargetDiffers, code,
        {{Text(target), Location(version, absl::StrCat("targets[", code, "].target"))},
         planned ? PlanTarget(context, *it->second) : NotPlanned(context)});
  }
  for (const auto& [code, budget] : agreement.program_budgets) {
    const auto it = context.plan.program_budgets.find(code);
    const bool planned = it != context.plan.program_budgets.end();
    if (planned && it->second == Rational(budget)) continue;
    const FindingFigure sum =
        planned ? FindingFigure{Rupiah(it->second),
                                Location(context.plan.plan->ref.Versioned(),
                                         absl::StrCat("sum of programs[", code, "]"))}
                : NotPlanned(context);
    context.findings.Add(FindingCode::kAgreementBudgetDiffers, code,
                         {{Rupiah(Rational(budget)),
                           Location(version, absl::StrCat("program_budgets[", code, "].budget"))},
                          sum});
  }
  NoteAgreementSum(context, agreement);
  NoteAgreementTotal(context, agreement);
}

void NoteActionLine(const Context& context, const ActionLine& line, const Indicator& indicator) {
  const std::string version = context.actions.plan->ref.Versioned();
  const std::string path = absl::StrCat("lines[", line.indicator_code, "]");
  const FindingFigure year{Text(line.year_target),
                           Location(version, absl::StrCat(path, ".year_target"))};
  if (!Same(line.year_target, indicator.target)) {
    context.findings.Add(SameUnit(line.year_target.unit, indicator.target.unit)
                             ? FindingCode::kActionPlanTargetDiffers
                             : FindingCode::kActionPlanUnitDiffers,
                         line.indicator_code, {year, PlanTarget(context, indicator)});
  }
  // The quarters of a range only say when it is due.
  if (indicator.target_upper.has_value()) return;
  std::vector<QuarterValue> quarters;
  for (const auto& [quarter, target] : line.quarters) {
    if (!SameUnit(target.unit, line.year_target.unit)) return;
    quarters.push_back({quarter, Rational(target.value), /*year_to_date=*/false});
  }
  const auto made = Combine(indicator.time_aggregation, quarters);
  if (!made.has_value() || made->value == Rational(line.year_target.value)) return;
  context.findings.Add(FindingCode::kActionPlanQuartersDiffer, line.indicator_code,
                       {{absl::StrCat(ExactText(made->value), " ", line.year_target.unit),
                         Location(version, absl::StrCat(path, ".quarters"))},
                        year});
}

void NoteStrategicPlan(const Context& context, const StrategicPlan& strategic_plan) {
  for (const auto& [code, indicator] : context.plan.indicators) {
    const auto years = strategic_plan.targets.find(code);
    if (years == strategic_plan.targets.end()) continue;
    const auto target = years->second.find(context.period.year);
    if (target == years->second.end() || Same(target->second, indicator->target)) continue;
    context.findings.Add(
        FindingCode::kStrategicTargetDiffers, code,
        {{Text(target->second),
          Location(strategic_plan.ref.Versioned(),
                   absl::StrCat("indicators[", code, "].targets[", context.period.year, "]"))},
         PlanTarget(context, *indicator)});
  }
}

void NoteUnplanned(const Context& context, const std::string& code, const std::string& version,
                   absl::string_view list, About about) {
  context.findings.Add(FindingCode::kCodeNotInPlan, code,
                       {{code, Location(version, absl::StrCat(list, "[", code, "]"))},
                        {"", context.plan.plan->ref.Versioned()}},
                       "", about);
}

}  // namespace

void NotePlanFindings(const Context& context, const Agreement* agreement,
                      const StrategicPlan* strategic_plan) {
  NoteAnnualPlanSum(context);
  if (agreement != nullptr) NoteAgreement(context, *agreement);
  for (const auto& [code, line] : context.actions.lines) {
    const auto it = context.plan.indicators.find(code);
    if (it != context.plan.indicators.end()) {
      NoteActionLine(context, *line, *it->second);
      continue;
    }
    context.findings.Add(
        FindingCode::kActionPlanTargetDiffers, code,
        {{Text(line->year_target), Location(context.actions.plan->ref.Versioned(),
                                            absl::StrCat("lines[", code, "].year_target"))},
         NotPlanned(context)});
  }
  if (strategic_plan != nullptr) NoteStrategicPlan(context, *strategic_plan);
}

void NoteUnplannedCodes(const Context& context) {
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const std::string version = submission.Versioned();
    for (const auto& [code, value] : submission.indicators) {
      if (!context.plan.indicators.contains(code)) {
        NoteUnplanned(context, code, version, "indicators", About::kPerformance);
      }
    }
    for (const auto& [code, value] : submission.budgets) {
      if (!context.plan.sub_activities.contains(code)) {
        NoteUnplanned(context, code, version, "budgets", About::kMoney);
      }
    }
  }
}

}  // namespace sakip::scoring
