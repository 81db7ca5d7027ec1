#include "common/exact/rational.h"

#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
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

// The value times 10^digits, brought to an integer.
mpz_class ScaledLarge(const mpq_class& value, int digits, RoundingMode mode) {
  mpz_class numerator = value.get_num() * PowerOfTen(digits);
  mpz_class quotient;
  switch (mode) {
    case RoundingMode::kTowardZero:
      return numerator / value.get_den();
    case RoundingMode::kDown:
      mpz_fdiv_q(quotient.get_mpz_t(), numerator.get_mpz_t(), value.get_den_mpz_t());
      return quotient;
    case RoundingMode::kHalfUp:
      break;
  }
  const mpz_class magnitude = (2 * abs(numerator) + value.get_den()) / (2 * value.get_den());
  return sgn(value) < 0 ? mpz_class(-magnitude) : magnitude;
}

// The digits of an integer with a point before the last `digits` of them. Zero has no sign, so that
// no `-0.00` can come out.
std::string WithPoint(std::string text, int digits) {
  const size_t first = text.front() == '-' ? 1 : 0;
  const auto fraction = static_cast<size_t>(digits);
  const size_t length = text.size() - first;
  if (length <= fraction) text.insert(first, fraction + 1 - length, '0');
  if (fraction > 0) text.insert(text.size() - fraction, 1, '.');
  return text;
}

mpz_class ToInteger(absl::int128 value) {
  constexpr int64_t kHalf = int64_t{1} << 62;
  const mpz_class high(static_cast<long>(value / kHalf)), low(static_cast<long>(value % kHalf));
  return high * mpz_class(kHalf) + low;
}

mpq_class ToQuotient(const mpz_class& numerator, const mpz_class& denominator) {
  mpq_class value(numerator, denominator);
  value.canonicalize();
  return value;
}

bool FitsSmall(const mpz_class& value) {
  return value.fits_slong_p() && value != std::numeric_limits<int64_t>::min();
}

}  // namespace

Rational::Rational(int64_t value) {
  if (value == std::numeric_limits<int64_t>::min()) {
    large_ = std::make_shared<const mpq_class>(static_cast<long>(value));
  } else {
    small_.numerator = value;
  }
}

Rational::Rational(const Decimal& value) {
  const int64_t one = SmallPowerOfTen(Decimal::kFractionDigitsMax);
  if (const auto small = Reduced(value.billionths(), one); small.has_value()) {
    small_ = *small;
  } else {
    large_ = std::make_shared<const mpq_class>(
        ToQuotient(ToInteger(value.billionths()), mpz_class(static_cast<long>(one))));
  }
}

Rational::Rational(mpq_class value) {
  if (FitsSmall(value.get_num()) && FitsSmall(value.get_den())) {
    small_ = {value.get_num().get_si(), value.get_den().get_si()};
  } else {
    large_ = std::make_shared<const mpq_class>(std::move(value));
  }
}

mpq_class Rational::ToLarge() const {
  if (large_ != nullptr) return *large_;
  return mpq_class(static_cast<long>(small_.numerator), static_cast<long>(small_.denominator));
}

Rational operator+(const Rational& a, const Rational& b) {
  if (a.large_ == nullptr && b.large_ == nullptr) {
    if (const auto sum = Sum(a.small_, b.small_); sum.has_value()) return Rational(*sum);
  }
  return Rational(mpq_class(a.ToLarge() + b.ToLarge()));
}

Rational operator-(const Rational& a, const Rational& b) {
  if (a.large_ == nullptr && b.large_ == nullptr) {
    if (const auto sum = Sum(a.small_, Negated(b.small_)); sum.has_value()) return Rational(*sum);
  }
  return Rational(mpq_class(a.ToLarge() - b.ToLarge()));
}

Rational operator*(const Rational& a, const Rational& b) {
  if (a.large_ == nullptr && b.large_ == nullptr) {
    if (const auto product = Product(a.small_, b.small_); product.has_value()) {
      return Rational(*product);
    }
  }
  return Rational(mpq_class(a.ToLarge() * b.ToLarge()));
}

absl::StatusOr<Rational> Divide(const Rational& dividend, const Rational& divisor) {
  if (divisor.is_zero()) return absl::InvalidArgumentError("the divisor is zero");
  if (divisor.large_ == nullptr) return dividend * Rational(Inverted(divisor.small_));
  return Rational(mpq_class(dividend.ToLarge() / *divisor.large_));
}

bool operator==(const Rational& a, const Rational& b) {
  if (a.large_ == nullptr || b.large_ == nullptr) {
    return a.large_ == b.large_ && a.small_ == b.small_;
  }
  return *a.large_ == *b.large_;
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  if (a.large_ == nullptr && b.large_ == nullptr) return Compare(a.small_, b.small_);
  return cmp(a.ToLarge(), b.ToLarge()) <=> 0;
}

bool Rational::EndsWithin(int digits) const {
  if (large_ == nullptr && digits <= SmallQuotient::kDigitsMax) {
    return exact::EndsWithin(small_, digits);
  }
  return PowerOfTen(digits) % ToLarge().get_den() == 0;
}

std::string Rational::ToFraction() const {
  if (large_ != nullptr) return large_->get_str();
  if (small_.denominator == 1) return absl::StrCat(small_.numerator);
  return absl::StrCat(small_.numerator, "/", small_.denominator);
}

std::string Rational::ScaledText(int digits, RoundingMode mode) const {
  if (large_ == nullptr && digits <= SmallQuotient::kDigitsMax) {
    return ToText(Scaled(small_, digits, mode));
  }
  return ScaledLarge(ToLarge(), digits, mode).get_str();
}

Rational Rational::ScaledValue(int digits, RoundingMode mode) const {
  if (large_ == nullptr && digits <= SmallQuotient::kDigitsMax) {
    const auto value = Reduced(Scaled(small_, digits, mode), SmallPowerOfTen(digits));
    if (value.has_value()) return Rational(*value);
  }
  return Rational(ToQuotient(ScaledLarge(ToLarge(), digits, mode), PowerOfTen(digits)));
}

std::string Rational::Truncated(int digits) const {
  if (large_ == nullptr && small_.denominator == 1) {
    SAKIP_CHECK(digits >= 0 && digits <= kDigitsMax);
    return absl::StrCat(small_.numerator);
  }
  std::string text = WithPoint(ScaledText(digits, RoundingMode::kTowardZero), digits);
  if (digits == 0) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string Rational::Rounded(int digits) const {
  return WithPoint(ScaledText(digits, RoundingMode::kHalfUp), digits);
}

std::string Rational::Floored(int digits) const {
  return WithPoint(ScaledText(digits, RoundingMode::kDown), digits);
}

Rational Rational::RoundedValue(int digits) const {
  return ScaledValue(digits, RoundingMode::kHalfUp);
}

Rational Rational::FlooredValue(int digits) const {
  return ScaledValue(digits, RoundingMode::kDown);
}

std::string ExactText(const Rational& value) {
  constexpr int kEndingDigits = 18;
  return value.EndsWithin(kEndingDigits) ? value.Truncated(kEndingDigits) : value.ToFraction();
}

}  // namespace sakip::exact
