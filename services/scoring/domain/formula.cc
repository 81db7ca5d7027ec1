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

FormulaResult Value(Rational percent, bool met, std::string expression) {
  return {FormulaOutcome::kValue, std::move(percent), met, std::move(expression), ""};
}

FormulaResult NotScored(std::string fault) {
  FormulaResult result;
  result.fault = std::move(fault);
  return result;
}

// R / T x 100.
FormulaResult Positive(const Rational& t, const Rational& r, bool met) {
  return Value(Quotient(r, t) * Rational(100), met,
               absl::StrCat(ExactText(r), " / ", ExactText(t), " x 100"));
}

// (T - (R - T)) / T x 100.
FormulaResult Negative(const Rational& t, const Rational& r, bool met) {
  return Value(
      Quotient(t - (r - t), t) * Rational(100), met,
      absl::StrReplaceAll("(T - (R - T)) / T x 100", {{"T", ExactText(t)}, {"R", ExactText(r)}}));
}

// T / R x 100.
FormulaResult Inverse(const Rational& t, const Rational& r) {
  if (r.is_zero()) return NotScored("ZERO_REALIZATION");
  // A negative quotient would stand beside a target that is met.
  if (r.is_negative()) return NotScored("NEGATIVE_REALIZATION");
  return Value(Quotient(t, r) * Rational(100), r <= t,
               absl::StrCat(ExactText(t), " / ", ExactText(r), " x 100"));
}

FormulaResult Range(const FormulaInput& input) {
  const Rational& lower = input.target;
  const Rational& upper = *input.target_upper;
  const Rational& r = input.realization;
  const bool lower_is_better = input.formula == Formula::kRangeNegative;
  const bool met = lower_is_better ? r <= upper : r >= lower;
  if (lower <= r && r <= upper) {
    return Value(Rational(100), met,
                 absl::StrCat(ExactText(r), " in ", ExactText(lower), "..", ExactText(upper)));
  }
  const Rational& bound = r < lower ? lower : upper;
  if (bound.is_zero()) return NotScored("NEGATIVE_REALIZATION");
  return lower_is_better ? Negative(bound, r, met) : Positive(bound, r, met);
}

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

}  // namespace sakip::scoring
