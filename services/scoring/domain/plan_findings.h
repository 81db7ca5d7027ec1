// Findings on the plan documents of a year: where they contradict each other or themselves.
//
// Source: design section 4 rule 12.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_PLAN_FINDINGS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_PLAN_FINDINGS_H_

#include "services/scoring/domain/context.h"

namespace sakip::scoring {

// Compares the documents in force at the end of the quarter; `agreement` and `strategic_plan` may
// be nullptr.
void NotePlanFindings(const Context& context, const Agreement* agreement,
                      const StrategicPlan* strategic_plan);

// Codes that were submitted up to the quarter and are not in the plan in force.
void NoteUnplannedCodes(const Context& context);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_PLAN_FINDINGS_H_
