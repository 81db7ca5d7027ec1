#include "common/plan/cascade.h"

#include <map>
#include <utility>

#include "common/plan/plan_index.h"

namespace sakip::plan {
namespace {

using Level = CascadeNode::Level;

template <typename Node>
CascadeNode MakeNode(Level level, const Node& node) {
  return {level, node.code, node.name, {}, std::nullopt, {}};
}

void Measure(const std::vector<StrategicIndicator>& indicators, int year, CascadeNode& node) {
  for (const StrategicIndicator& indicator : indicators) {
    CascadeIndicator& measured =
        node.indicators.emplace_back(CascadeIndicator{indicator.code, indicator.name, {}});
    const auto target = indicator.targets.find(year);
    if (target != indicator.targets.end()) measured.target = target->second;
  }
}

void Measure(const std::vector<Indicator>& indicators, CascadeNode& node) {
  for (const Indicator& indicator : indicators) {
    node.indicators.push_back({indicator.code, indicator.name, indicator.target});
  }
}

// What an annual plan has below one of its nodes.
class OfAnnualPlan {
 public:
  explicit OfAnnualPlan(const AnnualPlan& plan) : index_(plan) {}

  CascadeNode Make(const Objective& objective) const {
    CascadeNode node = MakeNode(Level::kObjective, objective);
    Measure(objective.indicators, node);
    node.budget = index_.objective_budgets.at(objective.code);
    for (const Program& program : objective.programs) node.children.push_back(Make(program));
    return node;
  }

 private:
  CascadeNode Make(const Program& program) const {
    CascadeNode node = MakeNode(Level::kProgram, program);
    Measure(program.indicators, node);
    node.budget = index_.program_budgets.at(program.code);
    for (const Activity& activity : program.activities) node.children.push_back(Make(activity));
    return node;
  }

  CascadeNode Make(const Activity& activity) const {
    CascadeNode node = MakeNode(Level::kActivity, activity);
    Measure(activity.indicators, node);
    node.budget = index_.activity_budgets.at(activity.code);
    for (const SubActivity& sub_activity : activity.sub_activities) {
      CascadeNode& child = node.children.emplace_back(MakeNode(Level::kSubActivity, sub_activity));
      Measure(sub_activity.indicators, child);
      child.budget = Rational(sub_activity.budget);
    }
    return node;
  }

  const PlanIndex index_;
};

class Builder {
 public:
  Builder(const AnnualPlan* annual_plan, int year) : year_(year) {
    if (annual_plan == nullptr) return;
    const OfAnnualPlan of(*annual_plan);
    for (const Objective& objective : annual_plan->objectives) {
      planned_.emplace(objective.code, of.Make(objective));
    }
  }

  void AddStrategicPlan(const StrategicPlan& plan, Cascade& cascade) {
    std::map<std::string, std::vector<CascadeNode>> goals;  // By the regional objective served.
    for (const StrategicGoal& goal : plan.goals) {
      goals[goal.regional_objective].push_back(Make(goal));
    }
    for (const RegionalMission& mission : plan.missions) {
      CascadeNode& root = cascade.roots.emplace_back(MakeNode(Level::kMission, mission));
      for (const RegionalGoal& goal : mission.goals) {
        root.children.push_back(Make(goal, goals));
      }
    }
    for (auto& [served, left] : goals) {
      for (CascadeNode& goal : left) cascade.orphans.push_back(std::move(goal));
    }
  }

  // Objectives to which no goal led.
  void AddRest(const AnnualPlan& plan, Cascade& cascade) {
    for (const Objective& objective : plan.objectives) {
      const auto it = planned_.find(objective.code);
      if (it != planned_.end()) cascade.orphans.push_back(std::move(it->second));
    }
  }

 private:
  CascadeNode Make(const RegionalGoal& goal,
                   std::map<std::string, std::vector<CascadeNode>>& goals) const {
    CascadeNode node = MakeNode(Level::kRegionalGoal, goal);
    Measure(goal.indicators, year_, node);
    for (const StrategicObjective& objective : goal.objectives) {
      CascadeNode& child =
          node.children.emplace_back(MakeNode(Level::kRegionalObjective, objective));
      Measure(objective.indicators, year_, child);
      const auto it = goals.find(objective.code);
      if (it == goals.end()) continue;
      child.children = std::move(it->second);
      goals.erase(it);
    }
    return node;
  }

  CascadeNode Make(const StrategicGoal& goal) {
    CascadeNode node = MakeNode(Level::kGoal, goal);
    Measure(goal.indicators, year_, node);
    for (const StrategicObjective& objective : goal.objectives) {
      const auto it = planned_.find(objective.code);
      if (it != planned_.end()) {
        node.children.push_back(std::move(it->second));
        planned_.erase(it);
        continue;
      }
      CascadeNode& child = node.children.emplace_back(MakeNode(Level::kObjective, objective));
      Measure(objective.indicators, year_, child);
    }
    return node;
  }

  const int year_;
  std::map<std::string, CascadeNode> planned_;  // Objectives of the annual plan, by code.
};

}  // namespace

Cascade BuildCascade(const StrategicPlan* strategic_plan, const AnnualPlan* annual_plan, int year) {
  Cascade cascade;
  Builder builder(annual_plan, year);
  if (strategic_plan != nullptr) builder.AddStrategicPlan(*strategic_plan, cascade);
  if (annual_plan != nullptr) builder.AddRest(*annual_plan, cascade);
  return cascade;
}

}  // namespace sakip::plan
