#include "common/plan/plan_index.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace sakip::plan {

std::string DocumentRef::Versioned() const {
  return absl::StrCat(name, "@", revision, simulated ? " (simulated)" : "");
}

PlanIndex::PlanIndex(const AnnualPlan& annual_plan) : plan(&annual_plan) {
  const auto index = [this](const std::vector<Indicator>& list, Level level) {
    for (const Indicator& indicator : list) {
      indicators[indicator.code] = &indicator;
      levels[indicator.code] = level;
    }
  };
  for (const Objective& objective : annual_plan.objectives) {
    objectives[objective.code] = &objective;
    index(objective.indicators, Level::kObjective);
    Rational& objective_budget = objective_budgets[objective.code];
    for (const Program& program : objective.programs) {
      index(program.indicators, Level::kProgram);
      Rational& program_budget = program_budgets[program.code];
      for (const Activity& activity : program.activities) {
        index(activity.indicators, Level::kActivity);
        Rational& activity_budget = activity_budgets[activity.code];
        for (const SubActivity& sub_activity : activity.sub_activities) {
          index(sub_activity.indicators, Level::kSubActivity);
          sub_activities[sub_activity.code] = &sub_activity;
          const Rational amount(sub_activity.budget);
          for (Rational* sum : {&activity_budget, &program_budget, &objective_budget, &budget}) {
            *sum = *sum + amount;
          }
          if (sub_activity.budget_parts.empty()) continue;
          for (money::PartSums* sums :
               {&activity_parts[activity.code], &program_parts[program.code],
                &objective_parts[objective.code], &parts}) {
            AddParts(sub_activity.budget_parts, *sums);
          }
        }
      }
    }
  }
}

ActionIndex::ActionIndex(const ActionPlan* action_plan) : plan(action_plan) {
  if (plan == nullptr) return;
  lines.reserve(plan->lines.size());
  for (const ActionLine& line : plan->lines) lines[line.indicator_code] = &line;
}

const ActionLine* ActionIndex::Find(const std::string& indicator_code) const {
  const auto it = lines.find(indicator_code);
  return it == lines.end() ? nullptr : it->second;
}

std::string Location(const std::string& version, const std::string& path) {
  return absl::StrCat(version, " ", path);
}

std::string Text(const Measure& measure) {
  return absl::StrCat(measure.value.ToString(), " ", measure.unit);
}

std::string Rupiah(const Rational& value) { return absl::StrCat(ExactText(value), " Rp"); }

bool SameUnit(const std::string& a, const std::string& b) { return absl::EqualsIgnoreCase(a, b); }

}  // namespace sakip::plan
