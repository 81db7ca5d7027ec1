// The documents that a quarter is scored against.
//
// Source: design section 4 rule 11. Pure functions, but for the findings that they add.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_PLANS_IN_FORCE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_PLANS_IN_FORCE_H_

#include <optional>
#include <vector>

#include "common/finding/finding.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

// Borrowed from the history that they were found in.
struct PlansInForce {
  const AnnualPlan* plan = nullptr;           // At the end of the quarter. Never null.
  const AnnualPlan* year_plan = nullptr;      // At the end of the year. Never null.
  const AnnualPlan* original_plan = nullptr;  // The first of the year. Never null.
  const ActionPlan* action_plan = nullptr;
  const Agreement* agreement = nullptr;
  const StrategicPlan* strategic_plan = nullptr;
};

// Absent where no annual plan is in force at the end of the quarter. Of a quarter that is pinned
// only what was published before its close counts.
std::optional<PlansInForce> FindPlans(const PlanHistory& history,
                                      const YearSubmissions& submissions, Period period);

// Each document once.
std::vector<DocumentRef> CiteDocuments(const PlansInForce& plans);

// Adds a finding for each revision of a document, and version of the policy, that came after the
// quarter was pinned and would be in force had it come before.
void NoteWouldChange(const PlanHistory& history, const YearSubmissions& submissions,
                     const PlansInForce& plans, Period period, Findings& findings);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_PLANS_IN_FORCE_H_
