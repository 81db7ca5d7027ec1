#include "services/scoring/domain/plans_in_force.h"

#include <cstdint>

#include "services/scoring/domain/own_policy.h"

namespace sakip::scoring {
namespace {

template <typename Document>
void Cite(const Document* document, std::vector<DocumentRef>& refs) {
  if (document == nullptr) return;
  for (const DocumentRef& ref : refs) {
    if (ref.name == document->ref.name && ref.revision == document->ref.revision) return;
  }
  refs.push_back(document->ref);
}

template <typename Document>
void NoteWhereItWouldChange(const std::vector<Document>& revisions, const Document* pinned,
                            Period period, Findings& findings) {
  const Document* unpinned = InForce(revisions, LastDay(period));
  if (unpinned == pinned) return;
  findings.Add(FindingCode::kClosedQuarterWouldChange, unpinned->ref.name,
               {{pinned == nullptr ? "" : pinned->ref.Versioned(), "scored against"},
                {unpinned->ref.Versioned(), "published after the quarter closed"}});
}

// The same of the policy.
void NoteWherePolicyWouldChange(const PlanHistory& history, const YearSubmissions& submissions,
                                Period period, Findings& findings) {
  const RegionPolicy* unpinned = PolicyInForce(history.policies, period.year);
  if (unpinned == nullptr) return;
  const Policy& pinned = OwnPolicy(history, submissions, period);
  if (unpinned->policy.name == pinned.name) return;
  findings.Add(FindingCode::kClosedQuarterWouldChange, unpinned->policy.name,
               {{pinned.name, "scored under"},
                {unpinned->policy.name, "published after the quarter closed"}});
}

}  // namespace

std::optional<PlansInForce> FindPlans(const PlanHistory& history,
                                      const YearSubmissions& submissions, Period period) {
  const absl::CivilDay quarter_end = LastDay(period);
  const uint64_t records = submissions.PlanRecords(period.quarter);
  PlansInForce plans;
  plans.plan = InForce(history.annual_plans, quarter_end, records);
  if (plans.plan == nullptr) return std::nullopt;
  plans.year_plan = InForce(history.annual_plans, LastDay({period.year, kQuarters}),
                            submissions.PlanRecords(kQuarters));
  // The fourth quarter may have closed before the year's first plan was published.
  if (plans.year_plan == nullptr) plans.year_plan = plans.plan;
  plans.original_plan = &history.annual_plans.front();
  plans.action_plan = InForce(history.action_plans, quarter_end, records);
  plans.agreement = InForce(history.agreements, quarter_end, records);
  plans.strategic_plan = InForce(history.strategic_plans, quarter_end, records);
  return plans;
}

std::vector<DocumentRef> CiteDocuments(const PlansInForce& plans) {
  std::vector<DocumentRef> refs;
  Cite(plans.plan, refs);
  Cite(plans.year_plan, refs);
  Cite(plans.original_plan, refs);
  Cite(plans.action_plan, refs);
  Cite(plans.agreement, refs);
  Cite(plans.strategic_plan, refs);
  return refs;
}

void NoteWouldChange(const PlanHistory& history, const YearSubmissions& submissions,
                     const PlansInForce& plans, Period period, Findings& findings) {
  NoteWhereItWouldChange(history.annual_plans, plans.plan, period, findings);
  NoteWhereItWouldChange(history.action_plans, plans.action_plan, period, findings);
  NoteWhereItWouldChange(history.agreements, plans.agreement, period, findings);
  NoteWhereItWouldChange(history.strategic_plans, plans.strategic_plan, period, findings);
  NoteWherePolicyWouldChange(history, submissions, period, findings);
}

}  // namespace sakip::scoring
