#include "services/scoring/domain/score.h"

#include <algorithm>
#include <forward_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/plan/disagreements.h"
#include "services/scoring/domain/achievement.h"
#include "services/scoring/domain/budget.h"
#include "services/scoring/domain/context.h"
#include "services/scoring/domain/efficiency.h"
#include "services/scoring/domain/figure.h"
#include "services/scoring/domain/indicator.h"
#include "services/scoring/domain/plans_in_force.h"
#include "services/scoring/domain/sources.h"
#include "services/scoring/domain/unplanned.h"
#include "services/scoring/domain/unread.h"

namespace sakip::scoring {
namespace {

template <typename Node>
std::vector<const BudgetScore*> BudgetsOf(const std::vector<Node>& nodes) {
  std::vector<const BudgetScore*> budgets;
  budgets.reserve(nodes.size());
  for (const Node& node : nodes) budgets.push_back(&node.budget);
  return budgets;
}

// The outputs of a node, whatever its level.
void AddOutputs(const SubActivityScore& node, std::vector<CostedOutput>& outputs) {
  outputs.push_back({&node.indicators, &node.budget});
}
void AddOutputs(const ActivityScore& node, std::vector<CostedOutput>& outputs) {
  for (const SubActivityScore& part : node.sub_activities) AddOutputs(part, outputs);
}
void AddOutputs(const ProgramScore& node, std::vector<CostedOutput>& outputs) {
  for (const ActivityScore& part : node.activities) AddOutputs(part, outputs);
}
void AddOutputs(const ObjectiveScore& node, std::vector<CostedOutput>& outputs) {
  for (const ProgramScore& part : node.programs) AddOutputs(part, outputs);
}
void AddOutputs(const Scorecard& node, std::vector<CostedOutput>& outputs) {
  for (const ObjectiveScore& part : node.objectives) AddOutputs(part, outputs);
}

// Once all else of the node is known.
template <typename Node>
void SetEfficiency(const Context& context, const Achievement& achievement, Node& node) {
  std::vector<CostedOutput> outputs;
  if (context.policy.efficiency.method == policy::EfficiencyMethod::kPmk214Of2017) {
    AddOutputs(node, outputs);
  }
  node.efficiency = Efficiency(context, achievement, node.budget, outputs);
}

// The budget of a node of the first plan of the year.
OriginalBudget Original(const std::map<std::string, Rational>& budgets,
                        const std::map<std::string, money::PartSums>& parts,
                        const std::string& code) {
  OriginalBudget original;
  const auto total = budgets.find(code);
  if (total != budgets.end()) original.total = total->second;
  const auto divided = parts.find(code);
  if (divided != parts.end()) original.parts = divided->second;
  return original;
}

SubActivityScore ScoreSubActivity(const Context& context, const SubActivity& sub_activity) {
  SubActivityScore score;
  score.code = sub_activity.code;
  score.name = sub_activity.name;
  score.indicators = ScoreIndicators(context, Level::kSubActivity, sub_activity.indicators);
  const std::vector<Spent> submitted = SubmittedMoney(context, sub_activity.code);
  score.budget = ScoreBudget(context, sub_activity, submitted);
  score.outcome = sub_activity.outcome;
  if (!submitted.empty()) score.narrative = submitted.back().value->narrative;
  score.achievement = MeanOfYear(context, score.code, score.indicators);
  SetEfficiency(context, score.achievement, score);
  return score;
}

ActivityScore ScoreActivity(const Context& context, const Activity& activity) {
  ActivityScore score;
  score.code = activity.code;
  score.name = activity.name;
  score.indicators = ScoreIndicators(context, Level::kActivity, activity.indicators);
  score.sub_activities.reserve(activity.sub_activities.size());
  for (const SubActivity& sub_activity : activity.sub_activities) {
    score.sub_activities.push_back(ScoreSubActivity(context, sub_activity));
  }
  const PlanIndex& first = context.original_plan;
  score.budget = SumBudgets(context, activity.code, BudgetsOf(score.sub_activities),
                            Original(first.activity_budgets, first.activity_parts, activity.code));
  score.achievement = MeanOfYear(context, score.code, score.indicators);
  SetEfficiency(context, score.achievement, score);
  return score;
}

ProgramScore ScoreProgram(const Context& context, const Program& program) {
  ProgramScore score;
  score.code = program.code;
  score.name = program.name;
  score.indicators = ScoreIndicators(context, Level::kProgram, program.indicators);
  score.activities.reserve(program.activities.size());
  for (const Activity& activity : program.activities) {
    score.activities.push_back(ScoreActivity(context, activity));
  }
  const PlanIndex& first = context.original_plan;
  score.budget = SumBudgets(context, program.code, BudgetsOf(score.activities),
                            Original(first.program_budgets, first.program_parts, program.code));
  score.achievement = MeanOfYear(context, score.code, score.indicators);
  SetEfficiency(context, score.achievement, score);
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
  score.programs.reserve(objective.programs.size());
  for (const Program& program : objective.programs) {
    score.programs.push_back(ScoreProgram(context, program));
  }
  score.indicators = ScoreIndicators(context, Level::kObjective, objective.indicators);
  std::vector<Part> year, to_date;
  for (const IndicatorScore& indicator : score.indicators) {
    const Rational weight = context.WeightOf(indicator);
    year.push_back({indicator.code, weight, &indicator.year.achievement});
    to_date.push_back({indicator.code, weight, &indicator.to_date.achievement});
  }
  score.achievement = Mean(context, objective.code, year);
  score.to_date = Mean(context, objective.code, to_date);
  const PlanIndex& first = context.original_plan;
  score.budget =
      SumBudgets(context, objective.code, BudgetsOf(score.programs),
                 Original(first.objective_budgets, first.objective_parts, objective.code));
  score.narrative = ObjectiveNarrative(context, objective.code);
  SetEfficiency(context, score.achievement, score);
  return score;
}

void ScoreAgency(const Context& context, Scorecard& scorecard) {
  scorecard.objectives.reserve(context.plan.plan->objectives.size());
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
                                {context.original_plan.budget, context.original_plan.parts});
  SetEfficiency(context, scorecard.achievement, scorecard);
}

// Of plans that mostly are one and the same: each is indexed once. Not thread-safe.
class PlanIndexes {
 public:
  const PlanIndex& Of(const AnnualPlan& plan) {
    for (const PlanIndex& index : indexes_) {
      if (index.plan == &plan) return index;
    }
    return indexes_.emplace_front(plan);
  }

 private:
  std::forward_list<PlanIndex> indexes_;  // They stay where they are.
};

PolicyRef CitePolicy(const RegionPolicy& version) {
  return {version.policy.legal_basis, version.policy.first_year, version.log_position};
}

// Nothing is scored from what cannot be read whole.
void Refuse(Derivations derivations, Scorecard& scorecard) {
  const Figure none = NoNumber(FigureState::kNotScored);
  Derivation why(derivations);
  why.Add(
      [] { return StateStep("achievement", PhraseCode::kNoNumber, PhraseCode::kEventNotRead); });
  scorecard.achievement.figure = scorecard.achievement.unclamped = none;
  scorecard.achievement.derivation = why;
  scorecard.to_date = scorecard.achievement;
  scorecard.budget.known = false;
  scorecard.budget.absorption = none;
  scorecard.budget.derivation = std::move(why);
  scorecard.efficiency.figure = none;
}

}  // namespace

std::optional<Scorecard> Score(const PlanHistory& history, const YearSubmissions& submissions,
                               const Policy& policy, Period period, Derivations derivations) {
  const std::optional<PlansInForce> plans = FindPlans(history, submissions, period);
  const std::vector<const UnreadEvent*> unread = UnreadThatMatter(history, submissions, period);
  // Without a plan there is no scorecard whatever the policy: only another event may hold one.
  const bool may_be_planned = std::any_of(unread.begin(), unread.end(), [](const UnreadEvent* e) {
    return e->kind != UnreadEvent::Kind::kPolicy;
  });
  if (!plans.has_value() && !may_be_planned) return std::nullopt;
  Findings findings;
  Scorecard scorecard;
  scorecard.agency = history.agency;
  scorecard.agency_display_name = history.display_name;
  scorecard.period = period;
  scorecard.closed = submissions.closed_quarters.contains(period.quarter);
  scorecard.basis = submissions.basis;
  scorecard.policy = policy.name;
  for (const RegionPolicy& version : history.policies) {
    if (version.policy.name == policy.name) scorecard.region_policy = CitePolicy(version);
  }
  if (plans.has_value()) scorecard.documents = CiteDocuments(*plans);
  scorecard.submissions = CiteSubmissions(submissions, period);
  scorecard.times = TimesOf(submissions, period);
  NoteUnread(unread, findings);
  if (!unread.empty()) {
    Refuse(derivations, scorecard);
  } else {
    PlanIndexes indexes;
    const ActionIndex actions(plans->action_plan);
    const Context context{policy,
                          period,
                          indexes.Of(*plans->plan),
                          indexes.Of(*plans->year_plan),
                          indexes.Of(*plans->original_plan),
                          actions,
                          submissions,
                          findings,
                          derivations};
    ScoreAgency(context, scorecard);
    plan::NoteDisagreements(
        {period.year, plans->plan, plans->action_plan, plans->agreement, plans->strategic_plan},
        findings);
    NoteUnplannedCodes(context);
    NoteWorkflow(submissions, period, findings);
    NoteWouldChange(history, submissions, *plans, period, findings);
  }
  scorecard.findings = std::move(findings).Take();
  return scorecard;
}

}  // namespace sakip::scoring
