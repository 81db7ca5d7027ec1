#include "services/scoring/domain/absorption.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/figure.h"

namespace sakip::scoring {

Figure NoAbsorption(FigureState state, std::string note, Derivation& derivation) {
  derivation.push_back(
      {Step::Kind::kState, "absorption", "no number", "", "", "", 0, std::move(note)});
  return NoNumber(state);
}

Figure Absorption(const Policy& policy, bool closed, const Rational& budget,
                  const std::optional<Rational>& realized, Derivation& derivation) {
  if (!realized.has_value()) {
    return NoAbsorption(FigureState::kMissing, "no realized budget was submitted", derivation);
  }
  const auto share = Divide(*realized, budget);
  if (!share.ok()) {
    const bool nothing = realized->is_zero();
    return NoAbsorption(nothing ? FigureState::kNotApplicable : FigureState::kNotScored,
                        nothing ? "budget and realization are both zero" : "spent without a budget",
                        derivation);
  }
  const Rational percent = *share * Rational(100);
  Figure figure{NumberState(percent, closed), percent, ""};
  derivation.push_back({Step::Kind::kFormula, "absorption",
                        absl::StrCat(ExactText(*realized), " / ", ExactText(budget), " x 100"),
                        ExactText(percent), "%", "", 0, ""});
  const Print print{policy, /*rated=*/false, *realized < budget};
  PrintFigure(print, "absorption", figure, derivation);
  return figure;
}

}  // namespace sakip::scoring
