// Compares the achievements of two scorecards, such as one under two policies. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_DIFF_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_DIFF_H_

#include <string>
#include <vector>

#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// An achievement that differs. Borrows the scorecards.
struct AchievementChange {
  std::string code;                     // Of an objective or indicator; the agency's name.
  bool to_date = false;                 // Against the target through the quarter, or the year's.
  const Achievement* before = nullptr;  // Nullptr where only `after` has it.
  const Achievement* after = nullptr;   // Nullptr where only `before` has it.
};

// What differs between the achievements of the agency, its objectives and all indicators, in the
// order of `after`; what only `before` has comes last. Two are the same where state, exact number,
// printed number, rating and `met` are.
std::vector<AchievementChange> ChangedAchievements(const Scorecard& before, const Scorecard& after);

// A budget that differs. Borrows the scorecards.
struct BudgetChange {
  std::string code;  // Of an objective, program, activity or sub-activity; the agency's name.
  const BudgetScore* before = nullptr;  // Nullptr where only `after` has it.
  const BudgetScore* after = nullptr;   // Nullptr where only `before` has it.
};

// What differs between the budgets of the agency and all that is below it, in the order of `after`;
// what only `before` has comes last. Two are the same where all amounts and the printed absorption
// and its state are, and those of their parts.
std::vector<BudgetChange> ChangedBudgets(const Scorecard& before, const Scorecard& after);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_DIFF_H_
