// What-if: the facts of an agency and year with changes of the caller in them. What they give is
// computed by Score like any other scorecard.
//
// Pure functions; nothing is stored.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SIMULATE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SIMULATE_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/period.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

// Another target, in the unit that the plan gives it in.
struct TargetChange {
  std::string indicator_code;
  int quarter = 0;  // 1 to 4: of the action plan; 0: the year's.
  Decimal value;
  std::optional<Decimal> upper;  // Of the year's target where it is a range.
};

// Other values of one quarter.
struct QuarterChange {
  int quarter = 1;
  // Needed where the quarter was not submitted; otherwise absent or that of the submission.
  std::optional<Coverage> coverage;
  // By indicator code. An empty unit is the plan's; narratives stay what was submitted.
  std::vector<std::pair<std::string, RealizedIndicator>> indicators;
  // By sub-activity code. Without parts the money is not divided; narratives stay what was
  // submitted.
  std::vector<std::pair<std::string, RealizedBudget>> budgets;
  std::vector<std::string> withdrawn;  // Codes, as if it had not been submitted.
};

struct Changes {
  std::vector<TargetChange> targets = {};
  std::vector<QuarterChange> quarters = {};
};

// The facts of one agency and year.
struct YearOfFacts {
  PlanHistory plans;
  YearSubmissions submissions;
};

// `facts` with `changes` in them, for a scorecard at the end of `period`. A year's target changes
// in every revision of the year's annual plan that has the indicator, a quarter's in every revision
// of the action plan. Documents and submissions that were changed say so (`simulated`). Facts
// without a plan in force come back as they are: nothing is scored from them.
//
//   INVALID_ARGUMENT  INVALID_FIELD  each change that does not fit the plan in force or the
//                                    submissions, by its path: `targets[0].indicator_code`.
absl::StatusOr<YearOfFacts> ApplyChanges(YearOfFacts facts, const Changes& changes, Period period);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SIMULATE_H_
