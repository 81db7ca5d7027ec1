// Rational is an exact quotient of two integers of any size: what achievements, their means and
// rating boundaries are compared as.
//
// Why not 128 bits: the mean of n achievements has the product of n denominators below it, and it
// must compare exactly with a boundary; a rounded mean would give 89.996 an AA.
// Grows with each operation by the digits of its operands: whoever folds a list bounds the list.
// What fits 64 bits, which nearly everything does, is kept and calculated without taking memory.
// Percent or count: the caller knows. A value type: thread-safe as an int is.
// Source: design section 4, rules 4 and 6.
#ifndef SAKIP_COMMON_EXACT_RATIONAL_H_
#define SAKIP_COMMON_EXACT_RATIONAL_H_

#include <gmpxx.h>

#include <compare>
#include <concepts>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/exact/decimal.h"
#include "common/exact/small_quotient.h"

namespace sakip::exact {

class Rational {
 public:
  // The most digits after the point that a text may be asked for.
  static constexpr int kDigitsMax = 100;

  // Zero.
  Rational() = default;
  explicit Rational(int64_t value);
  explicit Rational(const Decimal& value);
  template <std::floating_point T>
  explicit Rational(T) = delete;

  bool is_zero() const { return large_ == nullptr && small_.numerator == 0; }
  bool is_negative() const { return large_ == nullptr ? small_.numerator < 0 : sgn(*large_) < 0; }

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);

  // The exact quotient.
  //
  //   INVALID_ARGUMENT  `divisor` is zero. Not OUT_OF_RANGE, which says that a result exists and is
  //                     too large: here none exists. Callers that score decide about a target of
  //                     zero before they divide; it is data, and no fault of a request.
  friend absl::StatusOr<Rational> Divide(const Rational& dividend, const Rational& divisor);

  friend bool operator==(const Rational& a, const Rational& b);
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

  // True where it has at most `digits` digits after the point.
  bool EndsWithin(int digits) const;

  // Lowest terms: `45000/451`, `-1/3`; `100` where the denominator is 1.
  std::string ToFraction() const;

  // Plain decimal text. All require 0 <= digits <= kDigitsMax, as EndsWithin does, and none ever
  // says `-0`.
  //
  // Cut off toward zero after at most `digits` digits after the point, without trailing zeros.
  std::string Truncated(int digits) const;
  // With exactly `digits` digits after the point; a half goes away from zero.
  std::string Rounded(int digits) const;
  // With exactly `digits` digits after the point, the next at or below: -0.001 to two is `-0.01`.
  std::string Floored(int digits) const;

  // The values that Rounded and Floored write.
  Rational RoundedValue(int digits) const;
  Rational FlooredValue(int digits) const;

 private:
  explicit Rational(const SmallQuotient& value) : small_(value) {}
  explicit Rational(mpq_class value);  // In lowest terms, denominator positive.

  mpq_class ToLarge() const;
  // The value times 10^digits as an integer, in decimal digits.
  std::string ScaledText(int digits, RoundingMode mode) const;
  Rational ScaledValue(int digits, RoundingMode mode) const;

  SmallQuotient small_;  // Zero where it is large.
  // Where it does not fit, never otherwise: each value has one form. Shared by copies, for nothing
  // changes it.
  std::shared_ptr<const mpq_class> large_;
};

absl::StatusOr<Rational> Divide(const Rational& dividend, const Rational& divisor);

// Text of an exact number in an expression: `90.2`, or a fraction where it does not end within 18
// digits.
std::string ExactText(const Rational& value);

}  // namespace sakip::exact

#endif  // SAKIP_COMMON_EXACT_RATIONAL_H_
