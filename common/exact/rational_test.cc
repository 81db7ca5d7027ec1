#include "common/exact/rational.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <type_traits>

#include "absl/status/status.h"

namespace sakip::exact {
namespace {

Rational R(absl::string_view decimal_text) {
  const auto value = Decimal::Parse(decimal_text);
  EXPECT_TRUE(value.ok()) << decimal_text << ": " << value.status();
  return Rational(value.value_or(Decimal()));
}

Rational Quotient(const Rational& dividend, const Rational& divisor) {
  const auto value = Divide(dividend, divisor);
  EXPECT_TRUE(value.ok()) << value.status();
  return value.value_or(Rational());
}

Rational Quotient(int64_t dividend, int64_t divisor) {
  return Quotient(Rational(dividend), Rational(divisor));
}

TEST(Rational, IsZeroByDefault) {
  EXPECT_TRUE(Rational().is_zero());
  EXPECT_EQ(Rational().ToFraction(), "0");
}

TEST(Rational, TakesEveryIntegerOf64Bits) {
  EXPECT_EQ(Rational(std::numeric_limits<int64_t>::max()).ToFraction(), "9223372036854775807");
  EXPECT_EQ(Rational(std::numeric_limits<int64_t>::min()).ToFraction(), "-9223372036854775808");
}

TEST(Rational, TakesEveryDecimal) {
  EXPECT_EQ(R("90.2").ToFraction(), "451/5");
  EXPECT_EQ(R("-0.5").ToFraction(), "-1/2");
  EXPECT_EQ(R("-3.000000001").ToFraction(), "-3000000001/1000000000");
  EXPECT_EQ(R("999999999999999999.999999999").ToFraction(),
            "999999999999999999999999999/1000000000");
  EXPECT_EQ(R("-999999999999999999.999999999").ToFraction(),
            "-999999999999999999999999999/1000000000");
}

TEST(Rational, TakesNoFloatingPointAndNothingImplicitly) {
  static_assert(!std::is_constructible_v<Rational, double>);
  static_assert(!std::is_constructible_v<Rational, float>);
  static_assert(!std::is_convertible_v<int64_t, Rational>);
  static_assert(!std::is_convertible_v<Decimal, Rational>);
}

TEST(Rational, WritesFractionsInLowestTerms) {
  const Rational achievement = Quotient(R("90"), R("90.2")) * Rational(100);
  EXPECT_EQ(achievement.ToFraction(), "45000/451");
  EXPECT_EQ(Quotient(45100, 451).ToFraction(), "100");
  EXPECT_EQ(Quotient(1, -3).ToFraction(), "-1/3");
  EXPECT_EQ(Quotient(-2, -6).ToFraction(), "1/3");
}

TEST(Rational, CalculatesExactly) {
  const Rational third = Quotient(1, 3);
  EXPECT_EQ(third + third + third, Rational(1));
  EXPECT_EQ(R("0.1") + R("0.2"), R("0.3"));
  EXPECT_EQ((third - Quotient(1, 2)).ToFraction(), "-1/6");
  EXPECT_EQ(third * Rational(3), Rational(1));
  EXPECT_EQ(Quotient(third, third), Rational(1));
}

TEST(Rational, RefusesADivisorOfZero) {
  const auto quotient = Divide(Rational(1), Rational(0));
  EXPECT_EQ(quotient.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(quotient.status().message(), "the divisor is zero");
  EXPECT_FALSE(Divide(Rational(0), Rational(0)).ok());
}

TEST(Rational, ComparesByValue) {
  EXPECT_EQ(Quotient(2, 4), R("0.5"));
  EXPECT_LT(Quotient(1, 3), Quotient(333334, 1000000));
  EXPECT_GT(Quotient(1, 3), Quotient(333333, 1000000));
  EXPECT_LT(Rational(-1), Rational(0));
  EXPECT_LE(Rational(90), R("90.0"));
  EXPECT_TRUE(Rational(-1).is_negative());
  EXPECT_FALSE(Rational(0).is_negative());
}

// 128 bits hold no common denominator of these; the mean of the first n odd denominators' 1/d must
// still be told from a neighbour.
TEST(Rational, ComparesAMeanOfManyExactlyWithABoundary) {
  Rational sum;
  Rational mirrored;
  constexpr int kIndicators = 101;
  for (int i = 0; i < kIndicators; ++i) {
    sum = sum + Rational(90) + Quotient(1, 1'000'003 + 2 * i);
    mirrored = mirrored + Rational(90) - Quotient(1, 1'000'003 + 2 * i);
  }
  const Rational mean_of_both = Quotient(sum + mirrored, Rational(2 * kIndicators));
  EXPECT_EQ(mean_of_both, Rational(90));
  EXPECT_GT(Quotient(sum, Rational(kIndicators)), Rational(90));
  EXPECT_LT(Quotient(mirrored, Rational(kIndicators)), Rational(90));
}

TEST(Rational, RoundsAHalfAwayFromZero) {
  EXPECT_EQ(R("0.005").Rounded(2), "0.01");
  EXPECT_EQ(R("0.004999999").Rounded(2), "0.00");
  EXPECT_EQ(R("-0.005").Rounded(2), "-0.01");
  EXPECT_EQ(R("2.5").Rounded(0), "3");
  EXPECT_EQ(R("3.5").Rounded(0), "4");
  EXPECT_EQ(R("-2.5").Rounded(0), "-3");
  EXPECT_EQ(R("2.499999999").Rounded(0), "2");
  EXPECT_EQ(R("89.995").Rounded(2), "90.00");
  EXPECT_EQ(R("99.999").Rounded(2), "100.00");
}

TEST(Rational, RoundsToExactlyTheDigitsAskedFor) {
  EXPECT_EQ(Rational(90).Rounded(2), "90.00");
  EXPECT_EQ(Rational(0).Rounded(2), "0.00");
  EXPECT_EQ(Rational(0).Rounded(0), "0");
  EXPECT_EQ(R("0.07").Rounded(2), "0.07");
  EXPECT_EQ(R("-0.07").Rounded(1), "-0.1");
  EXPECT_EQ(Quotient(2, 3).Rounded(5), "0.66667");
  EXPECT_EQ((Quotient(R("90"), R("90.2")) * Rational(100)).Rounded(2), "99.78");
}

TEST(Rational, NeverWritesMinusZero) {
  EXPECT_EQ(R("-0.004").Rounded(2), "0.00");
  EXPECT_EQ(R("-0.4").Rounded(0), "0");
  EXPECT_EQ(R("-0.004").Truncated(2), "0");
  EXPECT_EQ(R("-0.4").Truncated(0), "0");
}

TEST(Rational, CutsOffTowardZeroWithoutTrailingZeros) {
  EXPECT_EQ(Quotient(2, 3).Truncated(2), "0.66");
  EXPECT_EQ(Quotient(-2, 3).Truncated(2), "-0.66");
  EXPECT_EQ(R("90.200").Truncated(9), "90.2");
  EXPECT_EQ(R("90.009").Truncated(2), "90");
  EXPECT_EQ(Rational(100).Truncated(2), "100");
  EXPECT_EQ(Rational(100).Truncated(0), "100");
  EXPECT_EQ(R("99.9").Truncated(0), "99");
}

TEST(Rational, TakesTheNextValueBelowForNegativesToo) {
  EXPECT_EQ(R("0.019").Floored(2), "0.01");
  EXPECT_EQ(R("-0.001").Floored(2), "-0.01");
  EXPECT_EQ(R("-0.01").Floored(2), "-0.01");
  EXPECT_EQ(R("0.001").Floored(2), "0.00");
}

TEST(Rational, GivesTheValuesThatItWrites) {
  EXPECT_EQ(R("89.995").RoundedValue(2), Rational(90));
  EXPECT_EQ(R("-0.125").RoundedValue(2), R("-0.13"));
  EXPECT_EQ(R("-0.121").FlooredValue(2), R("-0.13"));
  EXPECT_EQ(R("0.129").FlooredValue(2), R("0.12"));
}

TEST(Rational, WritesUpToTheMostDigits) {
  EXPECT_EQ(Quotient(1, 3).Rounded(Rational::kDigitsMax), "0." + std::string(100, '3'));
}

// An integer of up to 64 bits, often at the edge of a number of bits.
int64_t AnyInteger(std::mt19937_64& random) {
  const uint64_t magnitude = (~uint64_t{0} >> 1) >> random() % 63;
  const uint64_t value = random() % 4 == 0 ? magnitude - random() % 2 : random() & magnitude;
  return random() % 2 == 0 ? static_cast<int64_t>(value) : -static_cast<int64_t>(value);
}

// A quotient beside the same one of GMP.
struct Pair {
  Rational ours;
  mpq_class theirs;
};

Pair AnyPair(std::mt19937_64& random) {
  const int64_t dividend = AnyInteger(random);
  int64_t divisor = 0;
  while (divisor == 0) divisor = AnyInteger(random);
  return {Quotient(dividend, divisor), mpq_class(mpz_class(dividend)) / mpz_class(divisor)};
}

TEST(Rational, CalculatesAsGmpDoesWhereverResultsAreKept) {
  constexpr int kCount = 20'000;
  std::mt19937_64 random(5386);
  for (int i = 0; i < kCount; ++i) {
    const Pair a = AnyPair(random), b = AnyPair(random);
    const auto expect_same = [&](const Rational& ours, const mpq_class& theirs) {
      ASSERT_EQ(ours.ToFraction(), theirs.get_str()) << a.theirs << " and " << b.theirs;
    };
    expect_same(a.ours, a.theirs);
    expect_same(a.ours + b.ours, a.theirs + b.theirs);
    expect_same(a.ours - b.ours, a.theirs - b.theirs);
    expect_same(a.ours * b.ours, a.theirs * b.theirs);
    if (!b.ours.is_zero()) expect_same(Quotient(a.ours, b.ours), a.theirs / b.theirs);
    EXPECT_EQ((a.ours <=> b.ours) < 0, a.theirs < b.theirs);
    EXPECT_EQ(a.ours == b.ours, a.theirs == b.theirs);
    EXPECT_EQ((a.ours + b.ours) - b.ours, a.ours);
    EXPECT_EQ(a.ours.is_negative(), a.theirs < 0);
  }
}

TEST(Rational, RoundsTheSameWhereverItIsKept) {
  constexpr int kCount = 2'000;
  std::mt19937_64 random(5387);
  const Rational far = R("999999999999999999") * R("999999999999999999");  // No 64 bits hold it.
  for (int i = 0; i < kCount; ++i) {
    const Rational value = AnyPair(random).ours;
    const Rational positive = value.is_negative() ? Rational(0) - value : value;
    for (const int digits : {0, 2, 12, 18, 19}) {
      ASSERT_EQ((value + far).FlooredValue(digits) - far, value.FlooredValue(digits));
      ASSERT_EQ((positive + far).RoundedValue(digits) - far, positive.RoundedValue(digits));
      ASSERT_EQ((value + far).EndsWithin(digits), value.EndsWithin(digits));
      ASSERT_EQ(value.Floored(digits) == value.Rounded(digits),
                value.FlooredValue(digits) == value.RoundedValue(digits));
    }
  }
}

TEST(Rational, IsMovedWithoutCopying) {
  // A vector copies what may throw when it is moved.
  static_assert(std::is_nothrow_move_constructible_v<Rational>);
}

TEST(RationalDeathTest, EndsOnDigitsThatNobodyMayAskFor) {
  EXPECT_DEATH(Rational(1).Rounded(-1), "");
  EXPECT_DEATH(Rational(1).Truncated(Rational::kDigitsMax + 1), "");
}

TEST(ExactText, IsDecimalWhereItEndsAndAFractionElsewhere) {
  EXPECT_EQ(ExactText(R("90.20")), "90.2");
  EXPECT_EQ(ExactText(Quotient(1, 8)), "0.125");
  EXPECT_EQ(ExactText(Quotient(1, 3)), "1/3");
  EXPECT_EQ(ExactText(Quotient(-5, 3)), "-5/3");
  EXPECT_EQ(ExactText(R("0")), "0");
}

}  // namespace
}  // namespace sakip::exact
