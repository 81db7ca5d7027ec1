// SmallQuotient is a quotient whose numerator and denominator fit 64 bits each: what nearly every
// figure is, and calculated without taking memory. Rational goes on where a result does not fit.
//
// Pure functions over values in lowest terms. Intermediates fit 128 bits: products of two 64-bit
// numbers do, and so does the sum of two such products.
#ifndef SAKIP_COMMON_EXACT_SMALL_QUOTIENT_H_
#define SAKIP_COMMON_EXACT_SMALL_QUOTIENT_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/numeric/int128.h"

namespace sakip::exact {

struct SmallQuotient {
  // The most digits after the point that a scaled quotient fits 128 bits with.
  static constexpr int kDigitsMax = 18;

  int64_t numerator = 0;    // Never the least of its type, which has no positive counterpart.
  int64_t denominator = 1;  // Positive.

  friend bool operator==(const SmallQuotient&, const SmallQuotient&) = default;
};

// How a quotient becomes an integer.
enum class RoundingMode { kTowardZero, kDown, kHalfUp };

// Each is absent where the result does not fit.
std::optional<SmallQuotient> Reduced(absl::int128 numerator, int64_t denominator);
std::optional<SmallQuotient> Sum(const SmallQuotient& a, const SmallQuotient& b);
std::optional<SmallQuotient> Product(const SmallQuotient& a, const SmallQuotient& b);

inline SmallQuotient Negated(const SmallQuotient& value) {
  return {-value.numerator, value.denominator};
}

// 1 / `value`, which must not be zero.
SmallQuotient Inverted(const SmallQuotient& value);

std::strong_ordering Compare(const SmallQuotient& a, const SmallQuotient& b);

// 10^digits; requires 0 <= digits <= SmallQuotient::kDigitsMax, as the next do.
int64_t SmallPowerOfTen(int digits);

// `value` times 10^digits, brought to an integer.
absl::int128 Scaled(const SmallQuotient& value, int digits, RoundingMode mode);

// True where `value` has at most `digits` digits after the point.
inline bool EndsWithin(const SmallQuotient& value, int digits) {
  return SmallPowerOfTen(digits) % value.denominator == 0;
}

// The digits of an integer; requires less than 10^37 in magnitude.
std::string ToText(absl::int128 value);

}  // namespace sakip::exact

#endif  // SAKIP_COMMON_EXACT_SMALL_QUOTIENT_H_
