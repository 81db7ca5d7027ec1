#include "services/scoring/domain/reached.h"

#include "common/plan/plan_index.h"
#include "services/scoring/domain/figure.h"
#include "services/scoring/domain/formula.h"

namespace sakip::scoring {

bool IsRange(Formula formula) {
  return formula == Formula::kRange || formula == Formula::kRangeNegative;
}

std::optional<Reached> ReachedOf(const Policy& policy, Formula formula, const Quantity& target,
                                 const Quantity& realized, bool closed) {
  if (IsRange(formula) || !plan::SameUnit(realized.unit, target.unit)) return std::nullopt;
  const FormulaResult result = Apply({formula, target.value, std::nullopt, realized.value});
  if (result.outcome != FormulaOutcome::kValue) return std::nullopt;
  Reached reached{{NumberState(result.percent, closed), result.percent, ""}, result.met};
  Derivation unread(Derivations::kLeftOut);
  PrintFigure({policy, /*rated=*/false, !result.met}, "reached", reached.figure, unread);
  return reached;
}

}  // namespace sakip::scoring
