// Periods: the year that a form is about, scored at the end of each of its quarters, and the years
// of the strategic plan before it, at theirs.
//
// Borrows the facts. Points into itself, so it is not moved. Thread-safe once built.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_PERIODS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_PERIODS_H_

#include <map>
#include <string>
#include <vector>

#include "common/plan/plan_index.h"
#include "services/scoring/domain/form/cell.h"
#include "services/scoring/domain/scored_period.h"

namespace sakip::scoring::form {

class Periods {
 public:
  // `before` ascending; those that the strategic plan does not cover are left out.
  Periods(const YearFacts& now, const std::vector<YearFacts>& before, int quarter);
  Periods(const Periods&) = delete;
  Periods& operator=(const Periods&) = delete;

  int quarter() const { return quarter_; }
  // The end of the quarter. What is below requires that it is scored.
  const ScoredPeriod& latest() const { return quarters_.at(quarter_); }
  // The end of a quarter up to the latest.
  const ScoredPeriod& At(int quarter) const { return quarters_.at(quarter); }
  // By year.
  const std::map<int, ScoredPeriod>& before() const { return before_; }
  // Nullptr where there is none.
  const StrategicPlan* strategic_plan() const { return latest().plans().strategic_plan; }

  // True where the action plan in force at the end of `quarter` asks for the indicator in it, or
  // where it does not say when, in the fourth.
  bool IsDue(const std::string& indicator_code, int quarter) const;

  // Why a year before has no number: it is not recorded, or cannot be read.
  static CellState WhyNotScored(const ScoredPeriod& year);

 private:
  const int quarter_;
  std::map<int, ScoredPeriod> quarters_;
  std::map<int, plan::ActionIndex> actions_;  // Of the quarters that are scored.
  std::map<int, ScoredPeriod> before_;
};

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_PERIODS_H_
