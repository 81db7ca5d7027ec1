#include "services/planning/rpc/cascade_to_proto.h"

namespace sakip::planning {
namespace {

using Level = plan::CascadeNode::Level;

v1::CascadeNode::Level ToProto(Level level) {
  switch (level) {
    case Level::kMission:
      return v1::CascadeNode::LEVEL_MISSION;
    case Level::kRegionalGoal:
      return v1::CascadeNode::LEVEL_REGIONAL_GOAL;
    case Level::kRegionalObjective:
      return v1::CascadeNode::LEVEL_REGIONAL_OBJECTIVE;
    case Level::kGoal:
      return v1::CascadeNode::LEVEL_GOAL;
    case Level::kObjective:
      return v1::CascadeNode::LEVEL_OBJECTIVE;
    case Level::kProgram:
      return v1::CascadeNode::LEVEL_PROGRAM;
    case Level::kActivity:
      return v1::CascadeNode::LEVEL_ACTIVITY;
    case Level::kSubActivity:
      return v1::CascadeNode::LEVEL_SUB_ACTIVITY;
  }
  return v1::CascadeNode::LEVEL_UNSPECIFIED;
}

void Write(const plan::CascadeNode& from, v1::CascadeNode& to) {
  to.set_level(ToProto(from.level));
  to.set_code(from.code);
  to.set_display_name(from.name);
  for (const plan::CascadeIndicator& indicator : from.indicators) {
    v1::CascadeIndicator& measured = *to.add_indicators();
    measured.set_code(indicator.code);
    measured.set_display_name(indicator.name);
    if (!indicator.target.has_value()) continue;
    measured.mutable_target()->set_value(indicator.target->value.ToString());
    measured.mutable_target()->set_unit(indicator.target->unit);
  }
  if (from.budget.has_value()) to.set_budget(exact::ExactText(*from.budget));
  for (const plan::CascadeNode& child : from.children) Write(child, *to.add_children());
}

}  // namespace

v1::GetCascadeResponse ToProto(const plan::Cascade& cascade,
                               const plan::StrategicPlan* strategic_plan,
                               const plan::AnnualPlan* annual_plan) {
  v1::GetCascadeResponse response;
  for (const plan::CascadeNode& root : cascade.roots) Write(root, *response.add_roots());
  for (const plan::CascadeNode& orphan : cascade.orphans) Write(orphan, *response.add_orphans());
  if (strategic_plan != nullptr) response.set_strategic_plan(strategic_plan->ref.Versioned());
  if (annual_plan != nullptr) response.set_annual_plan(annual_plan->ref.Versioned());
  return response;
}

}  // namespace sakip::planning
