#include "services/scoring/domain/review/comparison.h"

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/figure.h"

namespace sakip::scoring::review {
namespace {

using exact::Rational;

constexpr int64_t kTargetMetPercent = 100;
// How many digits more a number is first rounded to where it is rounded twice.
constexpr int kTwiceDigitsMax = 2;

Rational Half(const Rational& value) { return value * *Divide(Rational(1), Rational(2)); }

// The nearest number of `digits` decimals; of two the one whose last digit is even.
Rational HalfToEven(const Rational& value, int digits) {
  const Rational below = value.FlooredValue(digits);
  const Rational above = Rational(0) - (Rational(0) - value).FlooredValue(digits);
  if (value - below != above - value) return value.RoundedValue(digits);
  Rational last = below;
  for (int i = 0; i < digits; ++i) last = last * Rational(10);
  const Rational half = Half(last);
  return half == half.FlooredValue(0) ? below : above;
}

// Away from zero.
Rational RoundedUp(const Rational& value, int digits) {
  const Rational zero(0);
  return value.is_negative() ? value.FlooredValue(digits)
                             : zero - (zero - value).FlooredValue(digits);
}

// How `printed` came about by rounding otherwise than half up; empty where it did not.
std::string OtherRounding(const Rational& printed, int digits, const Expected& expected) {
  const Rational& value = expected.value;
  for (int fewer = digits - 1; fewer >= 0; --fewer) {
    if (value.RoundedValue(fewer) == printed) {
      return absl::StrCat("rounded to ", fewer, " of the ", digits, " printed decimals");
    }
  }
  for (int first = digits + 1; first <= digits + kTwiceDigitsMax; ++first) {
    if (value.RoundedValue(first).RoundedValue(digits) == printed) {
      return absl::StrCat("rounded twice, first to ", first, " decimals");
    }
  }
  if (expected.from_printed.has_value() && expected.from_printed->RoundedValue(digits) == printed) {
    return "computed from figures that were rounded before";
  }
  return RoundedUp(value, digits) == printed ? "rounded up" : "";
}

// Why `printed`, above the exact value, tells a kinder story; empty where it does not.
std::string Hides(const Rational& printed, const Expected& expected) {
  const Rational& value = expected.value;
  const Rational met(kTargetMetPercent);
  if (expected.missed && value < met && printed >= met) return "shows a missed target as met";
  const auto enters = [](const Rational& number, const exact::Boundary& boundary) {
    return boundary.closed ? number >= boundary.value : number > boundary.value;
  };
  for (const exact::Boundary& boundary : expected.boundaries) {
    if (enters(printed, boundary) && !enters(value, boundary)) {
      return absl::StrCat("reaches the band from ", ExactText(boundary.value));
    }
  }
  return "";
}

Comparison RoundedOtherwise(const Rational& printed, const Expected& expected,
                            const std::string& how) {
  const std::string hides = Hides(printed, expected);
  if (hides.empty()) return {Fit::kRoundedOtherwise, how};
  return {Fit::kHidesMiss, absl::StrCat(how, ", which ", hides)};
}

}  // namespace

Rational TruncatedValue(const Rational& value, int digits) {
  const Rational zero(0);
  return value.is_negative() ? zero - (zero - value).FlooredValue(digits)
                             : value.FlooredValue(digits);
}

Comparison Compare(const Rational& printed, int digits, const Expected& expected) {
  const Rational& value = expected.value;
  if (value.RoundedValue(digits) == printed) {
    const exact::Rounding honest =
        exact::RoundHonestly(value, digits, expected.boundaries, expected.missed);
    if (honest.extended) return {Fit::kHidesMiss, TextOf(NoteOf(honest), Language::kEnglish)};
    return {Fit::kRight, ""};
  }
  if (HalfToEven(value, digits) == printed) {
    return RoundedOtherwise(printed, expected, "a half was rounded to the even digit");
  }
  if (TruncatedValue(value, digits) == printed) return {Fit::kTruncated, ""};
  const std::string why = OtherRounding(printed, digits, expected);
  if (why.empty()) return {};
  return RoundedOtherwise(printed, expected, why);
}

}  // namespace sakip::scoring::review
