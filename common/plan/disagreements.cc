#include "common/plan/disagreements.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/plan/plan_index.h"
#include "common/plan/quarters.h"

namespace sakip::plan {
namespace {

bool Same(const Measure& a, const Measure& b) {
  return a.value == b.value && SameUnit(a.unit, b.unit);
}

FindingFigure StatedBudget(const DocumentRef& ref, const Decimal& budget) {
  return {Rupiah(Rational(budget)), Location(ref.Versioned(), "stated_budget")};
}

void NoteAgreementSum(const Agreement& agreement, Findings& findings) {
  if (!agreement.stated_budget.has_value() || agreement.program_budgets.empty()) return;
  Rational sum;
  for (const AgreedBudget& agreed : agreement.program_budgets) sum = sum + Rational(agreed.budget);
  if (sum == Rational(*agreement.stated_budget)) return;
  findings.Add(FindingCode::kAgreementSumDiffers, agreement.ref.name,
               {{Rupiah(sum), Location(agreement.ref.Versioned(), "sum of program_budgets")},
                StatedBudget(agreement.ref, *agreement.stated_budget)});
}

// The other documents of the year against one annual plan.
class AgainstAnnualPlan {
 public:
  AgainstAnnualPlan(const AnnualPlan& plan, Findings& findings)
      : plan_(plan), version_(plan.ref.Versioned()), index_(plan), findings_(findings) {}

  void NoteSum() {
    if (!plan_.stated_budget.has_value()) return;
    if (Rational(*plan_.stated_budget) == index_.budget) return;
    findings_.Add(FindingCode::kAnnualPlanSumDiffers, plan_.ref.name,
                  {Sum(), StatedBudget(plan_.ref, *plan_.stated_budget)});
  }

  void NoteAgreement(const Agreement& agreement) {
    const std::string version = agreement.ref.Versioned();
    for (const auto& [code, target] : agreement.targets) {
      const Indicator* planned = Find(code);
      if (planned != nullptr && Same(target, planned->target)) continue;
      findings_.Add(FindingCode::kAgreementTargetDiffers, code,
                    {{Text(target), Location(version, absl::StrCat("targets[", code, "].target"))},
                     Target(planned)});
    }
    for (const auto& [code, budget, parts] : agreement.program_budgets) {
      const auto it = index_.program_budgets.find(code);
      const bool planned = it != index_.program_budgets.end();
      if (planned && it->second == Rational(budget)) continue;
      findings_.Add(
          FindingCode::kAgreementBudgetDiffers, code,
          {{Rupiah(Rational(budget)),
            Location(version, absl::StrCat("program_budgets[", code, "].budget"))},
           planned ? FindingFigure{Rupiah(it->second),
                                   Location(version_, absl::StrCat("sum of programs[", code, "]"))}
                   : NotPlanned()});
    }
    if (!agreement.stated_budget.has_value()) return;
    if (Rational(*agreement.stated_budget) == index_.budget) return;
    findings_.Add(FindingCode::kAgreementTotalDiffers, agreement.ref.name,
                  {StatedBudget(agreement.ref, *agreement.stated_budget), Sum()});
  }

  void NoteActionPlan(const ActionPlan& action_plan) {
    const std::string version = action_plan.ref.Versioned();
    for (const ActionLine& line : action_plan.lines) {
      NoteActionLine(line, version);
    }
  }

  void NoteStrategicPlan(const StrategicPlan& strategic_plan, int year) {
    for (const auto& [code, years] : strategic_plan.targets) {
      const Indicator* indicator = Find(code);
      if (indicator == nullptr) continue;
      const auto target = years.find(year);
      if (target == years.end() || Same(target->second, indicator->target)) continue;
      findings_.Add(FindingCode::kStrategicTargetDiffers, code,
                    {{Text(target->second),
                      Location(strategic_plan.ref.Versioned(),
                               absl::StrCat("indicators[", code, "].targets[", year, "]"))},
                     Target(indicator)});
    }
  }

 private:
  void NoteActionLine(const ActionLine& line, const std::string& version) {
    const auto location = [&](absl::string_view of) {
      return Location(version, absl::StrCat("lines[", line.indicator_code, "].", of));
    };
    const auto year_target = [&] {
      return FindingFigure{Text(line.year_target), location("year_target")};
    };
    const Indicator* planned = Find(line.indicator_code);
    if (planned == nullptr || !Same(line.year_target, planned->target)) {
      const bool unit_differs =
          planned != nullptr && !SameUnit(line.year_target.unit, planned->target.unit);
      findings_.Add(unit_differs ? FindingCode::kActionPlanUnitDiffers
                                 : FindingCode::kActionPlanTargetDiffers,
                    line.indicator_code, {year_target(), Target(planned)});
    }
    // The quarters of a range only say when it is due.
    if (planned == nullptr || planned->target_upper.has_value()) return;
    std::vector<QuarterValue> quarters;
    for (const auto& [quarter, target] : line.quarters) {
      if (!SameUnit(target.unit, line.year_target.unit)) return;
      quarters.push_back({quarter, Rational(target.value), /*year_to_date=*/false});
    }
    const auto made = Combine(planned->time_aggregation, quarters);
    if (!made.has_value() || *made == Rational(line.year_target.value)) return;
    findings_.Add(
        FindingCode::kActionPlanQuartersDiffer, line.indicator_code,
        {{absl::StrCat(ExactText(*made), " ", line.year_target.unit), location("quarters")},
         year_target()});
  }

  const Indicator* Find(const std::string& code) const {
    const auto it = index_.indicators.find(code);
    return it == index_.indicators.end() ? nullptr : it->second;
  }

  FindingFigure Target(const Indicator* planned) const {
    if (planned == nullptr) return NotPlanned();
    return {Text(planned->target),
            Location(version_, absl::StrCat("indicators[", planned->code, "].target"))};
  }

  // The second figure where the annual plan has no such line.
  FindingFigure NotPlanned() const { return {"", Location(version_, "has no such line")}; }

  FindingFigure Sum() const {
    return {Rupiah(index_.budget), Location(version_, "sum of sub_activities")};
  }

  const AnnualPlan& plan_;
  const std::string version_;
  const PlanIndex index_;
  Findings& findings_;
};

}  // namespace

void NoteDisagreements(const PlanYear& year, Findings& findings) {
  if (year.agreement != nullptr) NoteAgreementSum(*year.agreement, findings);
  if (year.annual_plan == nullptr) return;
  AgainstAnnualPlan against(*year.annual_plan, findings);
  against.NoteSum();
  if (year.agreement != nullptr) against.NoteAgreement(*year.agreement);
  if (year.action_plan != nullptr) against.NoteActionPlan(*year.action_plan);
  if (year.strategic_plan != nullptr) against.NoteStrategicPlan(*year.strategic_plan, year.year);
}

}  // namespace sakip::plan
