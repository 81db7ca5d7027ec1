#include "services/scoring/domain/formula.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace sakip::scoring {
namespace {

using exact::Rational;

// Requires `divisor` not to be zero.
Rational Quotient(const Rational& dividend, const Rational& divisor) {
  return *Divide(dividend, divisor);
}

FormulaResult Value(Rational percent, bool met) {
  return {FormulaOutcome::kValue, std::move(percent), met, ""};
}

FormulaResult NotScored(std::string fault) {
  FormulaResult result;
  result.fault = std::move(fault);
  return result;
}

FormulaResult Positive(const Rational& t, const Rational& r, bool met) {
  return Value(Quotient(r, t) * Rational(100), met);
}

FormulaResult Negative(const Rational& t, const Rational& r, bool met) {
  return Value(Quotient(t - (r - t), t) * Rational(100), met);
}

FormulaResult Inverse(const Rational& t, const Rational& r) {
  if (r.is_zero()) return NotScored("ZERO_REALIZATION");
  // A negative quotient would stand beside a target that is met.
  if (r.is_negative()) return NotScored("NEGATIVE_REALIZATION");
  return Value(Quotient(t, r) * Rational(100), r <= t);
}

bool IsWithin(const FormulaInput& input) {
  return input.target <= input.realization && input.realization <= *input.target_upper;
}

// The end of the range that is nearer to a realization outside of it.
const Rational& NearerEnd(const FormulaInput& input) {
  return input.realization < input.target ? input.target : *input.target_upper;
}

FormulaResult Range(const FormulaInput& input) {
  const Rational& r = input.realization;
  const bool lower_is_better = input.formula == Formula::kRangeNegative;
  const bool met = lower_is_better ? r <= *input.target_upper : r >= input.target;
  if (IsWithin(input)) return Value(Rational(100), met);
  const Rational& end = NearerEnd(input);
  if (end.is_zero()) return NotScored("NEGATIVE_REALIZATION");
  return lower_is_better ? Negative(end, r, met) : Positive(end, r, met);
}

// A formula with its numbers in the place of T and R.
std::string Filled(absl::string_view formula, const Rational& t, const Rational& r) {
  return absl::StrReplaceAll(formula, {{"T", ExactText(t)}, {"R", ExactText(r)}});
}

constexpr absl::string_view kPositiveText = "R / T x 100";
constexpr absl::string_view kNegativeText = "(T - (R - T)) / T x 100";
constexpr absl::string_view kInverseText = "T / R x 100";

}  // namespace

FormulaResult Apply(const FormulaInput& input) {
  const bool is_range =
      input.formula == Formula::kRange || input.formula == Formula::kRangeNegative;
  if (input.target.is_negative()) return NotScored("NEGATIVE_TARGET");
  if (is_range && (!input.target_upper.has_value() || *input.target_upper < input.target)) {
    return NotScored("RANGE_INVALID");
  }
  // The target of a range that begins at zero is its upper end.
  if (is_range ? input.target_upper->is_zero() : input.target.is_zero()) {
    if (!input.realization.is_zero()) return NotScored("ZERO_TARGET");
    FormulaResult result;
    result.outcome = FormulaOutcome::kNotApplicable;
    return result;
  }
  switch (input.formula) {
    case Formula::kPositive:
    case Formula::kShareMet:
      return Positive(input.target, input.realization, input.realization >= input.target);
    case Formula::kNegative:
      return Negative(input.target, input.realization, input.realization <= input.target);
    case Formula::kInverse:
      return Inverse(input.target, input.realization);
    case Formula::kRange:
    case Formula::kRangeNegative:
      return Range(input);
  }
  return NotScored("RANGE_INVALID");
}

std::string ExpressionOf(const FormulaInput& input) {
  const Rational &t = input.target, &r = input.realization;
  switch (input.formula) {
    case Formula::kPositive:
    case Formula::kShareMet:
      return Filled(kPositiveText, t, r);
    case Formula::kNegative:
      return Filled(kNegativeText, t, r);
    case Formula::kInverse:
      return Filled(kInverseText, t, r);
    case Formula::kRange:
    case Formula::kRangeNegative:
      break;
  }
  if (IsWithin(input)) {
    return absl::StrCat(ExactText(r), " in ", ExactText(t), "..", ExactText(*input.target_upper));
  }
  return Filled(input.formula == Formula::kRange ? kPositiveText : kNegativeText, NearerEnd(input),
                r);
}

}  // namespace sakip::scoring
