// Sums up the scorecards of many agencies: how many have which rating, who has not submitted, and
// their money.
//
// Above the agency ratios are recomputed from sums, never averaged. Source: design section 4
// rule 6. Pure; not thread-safe.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REGION_SUMMARY_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REGION_SUMMARY_H_

#include <string>
#include <vector>

#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// How many agencies have a rating.
struct RatingCount {
  std::string rating;
  std::string label;
  int agencies = 0;
};

// The ratings of one scale, from its highest band down, those that nobody has included.
struct RatingDistribution {
  std::string scale;
  std::vector<RatingCount> counts;
};

struct RegionSummary {
  int agencies = 0;      // With a scorecard.
  int without_plan = 0;  // Registered, but no plan of the year is in force.
  int submitted = 0;     // Whose quarter has a submission that counts.
  int unrated = 0;       // Whose achievement has no number.
  // By the achievement against the year's target. Scales with the same code and bands are one; in
  // the order of their codes.
  std::vector<RatingDistribution> distributions;
  BudgetScore budget;
};

// Adds up agencies. All are of one period.
class RegionTally {
 public:
  // `policy` is what the scorecard was computed under. Keeps its budget: best one without
  // derivations.
  void Add(const Scorecard& card, const Policy& policy);

  // An agency without a plan in force.
  void AddWithoutPlan() { ++summary_.without_plan; }

  // What was added so far.
  RegionSummary Sum() const;

 private:
  void Count(const Scorecard& card, const policy::RatingScale& scale);

  RegionSummary summary_;
  std::vector<policy::RatingScale> scales_;  // One a distribution.
  std::vector<BudgetScore> budgets_;
  bool closed_ = true;  // All are closed.
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REGION_SUMMARY_H_
