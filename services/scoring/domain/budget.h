// Money: planned, spent, and the share that was spent (penyerapan).
//
// Source: design section 4 rule 9. Functions are pure but for the findings that they add to the
// context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_BUDGET_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_BUDGET_H_

#include <string>
#include <vector>

#include "services/scoring/domain/budget_parts.h"
#include "services/scoring/domain/context.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// What was submitted about the money of a sub-activity, up to the quarter.
std::vector<Spent> SubmittedMoney(const Context& context, const std::string& code);

// `submitted` is that of the sub-activity.
BudgetScore ScoreBudget(const Context& context, const SubActivity& sub_activity,
                        const std::vector<Spent>& submitted);

// The budget of a node in the first plan of the year. It may hold lines that the plan in force has
// no more.
struct OriginalBudget {
  std::optional<Rational> total;  // Absent where that plan did not have the node.
  money::PartSums parts = {};
};

// The sum of `nodes`, absorption recomputed from the sums.
BudgetScore SumBudgets(const Context& context, absl::string_view code,
                       const std::vector<const BudgetScore*>& nodes, OriginalBudget original);

// The same for what is in no scorecard; it has no findings. `closed` where no more can come.
BudgetScore SumBudgets(const Policy& policy, bool closed,
                       const std::vector<const BudgetScore*>& nodes, OriginalBudget original,
                       Derivations derivations);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_BUDGET_H_
