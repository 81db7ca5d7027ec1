// Where the plan documents of one year contradict each other or themselves.
//
// Documents are kept as they were signed; what does not fit is a finding with both figures.
// Source: design section 4 rule 12. Pure functions.
#ifndef SAKIP_COMMON_PLAN_DISAGREEMENTS_H_
#define SAKIP_COMMON_PLAN_DISAGREEMENTS_H_

#include "common/finding/finding.h"
#include "common/plan/plan.h"

namespace sakip::plan {

// The documents in force on one day that concern one year; nullptr where there is none. Borrowed.
struct PlanYear {
  int year = 0;
  const AnnualPlan* annual_plan = nullptr;
  const ActionPlan* action_plan = nullptr;
  const Agreement* agreement = nullptr;
  const StrategicPlan* strategic_plan = nullptr;
  const KeyIndicatorDecree* decree = nullptr;
};

// Notes sums that do not add up, and targets, units and budgets that differ from the annual plan's.
void NoteDisagreements(const PlanYear& year, Findings& findings);

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_DISAGREEMENTS_H_
