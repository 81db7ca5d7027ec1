#include "services/scoring/domain/absorption.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/figure.h"

namespace sakip::scoring {

Figure NoAbsorption(FigureState state, PhraseCode note, Derivation& derivation) {
  derivation.Add([&] { return StateStep("absorption", PhraseCode::kNoNumber, note); });
  return NoNumber(state);
}

Step SumStep(std::string subject, size_t parts, const Rational& sum, Phrase note) {
  Step step{Step::Kind::kAggregation, std::move(subject), "", ExactText(sum), "Rp"};
  step.words = {PhraseCode::kSumOfParts, {absl::StrCat(parts)}};
  step.note = std::move(note);
  return step;
}

Figure Absorption(const Policy& policy, bool closed, const Rational& budget,
                  const std::optional<Rational>& realized, Derivation& derivation) {
  if (!realized.has_value()) {
    return NoAbsorption(FigureState::kMissing, PhraseCode::kNoRealizedBudget, derivation);
  }
  const auto share = Divide(*realized, budget);
  if (!share.ok()) {
    const bool nothing = realized->is_zero();
    return NoAbsorption(
        nothing ? FigureState::kNotApplicable : FigureState::kNotScored,
        nothing ? PhraseCode::kBudgetAndRealizedZero : PhraseCode::kSpentWithoutBudget, derivation);
  }
  const Rational percent = *share * Rational(100);
  Figure figure{NumberState(percent, closed), percent, ""};
  derivation.Add([&] {
    return Step{Step::Kind::kFormula, "absorption",
                absl::StrCat(ExactText(*realized), " / ", ExactText(budget), " x 100"),
                ExactText(percent), "%"};
  });
  const Print print{policy, /*rated=*/false, *realized < budget};
  PrintFigure(print, "absorption", figure, derivation);
  return figure;
}

}  // namespace sakip::scoring
