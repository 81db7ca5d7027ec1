// Compare says how a printed number relates to the exact one: right, cut off, rounded in some other
// way, or neither.
//
// The printed decimals decide: `97.87` is compared with the exact value at two. Pure.
// Source: design section 4 rules 4 and 12.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPARISON_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPARISON_H_

#include <optional>
#include <string>

#include "absl/types/span.h"
#include "common/exact/rational.h"
#include "common/exact/rounding.h"

namespace sakip::scoring::review {

enum class Fit {
  kRight,             // Rounded half up.
  kHidesMiss,         // Rounded to a kinder story: a target met, or a better rating.
  kTruncated,         // Cut off.
  kRoundedOtherwise,  // To the even digit, up, to fewer digits, twice, or from rounded figures.
  kNone,
};

struct Comparison {
  Fit fit = Fit::kNone;
  std::string why;  // Of kHidesMiss and kRoundedOtherwise: a clause in English.
};

struct Expected {
  exact::Rational value;
  // What it would be, had it been computed from figures as printed instead of exact ones.
  std::optional<exact::Rational> from_printed{};
  // The lower ends of the ratings that it may have; none: it is not rated.
  absl::Span<const exact::Boundary> boundaries{};
  bool missed = false;  // The target was missed, which rounding must not hide.
};

// Compares the number `printed` with `digits` decimals. Of several ways that lead to the printed
// number the first of Fit counts, but that a half rounded to the even digit is kRoundedOtherwise
// where it is cut off too. Requires 0 <= digits <= exact::kHonestDigitsMax.
Comparison Compare(const exact::Rational& printed, int digits, const Expected& expected);

// `value` cut off toward zero after `digits` decimals.
exact::Rational TruncatedValue(const exact::Rational& value, int digits);

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_COMPARISON_H_
