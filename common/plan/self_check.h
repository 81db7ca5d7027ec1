// What a plan document says that does not fit in itself, or with what the same document said
// before.
//
// Documents are kept as they were signed; what does not fit is a finding with both figures.
// Source: design section 4 rule 12; domain-rules 1.3 (quarters), 1.7 (parties). Pure functions.
#ifndef SAKIP_COMMON_PLAN_SELF_CHECK_H_
#define SAKIP_COMMON_PLAN_SELF_CHECK_H_

#include <string>
#include <vector>

#include "common/exact/rational.h"
#include "common/finding/finding.h"
#include "common/plan/plan.h"

namespace sakip::plan {

// Notes outputs that stand twice, money without target and targets without money.
void NoteSelf(const AnnualPlan& plan, Findings& findings);

// Notes quarters that are in another unit than their year.
void NoteSelf(const ActionPlan& plan, Findings& findings);

// Notes what is missing of a signature, and parts that do not make a budget.
void NoteSelf(const Agreement& agreement, Findings& findings);

// Notes indicators that lack a target in some years. Those that have none at all are noted by
// NoteStrategicGaps.
void NoteSelf(const StrategicPlan& plan, Findings& findings);

// Notes targets of a year that had ended before `plan` was in force, where they are not those of
// `before`, the revision in force at the end of that year.
void NoteRetroactiveTargets(const StrategicPlan& plan, const StrategicPlan& before, int year,
                            Findings& findings);

// Notes parts of a budget that do not make it; `path` is that of the budget.
void NoteParts(const DocumentRef& ref, const std::string& path, const std::string& subject,
               const exact::Rational& budget, const std::vector<money::Part>& parts,
               Findings& findings);

}  // namespace sakip::plan

#endif  // SAKIP_COMMON_PLAN_SELF_CHECK_H_
