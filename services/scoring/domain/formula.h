// From target and realization to an achievement (capaian), before clamping.
//
// Source: design section 4 rules 1 to 3. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORMULA_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORMULA_H_

#include <optional>
#include <string>

#include "common/exact/rational.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

// What an achievement is computed from. Same unit throughout.
struct FormulaInput {
  Formula formula = Formula::kPositive;
  exact::Rational target;                       // Lower bound where the formula is a range.
  std::optional<exact::Rational> target_upper;  // For ranges.
  exact::Rational realization;
};

enum class FormulaOutcome {
  kValue,          // `percent` is the achievement.
  kNotApplicable,  // Target and realization are both zero.
  kNotScored       // `fault` says why.
};

struct FormulaResult {
  FormulaOutcome outcome = FormulaOutcome::kNotScored;
  exact::Rational percent;
  bool met = false;  // The realization reaches the target, exactly.
  // `ZERO_TARGET`, `NEGATIVE_TARGET`, `RANGE_INVALID`; where the formula would divide by the
  // realization or by a lower bound of zero, `ZERO_REALIZATION` and `NEGATIVE_REALIZATION`.
  std::string fault;
};

FormulaResult Apply(const FormulaInput& input);

// The formula with the numbers filled in: `90 / 90.2 x 100`. Requires that it gives a value.
std::string ExpressionOf(const FormulaInput& input);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORMULA_H_
