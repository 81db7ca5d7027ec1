#include "services/scoring/domain/review/computed.h"

#include "absl/strings/str_cat.h"

namespace sakip::scoring::review {

Step MakeStep(Step::Kind kind, const PrintedCell& from, const std::string& formula,
              const std::optional<Rational>& value, const std::string& unit, PhraseCode note) {
  return {
      kind, from.figure->column, formula, value.has_value() ? value->ToFraction() : "", unit, "", 0,
      note};
}

void Finish(const PrintedCell& from, Step::Kind kind, Computed& computed) {
  computed.text = computed.formula;
  if (computed.value.has_value()) {
    computed.text =
        absl::StrCat(DigitsText(*computed.value), computed.unit.empty() ? "" : " ", computed.unit);
  }
  computed.derivation.Add(
      MakeStep(kind, from, computed.formula, computed.value, computed.unit,
               computed.value.has_value() ? PhraseCode::kNone : PhraseCode::kGivesNoNumber));
}

}  // namespace sakip::scoring::review
