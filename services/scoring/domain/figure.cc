#include "services/scoring/domain/figure.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/formula.h"

namespace sakip::scoring {

bool PrintFigure(const Print& print, absl::string_view subject, Figure& figure,
                 Derivation& derivation) {
  const std::vector<exact::Boundary> boundaries =
      print.rated ? policy::Boundaries(print.policy.scale) : std::vector<exact::Boundary>();
  exact::Rounding rounding =
      exact::RoundHonestly(*figure.exact, print.policy.digits, boundaries, print.missed);
  figure.printed = rounding.text;
  derivation.push_back(
      {Step::Kind::kRounding, std::string(subject),
       absl::StrCat("round(", ExactText(*figure.exact), ", ", rounding.digits, ")"), rounding.text,
       "%", "", 0, rounding.extended ? rounding.why : "half up, for print only"});
  return rounding.extended;
}

Figure NoNumber(FigureState state) { return {state, std::nullopt, ""}; }

FigureState NumberState(const Rational& value, bool closed) {
  if (value.is_zero()) return FigureState::kZero;
  return closed ? FigureState::kFinal : FigureState::kProvisional;
}

}  // namespace sakip::scoring
