// ScoredPeriod is a year scored at the end of one of its quarters, with what its indicators are
// defined as: what years and quarters are compared and added up by.
//
// Source: design section 4 rule 10. Pure: every figure is that of a scorecard, computed from the
// facts of its own year under the policy of its own year.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SCORED_PERIOD_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SCORED_PERIOD_H_

#include <map>
#include <optional>
#include <string>

#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/plans_in_force.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// What a year is scored from. Borrows all of it.
struct YearFacts {
  int year = 0;
  const PlanHistory* plans = nullptr;
  const YearSubmissions* submissions = nullptr;
  const Policy* policy = nullptr;  // Null: the one that each quarter has of itself.
};

// Borrows the facts, and points into itself. Thread-safe once built.
class ScoredPeriod {
 public:
  ScoredPeriod(const YearFacts& facts, int quarter);
  ScoredPeriod(const ScoredPeriod&) = delete;
  ScoredPeriod& operator=(const ScoredPeriod&) = delete;

  int year() const { return facts_.year; }
  const YearFacts& facts() const { return facts_; }
  // False where no plan is in force or an event of the year cannot be read. What is below requires
  // that it is true.
  bool scored() const { return card_.has_value(); }

  const Policy& policy() const { return *policy_; }
  bool closed() const {
    return facts_.submissions->closed_quarters.contains(card_->period.quarter);
  }
  const PlansInForce& plans() const { return *plans_; }
  // True where the realization of an indicator is that of a whole year: the fourth quarter is
  // closed, or has what the realization is computed from. Requires that Find finds it.
  bool IsWholeYear(const std::string& code) const;
  const Scorecard& card() const { return *card_; }  // Without derivations.

  // An indicator of any level. Nullptr where the plan does not have it, or nothing is scored.
  const IndicatorScore* Find(const std::string& code) const;
  // Requires that Find finds it.
  const Indicator& DefinitionOf(const std::string& code) const { return *definitions_.at(code); }

 private:
  const YearFacts facts_;
  const Policy* policy_ = nullptr;
  std::optional<PlansInForce> plans_;
  std::optional<Scorecard> card_;
  std::map<std::string, const IndicatorScore*> scores_;
  std::map<std::string, const Indicator*> definitions_;
};

// True where formula, aggregation, unit and ratio of an indicator are the same in both, so that its
// values compare. Requires that both have it.
bool SameDefinition(const ScoredPeriod& a, const ScoredPeriod& b, const std::string& code);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SCORED_PERIOD_H_
