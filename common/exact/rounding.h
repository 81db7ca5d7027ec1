// Honest rounding: a printed figure never tells a kinder story than the exact one.
//
// Rounded half up to the policy's digits, 89.996 would read 90.00 and be taken for an AA, and
// 99.996 % of a missed target would read 100.00. Here digits are added until the figure tells the
// truth: 89.996 and 99.996. Only for print; ratings and means use the exact value.
// Pure functions over values. Source: design section 4 rule 4.
#ifndef SAKIP_COMMON_EXACT_ROUNDING_H_
#define SAKIP_COMMON_EXACT_ROUNDING_H_

#include <string>

#include "absl/types/span.h"
#include "common/exact/rational.h"

namespace sakip::exact {

// The most digits after the point that honest rounding goes to.
constexpr int kHonestDigitsMax = 20;

// The lower end of a rating's band. A better rating lies above it.
struct Boundary {
  Rational value;
  bool closed = true;  // The band includes the bound itself: `AA [90`.
};

// How a figure would have told a kinder story than the exact one.
enum class KinderStory {
  kNone,
  kHidesMiss,    // It would read 100 or more although the target was missed.
  kReachesBand,  // It would reach a boundary that its band includes.
  kExceedsBand   // It would exceed a boundary that its band does not include.
};

// A figure to print and how it came about; stands in the derivation of the figure.
struct Rounding {
  std::string text;       // Plain decimal text with `digits` digits after the point.
  int digits = 0;         // policy_digits..kHonestDigitsMax
  int policy_digits = 0;  // What the policy asks for.
  bool extended = false;  // More digits than the policy asks for, or cut off.
  // What the policy's digits would have done; kNone and empty unless extended.
  KinderStory avoided = KinderStory::kNone;
  std::string read_as;   // What the figure would have read.
  std::string boundary;  // Of kReachesBand and kExceedsBand: the bound, at most 20 digits of it.
  bool cut_off = false;  // No number of digits tells the truth; the next one below does.
};

// Rounds `exact` half up to `digits` digits after the point, or to the fewest more at which
//   - it enters no band above a boundary that the exact value is not in, and
//   - it does not show 100 or more where the target was `missed` and the exact value is below 100.
// Where kHonestDigitsMax digits do not suffice, takes the next value of that many digits at or
// below the exact one. Below and not toward zero, because of negative values: -10^-30 cut off
// toward zero would read 0 and enter the band that begins there.
// Rounding to a worse story (90.004 to 90.00 above an excluded 90) stays as it is.
// Requires 0 <= digits <= kHonestDigitsMax.
Rounding RoundHonestly(const Rational& exact, int digits, absl::Span<const Boundary> boundaries,
                       bool missed);

}  // namespace sakip::exact

#endif  // SAKIP_COMMON_EXACT_ROUNDING_H_
