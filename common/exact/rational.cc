#include "common/exact/rational.h"

#include "absl/status/status.h"
#include "common/base/log.h"

namespace sakip::exact {
namespace {

// GMP's constructors take long.
static_assert(sizeof(long) == sizeof(int64_t));

mpz_class PowerOfTen(int digits) {
  SAKIP_CHECK(digits >= 0 && digits <= Rational::kDigitsMax);
  mpz_class power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, static_cast<unsigned long>(digits));
  return power;
}

// The value times 10^digits, brought to an integer in one of three ways.

mpz_class ScaledTowardZero(const mpq_class& value, int digits) {
  return value.get_num() * PowerOfTen(digits) / value.get_den();
}

mpz_class ScaledDown(const mpq_class& value, int digits) {
  const mpz_class numerator = value.get_num() * PowerOfTen(digits);
  mpz_class quotient;
  mpz_fdiv_q(quotient.get_mpz_t(), numerator.get_mpz_t(), value.get_den_mpz_t());
  return quotient;
}

mpz_class ScaledHalfUp(const mpq_class& value, int digits) {
  const mpz_class numerator = abs(value.get_num()) * PowerOfTen(digits);
  const mpz_class magnitude = (2 * numerator + value.get_den()) / (2 * value.get_den());
  return sgn(value) < 0 ? mpz_class(-magnitude) : magnitude;
}

mpq_class Unscaled(const mpz_class& scaled, int digits) {
  mpq_class value(scaled, PowerOfTen(digits));
  value.canonicalize();
  return value;
}

// `scaled` / 10^digits with exactly `digits` digits after the point. Zero has no sign in an
// mpz_class, so that no `-0.00` can come out.
std::string Text(const mpz_class& scaled, int digits) {
  std::string text = mpz_class(abs(scaled)).get_str();
  const size_t fraction = static_cast<size_t>(digits);
  if (text.size() <= fraction) text.insert(0, fraction + 1 - text.size(), '0');
  if (fraction > 0) text.insert(text.size() - fraction, 1, '.');
  if (sgn(scaled) < 0) text.insert(0, 1, '-');
  return text;
}

mpq_class FromBillionths(absl::int128 billionths) {
  // Both halves fit 64 bits: a Decimal has at most 18 digits before the point and 9 after it.
  constexpr int64_t kOne = 1'000'000'000;
  const mpz_class integer(static_cast<long>(billionths / kOne));
  const mpz_class fraction(static_cast<long>(billionths % kOne));
  return Unscaled(integer * kOne + fraction, Decimal::kFractionDigitsMax);
}

}  // namespace

Rational::Rational(int64_t value) : value_(static_cast<long>(value)) {}

Rational::Rational(const Decimal& value) : value_(FromBillionths(value.billionths())) {}

absl::StatusOr<Rational> Divide(const Rational& dividend, const Rational& divisor) {
  if (divisor.is_zero()) return absl::InvalidArgumentError("the divisor is zero");
  return Rational(mpq_class(dividend.value_ / divisor.value_));
}

std::string Rational::ToFraction() const { return value_.get_str(); }

std::string Rational::Truncated(int digits) const {
  std::string text = Text(ScaledTowardZero(value_, digits), digits);
  if (digits == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string Rational::Rounded(int digits) const {
  return Text(ScaledHalfUp(value_, digits), digits);
}

std::string Rational::Floored(int digits) const { return Text(ScaledDown(value_, digits), digits); }

Rational Rational::RoundedValue(int digits) const {
  return Rational(Unscaled(ScaledHalfUp(value_, digits), digits));
}

Rational Rational::FlooredValue(int digits) const {
  return Rational(Unscaled(ScaledDown(value_, digits), digits));
}

std::string ExactText(const Rational& value) {
  constexpr int kEndingDigits = 18;
  std::string text = value.Truncated(kEndingDigits);
  return value == value.RoundedValue(kEndingDigits) ? text : value.ToFraction();
}

}  // namespace sakip::exact
