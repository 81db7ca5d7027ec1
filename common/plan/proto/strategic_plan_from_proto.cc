#include "common/plan/proto/strategic_plan_from_proto.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/plan/proto/parts_from_proto.h"

namespace sakip::plan {
namespace {

absl::StatusOr<StrategicIndicator> ToStrategicIndicator(
    const planning::v1::StrategicIndicator& from) {
  StrategicIndicator to{from.code(), from.display_name(), {}};
  for (const planning::v1::YearTarget& target : from.targets()) {
    ASSIGN_OR_RETURN(to.targets[target.year()], ToMeasure(target.target()));
  }
  return to;
}

// Of a strategic plan and of the region's plan above it.
template <typename From, typename To>
absl::Status FillStrategicNode(const From& from, To& to) {
  to.code = from.code();
  to.name = from.display_name();
  ASSIGN_OR_RETURN(to.indicators, Map<StrategicIndicator>(from.indicators(), ToStrategicIndicator));
  return absl::OkStatus();
}

template <typename From>
absl::StatusOr<StrategicObjective> ToStrategicObjective(const From& from) {
  StrategicObjective to;
  RETURN_IF_ERROR(FillStrategicNode(from, to));
  return to;
}

absl::StatusOr<StrategicGoal> ToStrategicGoal(const planning::v1::StrategicGoal& from) {
  StrategicGoal to;
  RETURN_IF_ERROR(FillStrategicNode(from, to));
  ASSIGN_OR_RETURN(to.objectives,
                   Map<StrategicObjective>(from.objectives(),
                                           ToStrategicObjective<planning::v1::StrategicObjective>));
  to.regional_objective = from.regional_objective_code();
  return to;
}

absl::StatusOr<RegionalGoal> ToRegionalGoal(const planning::v1::RegionalGoal& from) {
  RegionalGoal to;
  RETURN_IF_ERROR(FillStrategicNode(from, to));
  ASSIGN_OR_RETURN(to.objectives,
                   Map<StrategicObjective>(from.objectives(),
                                           ToStrategicObjective<planning::v1::RegionalObjective>));
  return to;
}

absl::StatusOr<RegionalMission> ToRegionalMission(const planning::v1::RegionalMission& from) {
  RegionalMission to{from.code(), from.display_name(), {}};
  ASSIGN_OR_RETURN(to.goals, Map<RegionalGoal>(from.goals(), ToRegionalGoal));
  return to;
}

void AddTargets(const std::vector<StrategicIndicator>& indicators, StrategicPlan& plan) {
  for (const StrategicIndicator& indicator : indicators) {
    plan.targets[indicator.code] = indicator.targets;
  }
}

}  // namespace

absl::StatusOr<StrategicPlan> ToStrategicPlan(DocumentRef ref,
                                              const planning::v1::StrategicPlan& from) {
  StrategicPlan plan;
  plan.ref = std::move(ref);
  plan.first_year = from.first_year();
  plan.last_year = from.last_year();
  ASSIGN_OR_RETURN(plan.missions,
                   Map<RegionalMission>(from.regional_missions(), ToRegionalMission));
  ASSIGN_OR_RETURN(plan.goals, Map<StrategicGoal>(from.goals(), ToStrategicGoal));
  for (const StrategicGoal& goal : plan.goals) {
    AddTargets(goal.indicators, plan);
    for (const StrategicObjective& objective : goal.objectives) {
      AddTargets(objective.indicators, plan);
    }
  }
  return plan;
}

}  // namespace sakip::plan
