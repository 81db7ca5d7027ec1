// Money by kind of expenditure and source of funds (menurut jenis belanja dan sumber dana).
//
// Plans and submissions need not divide their money. What they tell adds up at every level, and
// what they do not is the rest of the whole, never a part. A sub-activity can be compared where the
// parts of its plan make its budget and those of its submissions make what was spent; only its
// money is in an absorption, so both sides of the quotient are of the same lines. Functions are
// pure but for the findings that they add to the context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_BUDGET_PARTS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_BUDGET_PARTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/types/span.h"
#include "services/scoring/domain/context.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// What a submission says about the money of a sub-activity. Borrows the submission.
struct Spent {
  int quarter;
  const Submission* submission;
  const RealizedBudget* value;

  bool year_to_date() const { return submission->coverage == Coverage::kYearToDate; }
};

// The inputs of money, and the step that adds up the quarters of what was spent.
Step InputStep(std::string subject, const Decimal& amount, std::string source,
               uint64_t log_position);
Step SpentStep(const Spent& spent, const Decimal& amount, const std::string& path);
Step QuartersStep(absl::Span<const QuarterValue> values, const Rational& sum);

// The parts of a sub-activity. `spent` is what counts to date; `whole` has the amounts of all.
std::vector<BudgetPartScore> ScoreParts(const Context& context, const SubActivity& sub_activity,
                                        const std::vector<Spent>& spent, const BudgetScore& whole);

// The parts of what is above `nodes`, absorption recomputed from the sums. `original` is what the
// first plan of the year tells of it.
std::vector<BudgetPartScore> SumParts(const Policy& policy, bool closed,
                                      const std::vector<const BudgetScore*>& nodes,
                                      const money::PartSums& original, Derivations derivations);

// What is in no part: with the parts it makes the amounts of the whole. Negative where the parts
// make more.
struct UndividedBudget {
  std::optional<Rational> original;  // Absent where the whole has none, as `realized` is.
  Rational budget;
  std::optional<Rational> realized;
};

UndividedBudget Undivided(const BudgetScore& whole);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_BUDGET_PARTS_H_
