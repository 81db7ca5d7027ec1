#include "services/scoring/domain/review/verdict.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/plan/plan_index.h"
#include "services/scoring/domain/review/comparison.h"

namespace sakip::scoring::review {
namespace {

using plan::SameUnit;

FindingCode CodeOf(Fit fit) {
  switch (fit) {
    case Fit::kHidesMiss:
      return FindingCode::kPrintedRoundingHidesMiss;
    case Fit::kTruncated:
      return FindingCode::kPrintedTruncated;
    case Fit::kRight:
    case Fit::kRoundedOtherwise:
    case Fit::kNone:
      break;
  }
  return FindingCode::kPrintedRoundedOtherwise;
}

FindingCode Mismatch(const Computed& computed) {
  return computed.from_own_table ? FindingCode::kPrintedArithmeticWrong
                                 : FindingCode::kPrintedContradicts;
}

bool SameWords(absl::string_view a, absl::string_view b) {
  return absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(a), absl::StripAsciiWhitespace(b));
}

// What is computed may be rounded to the printed decimals.
Verdict JudgeComputed(const PrintedNumber& printed, const Computed& computed,
                      absl::Span<const exact::Boundary> boundaries) {
  if (!computed.rated) boundaries = {};
  const Comparison comparison =
      Compare(printed.value, printed.digits,
              {*computed.value, computed.from_printed, boundaries, computed.missed});
  if (comparison.fit == Fit::kRight) return {};
  if (comparison.fit != Fit::kNone) return {CodeOf(comparison.fit), comparison.why, nullptr};
  for (const OtherBase& base : computed.other_bases) {
    if (base.value.RoundedValue(printed.digits) == printed.value) {
      return {FindingCode::kPrintedWrongBase, "", &base};
    }
  }
  return {Mismatch(computed), "", nullptr};
}

// What is stated is repeated digit by digit.
Verdict JudgeStated(const PrintedNumber& printed, const Computed& computed) {
  const Rational& stated = *computed.value;
  if (printed.value == stated) return {};
  const Comparison comparison = Compare(printed.value, printed.digits, {stated});
  if (comparison.fit == Fit::kRight) {
    return {FindingCode::kPrintedRoundedOtherwise, "with fewer decimals than its source", nullptr};
  }
  if (comparison.fit != Fit::kNone) return {CodeOf(comparison.fit), comparison.why, nullptr};
  // The source may be the shortened one.
  if (computed.stated_digits.has_value() && *computed.stated_digits < printed.digits) {
    const int digits = *computed.stated_digits;
    if (printed.value.RoundedValue(digits) == stated ||
        TruncatedValue(printed.value, digits) == stated) {
      return {FindingCode::kPrintedRoundedOtherwise, "with more decimals than its source", nullptr};
    }
  }
  return {FindingCode::kPrintedContradicts, "", nullptr};
}

Verdict JudgeWords(const PrintedCell& cell, const Computed& computed) {
  for (const std::string& words : computed.words) {
    if (SameWords(cell.figure->printed, words)) return {};
  }
  return {FindingCode::kPrintedContradicts, "", nullptr};
}

}  // namespace

Verdict Judge(const PrintedCell& cell, const Computed& computed,
              absl::Span<const exact::Boundary> boundaries) {
  if (!computed.there) return {FindingCode::kPrintedSourceMissing, "", nullptr};
  if (!cell.number.has_value()) return JudgeWords(cell, computed);
  if (!computed.value.has_value()) return {FindingCode::kPrintedUndefined, "", nullptr};
  const std::string unit = cell.Unit();
  const bool other_unit = !unit.empty() && !computed.unit.empty() && !SameUnit(unit, computed.unit);
  if (other_unit) return {FindingCode::kPrintedUnitDiffers, "", nullptr};
  if (computed.upper_bound) {
    if (cell.number->value <= *computed.value) return {};
    return {FindingCode::kPrintedContradicts, "is more than it can be", nullptr};
  }
  return computed.stated ? JudgeStated(*cell.number, computed)
                         : JudgeComputed(*cell.number, computed, boundaries);
}

}  // namespace sakip::scoring::review
