// What the plan documents of one year leave out, and where they name or define things otherwise:
// what does not lead up to the region's mission or down to what is done, key indicators without
// decree, targets that are promised nowhere.
//
// Source: design section 4 rule 12; domain-rules 1.10 (cascading). Pure functions.
#ifndef SAKIP_COMMON_PLAN_GAPS_H_
#define SAKIP_COMMON_PLAN_GAPS_H_

#include "common/finding/finding.h"
#include "common/plan/disagreements.h"
#include "common/plan/plan.h"

namespace sakip::plan {

// Notes what the documents of one year lack, each by itself and beside the others.
void NoteGaps(const PlanYear& year, Findings& findings);

// Notes what a strategic plan lacks, whatever the year.
void NoteStrategicGaps(const StrategicPlan& plan, Findings& findings);

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_GAPS_H_
