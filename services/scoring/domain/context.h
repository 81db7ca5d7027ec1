// What every part of a score computation needs: the plans in force, the submissions, the policy,
// and where findings go. Lives for one call of Score; borrows everything. Not thread-safe.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_CONTEXT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_CONTEXT_H_

#include "common/finding/finding.h"
#include "common/plan/plan_index.h"
#include "common/plan/quarters.h"
#include "common/policy/policy.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

using plan::ActionIndex;
using plan::Location;
using plan::PlanIndex;
using plan::QuarterValue;
using plan::Rupiah;
using plan::SameUnit;
using plan::Text;

struct Context {
  const Policy& policy;
  Period period;
  const PlanIndex& plan;           // In force at the end of the quarter.
  const PlanIndex& year_plan;      // In force at the end of the year.
  const PlanIndex& original_plan;  // The first of the year.
  const ActionIndex& actions;      // In force at the end of the quarter.
  const YearSubmissions& submissions;
  Findings& findings;
  Derivations derivations;

  // The same, with findings that nobody reads.
  Context Aside(Findings& unheard) const {
    return {policy,  period,      plan,    year_plan,  original_plan,
            actions, submissions, unheard, derivations};
  }
  // The same, for figures whose derivations nobody reads.
  Context FiguresOnly() const {
    return {policy,      period,        plan,
            year_plan,   original_plan, actions,
            submissions, findings,      Derivations::kLeftOut};
  }

  // One to begin with.
  Derivation NewDerivation() const { return Derivation(derivations); }

  // The indicator's own, or the policy's.
  Formula FormulaOf(const Indicator& indicator) const {
    return indicator.formula.value_or(policy.default_formula);
  }

  // How the indicator weighs in a mean.
  Rational WeightOf(const IndicatorScore& indicator) const {
    return policy.weighting == policy::Weighting::kEqual ? Rational(1) : indicator.weight;
  }

  // True once no more can be submitted for the quarter.
  bool closed() const { return submissions.closed_quarters.contains(period.quarter); }
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_CONTEXT_H_
