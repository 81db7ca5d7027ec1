// What every part of a score computation needs: the plans in force, the submissions, the policy,
// and where findings go. Lives for one call of Score; borrows everything. Not thread-safe.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_CONTEXT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_CONTEXT_H_

#include <map>
#include <string>
#include <vector>

#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/finding.h"
#include "services/scoring/domain/policy.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// The indicators and sub-activities of an annual plan by code. Borrows the plan.
struct PlanIndex {
  explicit PlanIndex(const AnnualPlan& plan);

  const AnnualPlan* plan;
  std::map<std::string, const Indicator*> indicators;
  std::map<std::string, Level> levels;  // Of the indicators.
  std::map<std::string, const SubActivity*> sub_activities;
  std::map<std::string, const Objective*> objectives;
  // Sums of sub-activities, rupiah, by code; `budget` is that of the whole plan.
  std::map<std::string, Rational> objective_budgets;
  std::map<std::string, Rational> program_budgets;
  std::map<std::string, Rational> activity_budgets;
  Rational budget;
};

// The lines of an action plan by indicator code. Borrows the plan; empty where there is none.
struct ActionIndex {
  explicit ActionIndex(const ActionPlan* action_plan);

  // Nullptr where the plan has no line for the indicator.
  const ActionLine* Find(const std::string& indicator_code) const;

  const ActionPlan* plan;
  std::map<std::string, const ActionLine*> lines;
};

struct Context {
  const Policy& policy;
  Period period;
  const PlanIndex& plan;           // In force at the end of the quarter.
  const PlanIndex& year_plan;      // In force at the end of the year.
  const PlanIndex& original_plan;  // The first of the year.
  const ActionIndex& actions;      // In force at the end of the quarter.
  const YearSubmissions& submissions;
  Findings& findings;

  // The same, with findings that nobody reads.
  Context Aside(Findings& unheard) const {
    return {policy, period, plan, year_plan, original_plan, actions, submissions, unheard};
  }

  // The indicator's own, or the policy's.
  Formula FormulaOf(const Indicator& indicator) const {
    return indicator.formula.value_or(policy.default_formula);
  }

  // True once no more can be submitted for the quarter.
  bool closed() const { return submissions.closed_quarters.contains(period.quarter); }
};

// `path` within a version: `.../annualPlans/2023@2 indicators[IKU2].target`.
std::string Location(const std::string& version, const std::string& path);

// `90.2 %`.
std::string Text(const Measure& measure);

// Equal but for letter case.
bool SameUnit(const std::string& a, const std::string& b);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_CONTEXT_H_
