#include "common/plan/self_check.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/plan/plan_index.h"

namespace sakip::plan {
namespace {

FindingFigure At(const DocumentRef& ref, const std::string& value, const std::string& path) {
  return {value, Location(ref.Versioned(), path)};
}

std::string TargetPath(const std::string& indicator) {
  return absl::StrCat("indicators[", indicator, "].target");
}

// The sub-activities of an annual plan, one after the other.
class SubActivityCheck {
 public:
  SubActivityCheck(const DocumentRef& ref, Findings& findings) : ref_(ref), findings_(findings) {}

  void Note(const SubActivity& sub_activity) {
    for (const Indicator& indicator : sub_activity.indicators) NoteOutput(sub_activity, indicator);
    NoteMoney(sub_activity);
  }

 private:
  void NoteOutput(const SubActivity& sub_activity, const Indicator& indicator) {
    const auto [first, is_new] = outputs_.emplace(
        std::tuple(absl::AsciiStrToLower(indicator.name), Target(indicator.target),
                   indicator.target_upper.has_value() ? Target(*indicator.target_upper) : ""),
        std::pair(&sub_activity, &indicator));
    const auto& [other, same] = first->second;
    if (is_new || other == &sub_activity) return;
    const auto figure = [&](const Indicator& of) {
      return At(ref_, absl::StrCat(of.name, ": ", Text(of.target)), TargetPath(of.code));
    };
    findings_.Add(FindingCode::kOutputRepeated, sub_activity.code,
                  {figure(*same), figure(indicator)});
  }

  // Units are the same in any letter case.
  static std::string Target(const Measure& target) { return absl::AsciiStrToLower(Text(target)); }

  void NoteMoney(const SubActivity& sub_activity) {
    const std::vector<Indicator>& indicators = sub_activity.indicators;
    if (indicators.empty()) return;
    const auto promised =
        std::find_if(indicators.begin(), indicators.end(), [](const Indicator& indicator) {
          return indicator.target.value != Decimal() || indicator.target_upper.has_value();
        });
    const bool has_target = promised != indicators.end();
    const bool has_budget = sub_activity.budget != Decimal();
    if (has_target == has_budget) return;
    const Indicator& indicator = has_target ? *promised : indicators.front();
    findings_.Add(
        has_budget ? FindingCode::kBudgetWithoutTarget : FindingCode::kTargetWithoutBudget,
        sub_activity.code,
        {At(ref_, Rupiah(Rational(sub_activity.budget)),
            absl::StrCat("sub_activities[", sub_activity.code, "].budget")),
         At(ref_, Text(indicator.target), TargetPath(indicator.code))});
  }

  const DocumentRef& ref_;
  Findings& findings_;
  // What was promised first under a name, a target and the upper bound of a range.
  std::map<std::tuple<std::string, std::string, std::string>,
           std::pair<const SubActivity*, const Indicator*>>
      outputs_;
};

std::string Years(const std::vector<int>& years) { return absl::StrJoin(years, ", "); }

void NoteYears(const StrategicPlan& plan, const std::vector<StrategicIndicator>& indicators,
               Findings& findings) {
  for (const StrategicIndicator& indicator : indicators) {
    if (indicator.targets.empty()) continue;
    std::vector<int> with, without;
    for (int year = plan.first_year; year <= plan.last_year; ++year) {
      (indicator.targets.contains(year) ? with : without).push_back(year);
    }
    if (without.empty()) continue;
    const std::string path = absl::StrCat("indicators[", indicator.code, "].targets");
    findings.Add(FindingCode::kStrategicTargetMissing, indicator.code,
                 {At(plan.ref, Years(with), path),
                  At(plan.ref, Years(without), path + " has no such year")});
  }
}

}  // namespace

void NoteParts(const DocumentRef& ref, const std::string& path, const std::string& subject,
               const Rational& budget, const std::vector<money::Part>& parts, Findings& findings) {
  if (parts.empty()) return;
  Rational sum;
  for (const money::Part& part : parts) sum = sum + Rational(part.amount);
  if (sum == budget) return;
  findings.Add(FindingCode::kBudgetPartsDiffer, subject,
               {At(ref, Rupiah(sum), absl::StrCat("sum of ", path, "_parts")),
                At(ref, Rupiah(budget), path)});
}

void NoteSelf(const AnnualPlan& plan, Findings& findings) {
  SubActivityCheck check(plan.ref, findings);
  for (const Objective& objective : plan.objectives) {
    for (const Program& program : objective.programs) {
      for (const Activity& activity : program.activities) {
        for (const SubActivity& sub_activity : activity.sub_activities) check.Note(sub_activity);
      }
    }
  }
}

void NoteSelf(const ActionPlan& plan, Findings& findings) {
  for (const ActionLine& line : plan.lines) {
    for (const auto& [quarter, target] : line.quarters) {
      if (SameUnit(target.unit, line.year_target.unit)) continue;
      const std::string path = absl::StrCat("lines[", line.indicator_code, "]");
      findings.Add(
          FindingCode::kActionPlanQuarterUnitDiffers, line.indicator_code,
          {At(plan.ref, Text(target), absl::StrCat(path, ".quarters[", quarter, "].target")),
           At(plan.ref, Text(line.year_target), path + ".year_target")});
    }
  }
}

void NoteSelf(const Agreement& agreement, Findings& findings) {
  std::vector<std::string> missing;
  if (agreement.first_party.empty()) missing.push_back("first_party");
  if (agreement.second_party.empty()) missing.push_back("second_party");
  if (agreement.signing_date.empty()) missing.push_back("signing_date");
  if (!missing.empty()) {
    findings.Add(FindingCode::kAgreementNotSigned, agreement.ref.name,
                 {At(agreement.ref, "", absl::StrJoin(missing, ", "))});
  }
  Rational sum;
  for (const AgreedBudget& agreed : agreement.program_budgets) {
    sum = sum + Rational(agreed.budget);
    NoteParts(agreement.ref, absl::StrCat("program_budgets[", agreed.program_code, "].budget"),
              agreed.program_code, Rational(agreed.budget), agreed.budget_parts, findings);
  }
  const Rational total =
      agreement.stated_budget.has_value() ? Rational(*agreement.stated_budget) : sum;
  NoteParts(agreement.ref, "stated_budget", agreement.ref.name, total,
            agreement.stated_budget_parts, findings);
}

void NoteSelf(const StrategicPlan& plan, Findings& findings) {
  for (const RegionalMission& mission : plan.missions) {
    for (const RegionalGoal& goal : mission.goals) {
      NoteYears(plan, goal.indicators, findings);
      for (const StrategicObjective& objective : goal.objectives) {
        NoteYears(plan, objective.indicators, findings);
      }
    }
  }
  for (const StrategicGoal& goal : plan.goals) {
    NoteYears(plan, goal.indicators, findings);
    for (const StrategicObjective& objective : goal.objectives) {
      NoteYears(plan, objective.indicators, findings);
    }
  }
}

void NoteRetroactiveTargets(const StrategicPlan& plan, const StrategicPlan& before, int year,
                            Findings& findings) {
  for (const auto& [code, targets] : plan.targets) {
    const auto target = targets.find(year);
    if (target == targets.end()) continue;
    const std::string path = absl::StrCat("indicators[", code, "].targets[", year, "]");
    FindingFigure then{"", Location(before.ref.Versioned(), "has no such target")};
    const auto known = before.targets.find(code);
    if (known != before.targets.end() && known->second.contains(year)) {
      const Measure& promised = known->second.at(year);
      if (promised.value == target->second.value && SameUnit(promised.unit, target->second.unit)) {
        continue;
      }
      then = At(before.ref, Text(promised), path);
    }
    findings.Add(FindingCode::kStrategicTargetRetroactive, code,
                 {At(plan.ref, Text(target->second), path), then});
  }
}

}  // namespace sakip::plan
