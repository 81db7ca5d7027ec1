#include <set>

#include "absl/strings/str_cat.h"
#include "services/planning/domain/check.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

constexpr int kYearsMax = 10;

class StrategicPlanCheck {
 public:
  StrategicPlanCheck(const StrategicPlan& plan, const std::string& path, FieldErrors& errors)
      : plan_(plan),
        path_(path),
        errors_(errors),
        regional_goals_(errors),
        regional_objectives_(errors),
        goals_(errors),
        objectives_(errors),
        indicators_(errors) {}

  void Run() {
    CheckYear(plan_.first_year, path_ + ".first_year", errors_);
    CheckYear(plan_.last_year, path_ + ".last_year", errors_);
    if (plan_.last_year < plan_.first_year || plan_.last_year >= plan_.first_year + kYearsMax) {
      errors_.Add(path_ + ".last_year",
                  absl::StrCat("is not 0 to ", kYearsMax - 1, " years after first_year"));
    }
    CheckMissions();
    CheckNotEmpty(plan_.goals.size(), path_ + ".goals", errors_);
    for (size_t i = 0; i < plan_.goals.size(); ++i) {
      CheckGoal(plan_.goals[i], absl::StrCat(path_, ".goals", Index(i)));
    }
  }

 private:
  void CheckGoal(const StrategicGoal& goal, const std::string& path) {
    goals_.Add(goal.code, path + ".code");
    CheckName(goal.display_name, path + ".display_name", errors_);
    CheckIndicators(goal.indicators, path);
    CheckObjectives(goal.objectives, path, objectives_);
    const std::string& served = goal.regional_objective_code;
    if (!served.empty() && !regional_objectives_.Contains(served)) {
      errors_.Add(path + ".regional_objective_code",
                  absl::StrCat("names ", served, ", no regional objective of this plan"));
    }
  }

  void CheckObjectives(const std::vector<StrategicObjective>& objectives, const std::string& path,
                       UniqueCodes& codes) {
    for (size_t i = 0; i < objectives.size(); ++i) {
      const StrategicObjective& objective = objectives[i];
      const std::string objective_path = absl::StrCat(path, ".objectives", Index(i));
      codes.Add(objective.code, objective_path + ".code");
      CheckName(objective.display_name, objective_path + ".display_name", errors_);
      CheckIndicators(objective.indicators, objective_path);
    }
  }

  void CheckMissions() {
    const std::string path = path_ + ".regional_missions";
    UniqueCodes missions(errors_);
    for (size_t i = 0; i < plan_.regional_missions.size(); ++i) {
      const RegionalMission& mission = plan_.regional_missions[i];
      const std::string mission_path = absl::StrCat(path, Index(i));
      missions.Add(mission.code, mission_path + ".code");
      CheckName(mission.display_name, mission_path + ".display_name", errors_);
      for (size_t j = 0; j < mission.goals.size(); ++j) {
        const RegionalGoal& goal = mission.goals[j];
        const std::string goal_path = absl::StrCat(mission_path, ".goals", Index(j));
        regional_goals_.Add(goal.code, goal_path + ".code");
        CheckName(goal.display_name, goal_path + ".display_name", errors_);
        CheckIndicators(goal.indicators, goal_path);
        CheckObjectives(goal.objectives, goal_path, regional_objectives_);
      }
    }
  }

  void CheckIndicators(const std::vector<StrategicIndicator>& indicators, const std::string& path) {
    for (size_t i = 0; i < indicators.size(); ++i) {
      const std::string indicator_path = absl::StrCat(path, ".indicators", Index(i));
      indicators_.Add(indicators[i].code, indicator_path + ".code");
      CheckName(indicators[i].display_name, indicator_path + ".display_name", errors_);
      CheckTargets(indicators[i], indicator_path);
    }
  }

  void CheckTargets(const StrategicIndicator& indicator, const std::string& path) {
    std::set<int> years;
    for (size_t i = 0; i < indicator.targets.size(); ++i) {
      const auto& [year, target] = indicator.targets[i];
      const std::string target_path = absl::StrCat(path, ".targets", Index(i));
      if (year < plan_.first_year || year > plan_.last_year) {
        errors_.Add(target_path + ".year", absl::StrCat("is no year of the plan, ",
                                                        plan_.first_year, " to ", plan_.last_year));
      } else if (!years.insert(year).second) {
        errors_.Add(target_path + ".year", absl::StrCat("repeats ", year));
      }
      CheckMeasure(target, target_path + ".target", errors_);
    }
  }

  const StrategicPlan& plan_;
  const std::string& path_;
  FieldErrors& errors_;
  UniqueCodes regional_goals_, regional_objectives_, goals_, objectives_, indicators_;
};

}  // namespace

void CheckStrategicPlan(const StrategicPlan& plan, const std::string& path, FieldErrors& errors) {
  StrategicPlanCheck(plan, path, errors).Run();
}

}  // namespace sakip::planning
