#include "common/exact/small_quotient.h"

#include <array>
#include <limits>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"

namespace sakip::exact {
namespace {

constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

absl::int128 Magnitude(absl::int128 value) { return value < 0 ? -value : value; }

// Divisions of 64 bits take a fraction of the time of those of 128, and are nearly all there are.
bool FitsHalf(absl::int128 value) { return value >= -kMax && value <= kMax; }

// The greatest common divisor of `value` and a positive `divisor`. Divisors of 1, which most are,
// are the slowest for std::gcd.
int64_t CommonDivisor(int64_t value, int64_t divisor) {
  return divisor == 1 ? 1 : std::gcd(value, divisor);
}
int64_t CommonDivisor(absl::int128 value, int64_t divisor) {
  if (divisor == 1) return 1;
  if (FitsHalf(value)) return CommonDivisor(static_cast<int64_t>(value), divisor);
  return CommonDivisor(static_cast<int64_t>(Magnitude(value) % divisor), divisor);
}

absl::int128 Divided(absl::int128 value, int64_t divisor) {
  if (divisor == 1) return value;
  if (FitsHalf(value)) return static_cast<int64_t>(value) / divisor;
  return value / divisor;
}

// Of two in lowest terms.
std::optional<SmallQuotient> Fitting(absl::int128 numerator, absl::int128 denominator) {
  if (Magnitude(numerator) > kMax || denominator > kMax) return std::nullopt;
  return SmallQuotient{static_cast<int64_t>(numerator), static_cast<int64_t>(denominator)};
}

constexpr std::array<int64_t, SmallQuotient::kDigitsMax + 1> PowersOfTen() {
  std::array<int64_t, SmallQuotient::kDigitsMax + 1> powers{1};
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
constexpr auto kPowersOfTen = PowersOfTen();

}  // namespace

std::optional<SmallQuotient> Reduced(absl::int128 numerator, int64_t denominator) {
  if (FitsHalf(numerator) && static_cast<int64_t>(numerator) % denominator == 0) {
    return SmallQuotient{static_cast<int64_t>(numerator) / denominator, 1};
  }
  const int64_t divisor = CommonDivisor(numerator, denominator);
  return Fitting(Divided(numerator, divisor), denominator / divisor);
}

// Knuth, The Art of Computer Programming, 4.5.1: the common divisors are those of small numbers.
std::optional<SmallQuotient> Sum(const SmallQuotient& a, const SmallQuotient& b) {
  const int64_t common = CommonDivisor(a.denominator, b.denominator);
  const int64_t rest_of_a = a.denominator / common;
  const int64_t rest_of_b = b.denominator / common;
  const absl::int128 numerator =
      absl::int128(a.numerator) * rest_of_b + absl::int128(b.numerator) * rest_of_a;
  const int64_t divisor = CommonDivisor(numerator, common);
  return Fitting(Divided(numerator, divisor), absl::int128(rest_of_a) * (b.denominator / divisor));
}

std::optional<SmallQuotient> Product(const SmallQuotient& a, const SmallQuotient& b) {
  const int64_t across = CommonDivisor(a.numerator, b.denominator);
  const int64_t back = CommonDivisor(b.numerator, a.denominator);
  return Fitting(absl::int128(a.numerator / across) * (b.numerator / back),
                 absl::int128(a.denominator / back) * (b.denominator / across));
}

SmallQuotient Inverted(const SmallQuotient& value) {
  return value.numerator < 0 ? SmallQuotient{-value.denominator, -value.numerator}
                             : SmallQuotient{value.denominator, value.numerator};
}

std::strong_ordering Compare(const SmallQuotient& a, const SmallQuotient& b) {
  const absl::int128 left = absl::int128(a.numerator) * b.denominator;
  const absl::int128 right = absl::int128(b.numerator) * a.denominator;
  return left < right   ? std::strong_ordering::less
         : left > right ? std::strong_ordering::greater
                        : std::strong_ordering::equal;
}

int64_t SmallPowerOfTen(int digits) {
  SAKIP_CHECK(digits >= 0 && digits <= SmallQuotient::kDigitsMax);
  return kPowersOfTen[static_cast<size_t>(digits)];
}

absl::int128 Scaled(const SmallQuotient& value, int digits, RoundingMode mode) {
  const absl::int128 numerator = absl::int128(value.numerator) * SmallPowerOfTen(digits);
  const absl::int128 quotient = numerator / value.denominator;
  const absl::int128 rest = numerator % value.denominator;  // With the sign of the value.
  if (rest == 0 || mode == RoundingMode::kTowardZero) return quotient;
  const int away = value.numerator < 0 ? -1 : 1;
  if (mode == RoundingMode::kDown) return away < 0 ? quotient - 1 : quotient;
  return Magnitude(rest) * 2 >= value.denominator ? quotient + away : quotient;
}

std::string ToText(absl::int128 value) {
  constexpr int64_t kHalf = kPowersOfTen.back();
  const absl::int128 magnitude = Magnitude(value);
  const auto high = static_cast<uint64_t>(magnitude / kHalf);
  const auto low = static_cast<uint64_t>(magnitude % kHalf);
  const char* sign = value < 0 ? "-" : "";
  if (high == 0) return absl::StrCat(sign, low);
  return absl::StrCat(sign, high, absl::Dec(low, absl::kZeroPad18));
}

}  // namespace sakip::exact
