#include "services/scoring/domain/figure.h"

#include <string>
#include <utility>
#include <vector>

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
  derivation.Add([&] { return RoundingStep(subject, *figure.exact, rounding, "%"); });
  return rounding.extended;
}

Step RoundingStep(absl::string_view subject, const Rational& exact, const exact::Rounding& rounding,
                  std::string unit) {
  return {Step::Kind::kRounding,
          std::string(subject),
          absl::StrCat("round(", ExactText(exact), ", ", rounding.digits, ")"),
          rounding.text,
          std::move(unit),
          "",
          0,
          NoteOf(rounding)};
}

Phrase NoteOf(const exact::Rounding& rounding) {
  const bool cut_off = rounding.cut_off;
  PhraseCode code = PhraseCode::kHalfUp;
  switch (rounding.avoided) {
    case exact::KinderStory::kNone:
      return code;
    case exact::KinderStory::kHidesMiss:
      code = cut_off ? PhraseCode::kHidesMissCutOff : PhraseCode::kHidesMiss;
      break;
    case exact::KinderStory::kReachesBand:
      code = cut_off ? PhraseCode::kReachesBandCutOff : PhraseCode::kReachesBand;
      break;
    case exact::KinderStory::kExceedsBand:
      code = cut_off ? PhraseCode::kExceedsBandCutOff : PhraseCode::kExceedsBand;
      break;
  }
  std::vector<std::string> arguments = {absl::StrCat(rounding.policy_digits), rounding.read_as};
  if (!rounding.boundary.empty()) arguments.push_back(rounding.boundary);
  if (cut_off) arguments.push_back(absl::StrCat(exact::kHonestDigitsMax));
  return {code, std::move(arguments)};
}

Figure NoNumber(FigureState state) { return {state, std::nullopt, ""}; }

FigureState NumberState(const Rational& value, bool closed) {
  if (value.is_zero()) return FigureState::kZero;
  return closed ? FigureState::kFinal : FigureState::kProvisional;
}

}  // namespace sakip::scoring
