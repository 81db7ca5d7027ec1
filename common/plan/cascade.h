// The cascade (pohon kinerja): what leads from the region's missions down to what is done and paid.
//
// Source: domain-rules 1.10. Pure functions; values.
#ifndef SAKIP_COMMON_PLAN_CASCADE_H_
#define SAKIP_COMMON_PLAN_CASCADE_H_

#include <optional>
#include <string>
#include <vector>

#include "common/exact/rational.h"
#include "common/plan/plan.h"

namespace sakip::plan {

struct CascadeIndicator {
  std::string code;
  std::string name;
  std::optional<Measure> target;  // Of the year.
};

struct CascadeNode {
  enum class Level {
    kMission,
    kRegionalGoal,
    kRegionalObjective,
    kGoal,
    kObjective,
    kProgram,
    kActivity,
    kSubActivity
  };

  Level level = Level::kMission;
  std::string code;
  std::string name;
  std::vector<CascadeIndicator> indicators;
  std::optional<exact::Rational> budget;  // Rupiah, of all below; absent above objectives.
  std::vector<CascadeNode> children;
};

struct Cascade {
  std::vector<CascadeNode> roots;    // The missions.
  std::vector<CascadeNode> orphans;  // What nothing leads down to.
};

// Of one year; either document may be nullptr. An objective that both have is one node, named and
// measured as in the annual plan.
Cascade BuildCascade(const StrategicPlan* strategic_plan, const AnnualPlan* annual_plan, int year);

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_CASCADE_H_
