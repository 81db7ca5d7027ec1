#include "services/scoring/domain/score.h"

#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/plan/disagreements.h"
#include "services/scoring/domain/achievement.h"
#include "services/scoring/domain/budget.h"
#include "services/scoring/domain/context.h"
#include "services/scoring/domain/indicator.h"
#include "services/scoring/domain/unplanned.h"

namespace sakip::scoring {
namespace {

template <typename Node>
std::vector<const BudgetScore*> BudgetsOf(const std::vector<Node>& nodes) {
  std::vector<const BudgetScore*> budgets;
  for (const Node& node : nodes) budgets.push_back(&node.budget);
  return budgets;
}

// The budget of a node of the first plan of the year, lines that were dropped since included;
// absent where that plan did not have the node.
std::optional<Rational> Original(const std::map<std::string, Rational>& budgets,
                                 const std::string& code) {
  const auto it = budgets.find(code);
  if (it == budgets.end()) return std::nullopt;
  return it->second;
}

SubActivityScore ScoreSubActivity(const Context& context, const SubActivity& sub_activity) {
  return {sub_activity.code,
          sub_activity.name,
          ScoreIndicators(context, Level::kSubActivity, sub_activity.indicators),
          ScoreBudget(context, sub_activity),
          sub_activity.outcome,
          BudgetNarrative(context, sub_activity.code)};
}

ActivityScore ScoreActivity(const Context& context, const Activity& activity) {
  ActivityScore score;
  score.code = activity.code;
  score.name = activity.name;
  score.indicators = ScoreIndicators(context, Level::kActivity, activity.indicators);
  for (const SubActivity& sub_activity : activity.sub_activities) {
    score.sub_activities.push_back(ScoreSubActivity(context, sub_activity));
  }
  score.budget = SumBudgets(context, activity.code, BudgetsOf(score.sub_activities),
                            Original(context.original_plan.activity_budgets, activity.code));
  return score;
}

ProgramScore ScoreProgram(const Context& context, const Program& program) {
  ProgramScore score;
  score.code = program.code;
  score.name = program.name;
  score.indicators = ScoreIndicators(context, Level::kProgram, program.indicators);
  for (const Activity& activity : program.activities) {
    score.activities.push_back(ScoreActivity(context, activity));
  }
  score.budget = SumBudgets(context, program.code, BudgetsOf(score.activities),
                            Original(context.original_plan.program_budgets, program.code));
  return score;
}

Narrative ObjectiveNarrative(const Context& context, const std::string& code) {
  Narrative latest;
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const auto it = submission.objectives.find(code);
    if (it != submission.objectives.end()) latest = it->second;
  }
  return latest;
}

ObjectiveScore ScoreObjective(const Context& context, const Objective& objective) {
  ObjectiveScore score;
  score.code = objective.code;
  score.name = objective.name;
  for (const Program& program : objective.programs) {
    score.programs.push_back(ScoreProgram(context, program));
  }
  score.indicators = ScoreIndicators(context, Level::kObjective, objective.indicators);
  std::vector<Part> year, to_date;
  for (const IndicatorScore& indicator : score.indicators) {
    year.push_back({indicator.code, indicator.weight, &indicator.year.achievement});
    to_date.push_back({indicator.code, indicator.weight, &indicator.to_date.achievement});
  }
  score.achievement = Mean(context, objective.code, year);
  score.to_date = Mean(context, objective.code, to_date);
  score.budget = SumBudgets(context, objective.code, BudgetsOf(score.programs),
                            Original(context.original_plan.objective_budgets, objective.code));
  score.narrative = ObjectiveNarrative(context, objective.code);
  return score;
}

// How much of planning's log counts for the quarter: all of it until the quarter is pinned.
uint64_t PlanRecords(const YearSubmissions& submissions, int quarter) {
  const auto it = submissions.pinned_plan_records.find(quarter);
  return it == submissions.pinned_plan_records.end() ? std::numeric_limits<uint64_t>::max()
                                                     : it->second;
}

// A revision that came after the quarter was pinned and would be in force had it come before.
template <typename Document>
void NoteWouldChange(const Context& context, const std::vector<Document>& revisions,
                     const Document* pinned) {
  const Document* unpinned = InForce(revisions, LastDay(context.period));
  if (unpinned == pinned) return;
  context.findings.Add(FindingCode::kClosedQuarterWouldChange, unpinned->ref.name,
                       {{pinned == nullptr ? "" : pinned->ref.Versioned(), "scored against"},
                        {unpinned->ref.Versioned(), "published after the quarter closed"}});
}

// A submission whose content is not the one that was approved.
void NoteChangedSinceApproval(const Context& context) {
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    const auto it = context.submissions.approvals.find(quarter);
    if (it == context.submissions.approvals.end()) continue;
    const Approval& approval = it->second;
    if (submission.content_digest == approval.content_digest) continue;
    context.findings.Add(
        FindingCode::kChangedSinceApproval, submission.name,
        {{approval.content_digest, absl::StrCat(submission.name, "@", approval.revision)},
         {submission.content_digest, submission.Versioned()}});
  }
}

template <typename Document>
void Cite(const Document* document, std::vector<DocumentRef>& refs) {
  if (document == nullptr) return;
  for (const DocumentRef& ref : refs) {
    if (ref.name == document->ref.name && ref.revision == document->ref.revision) return;
  }
  refs.push_back(document->ref);
}

std::vector<SubmissionRef> CiteSubmissions(const Context& context) {
  std::vector<SubmissionRef> refs;
  for (const auto& [quarter, submission] : context.submissions.by_quarter) {
    if (quarter > context.period.quarter) break;
    refs.push_back({submission.name, submission.revision, submission.content_digest,
                    submission.log_position, submission.illustrative});
  }
  return refs;
}

void ScoreAgency(const Context& context, Scorecard& scorecard) {
  for (const Objective& objective : context.plan.plan->objectives) {
    scorecard.objectives.push_back(ScoreObjective(context, objective));
  }
  std::vector<Part> year, to_date;
  for (const ObjectiveScore& objective : scorecard.objectives) {
    year.push_back({objective.code, Rational(1), &objective.achievement});
    to_date.push_back({objective.code, Rational(1), &objective.to_date});
  }
  scorecard.achievement = Mean(context, scorecard.agency, year);
  scorecard.to_date = Mean(context, scorecard.agency, to_date);
  scorecard.budget = SumBudgets(context, scorecard.agency, BudgetsOf(scorecard.objectives),
                                context.original_plan.budget);
}

}  // namespace

std::optional<Scorecard> Score(const PlanHistory& plans, const YearSubmissions& submissions,
                               const Policy& policy, Period period) {
  const absl::CivilDay quarter_end = LastDay(period);
  const uint64_t records = PlanRecords(submissions, period.quarter);
  const AnnualPlan* plan = InForce(plans.annual_plans, quarter_end, records);
  if (plan == nullptr) return std::nullopt;
  const AnnualPlan* year_plan = InForce(plans.annual_plans, LastDay({period.year, kQuarters}),
                                        PlanRecords(submissions, kQuarters));
  // The fourth quarter may have closed before the year's first plan was published.
  if (year_plan == nullptr) year_plan = plan;
  const ActionPlan* action_plan = InForce(plans.action_plans, quarter_end, records);
  const Agreement* agreement = InForce(plans.agreements, quarter_end, records);
  const StrategicPlan* strategic_plan = InForce(plans.strategic_plans, quarter_end, records);

  const PlanIndex index(*plan), year_index(*year_plan), original(plans.annual_plans.front());
  const ActionIndex actions(action_plan);
  Findings findings;
  const Context context{policy,   period,  index,       year_index,
                        original, actions, submissions, findings};

  Scorecard scorecard;
  scorecard.agency = plans.agency;
  scorecard.agency_display_name = plans.display_name;
  scorecard.period = period;
  scorecard.policy = policy.name;
  Cite(plan, scorecard.documents);
  Cite(year_plan, scorecard.documents);
  Cite(&plans.annual_plans.front(), scorecard.documents);
  Cite(action_plan, scorecard.documents);
  Cite(agreement, scorecard.documents);
  Cite(strategic_plan, scorecard.documents);
  scorecard.submissions = CiteSubmissions(context);
  ScoreAgency(context, scorecard);
  plan::NoteDisagreements({period.year, plan, action_plan, agreement, strategic_plan}, findings);
  NoteUnplannedCodes(context);
  NoteChangedSinceApproval(context);
  NoteWouldChange(context, plans.annual_plans, plan);
  NoteWouldChange(context, plans.action_plans, action_plan);
  NoteWouldChange(context, plans.agreements, agreement);
  NoteWouldChange(context, plans.strategic_plans, strategic_plan);
  scorecard.findings = std::move(findings).Take();
  return scorecard;
}

}  // namespace sakip::scoring
