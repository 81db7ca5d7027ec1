#include "common/exact/decimal.h"

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace sakip::exact {
namespace {

// The largest value there is; its neighbour above does not exist.
constexpr char kLargest[] = "999999999999999999.999999999";
constexpr char kStep[] = "0.000000001";

Decimal D(absl::string_view text) {
  const auto value = Decimal::Parse(text);
  EXPECT_TRUE(value.ok()) << text << ": " << value.status();
  return value.value_or(Decimal());
}

std::string ParseError(absl::string_view text) {
  const auto value = Decimal::Parse(text);
  EXPECT_EQ(value.status().code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(value.status().message());
}

std::string MoneyError(absl::string_view text) {
  const auto value = Decimal::ParseMoney(text);
  EXPECT_EQ(value.status().code(), absl::StatusCode::kInvalidArgument) << text;
  return std::string(value.status().message());
}

TEST(Decimal, IsZeroByDefault) {
  EXPECT_EQ(Decimal().ToString(), "0");
  EXPECT_TRUE(Decimal().is_zero());
  EXPECT_EQ(Decimal(), D("0"));
}

TEST(Decimal, WritesTheShortestTextOfAValue) {
  EXPECT_EQ(D("90.2").ToString(), "90.2");
  EXPECT_EQ(D("90.200000000").ToString(), "90.2");
  EXPECT_EQ(D("100.000").ToString(), "100");
  EXPECT_EQ(D("-3.50").ToString(), "-3.5");
  EXPECT_EQ(D("-0.000000001").ToString(), "-0.000000001");
  EXPECT_EQ(D("0.05").ToString(), "0.05");
  EXPECT_EQ(D("60979145376").ToString(), "60979145376");
}

TEST(Decimal, ReadsLeadingZeros) {
  EXPECT_EQ(D("007").ToString(), "7");
  EXPECT_EQ(D("-000.5").ToString(), "-0.5");
}

TEST(Decimal, ReadsMinusZeroAsZero) {
  for (const char* text : {"-0", "-0.0", "-000.000000000"}) {
    EXPECT_EQ(D(text), Decimal()) << text;
    EXPECT_EQ(D(text).ToString(), "0") << text;
    EXPECT_FALSE(D(text).is_negative()) << text;
  }
}

TEST(Decimal, TakesEighteenDigitsBeforeThePointAndNoMore) {
  EXPECT_EQ(D("999999999999999999").ToString(), "999999999999999999");
  EXPECT_EQ(D("-999999999999999999").ToString(), "-999999999999999999");
  EXPECT_EQ(ParseError("1000000000000000000"),
            "has more than 18 digits before the point; write at most 18");
  EXPECT_EQ(ParseError("0000000000000000001"),
            "has more than 18 digits before the point; write at most 18");
}

TEST(Decimal, TakesNineDigitsAfterThePointAndNoMore) {
  EXPECT_EQ(D("0.123456789").ToString(), "0.123456789");
  EXPECT_EQ(ParseError("0.1234567890"),
            "has more than 9 digits after the point; write at most 9, and thousands without a "
            "separator");
}

TEST(Decimal, ReadsAndWritesTheLargestValue) {
  EXPECT_EQ(D(kLargest).ToString(), kLargest);
  EXPECT_EQ(D(absl::StrCat("-", kLargest)).ToString(), absl::StrCat("-", kLargest));
}

TEST(Decimal, RefusesWhatIsNoPlainNumber) {
  for (const char* text : {" ",     "-",   ".",   "-.",       "+1",    "1.",  ".5",  "-.5",
                           "1e3",   "1E3", " 1",  "1 ",       "1 000", "--1", "1-",  "0x1",
                           "1_000", "NaN", "inf", "\xd9\xa1", "1.-5",  "1\n", "Rp1", "1%"}) {
    EXPECT_TRUE(absl::StartsWith(ParseError(text), "is no decimal number; write ")) << text;
  }
  EXPECT_FALSE(Decimal::Parse(absl::string_view("1\0", 2)).ok());
}

TEST(Decimal, RefusesAnEmptyTextWithAnExample) {
  EXPECT_EQ(ParseError(""), "is empty; write a number such as 90.2");
}

TEST(Decimal, RefusesACommaWithAHint) {
  EXPECT_EQ(ParseError("90,2"), "uses a comma; write 90.2");
  EXPECT_EQ(ParseError("-90,25"), "uses a comma; write -90.25");
}

TEST(Decimal, GivesAGeneralHintWhereTheCommaLeavesTheValueOpen) {
  for (const char* text :
       {",", "90,", ",2", "1,234,567", "1.234,5", "1,234.5", "a,b", "0,1234567890"}) {
    EXPECT_EQ(ParseError(text),
              "uses a comma; write a point before the decimals and thousands without a separator, "
              "such as 1234.5")
        << text;
  }
}

TEST(Decimal, RefusesThousandsSeparatorsWithAHint) {
  EXPECT_EQ(ParseError("60.979.145.376"),
            "has more than one point; write thousands without a separator, such as 60979145376");
}

TEST(Money, TakesTwoDigitsAfterThePointAndNoMore) {
  EXPECT_EQ(Decimal::ParseMoney("60979145376")->ToString(), "60979145376");
  EXPECT_EQ(Decimal::ParseMoney("1234.5")->ToString(), "1234.5");
  EXPECT_EQ(Decimal::ParseMoney("1234.50")->ToString(), "1234.5");
  EXPECT_EQ(MoneyError("1234.567"),
            "has more than 2 digits after the point; write at most 2, and thousands without a "
            "separator");
}

TEST(Money, RefusesFifteenHundredWrittenWithAPoint) { EXPECT_FALSE(MoneyError("1.500").empty()); }

TEST(Money, ReadsAMinusForTheCallerToJudge) {
  EXPECT_TRUE(Decimal::ParseMoney("-1")->is_negative());
  EXPECT_FALSE(Decimal::ParseMoney("0")->is_negative());
  EXPECT_FALSE(Decimal::ParseMoney("0.01")->is_negative());
}

TEST(Money, HintsOnlyAtWhatItWouldTake) {
  EXPECT_EQ(MoneyError("1234,50"), "uses a comma; write 1234.50");
  EXPECT_TRUE(absl::StartsWith(MoneyError("1,500"), "uses a comma; write a point"));
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(D("90.2"), D("090.200"));
  EXPECT_NE(D("90.2"), D("90.200000001"));
  EXPECT_LT(D("90.199999999"), D("90.2"));
  EXPECT_LT(D("-2"), D("-1.999999999"));
  EXPECT_LT(D("-0.000000001"), D("0"));
  EXPECT_GT(D("10"), D("9.999999999"));
  EXPECT_LT(D(absl::StrCat("-", kLargest)), D(kLargest));
}

TEST(Decimal, KnowsItsSign) {
  EXPECT_TRUE(D("-0.000000001").is_negative());
  EXPECT_FALSE(D("0").is_negative());
  EXPECT_FALSE(D("0.000000001").is_negative());
  EXPECT_FALSE(D("0.000000001").is_zero());
}

TEST(Decimal, AddsAndSubtractsExactly) {
  EXPECT_EQ(Add(D("0.1"), D("0.2"))->ToString(), "0.3");
  EXPECT_EQ(Add(D("99.999999999"), D(kStep))->ToString(), "100");
  EXPECT_EQ(Subtract(D("90"), D("90.2"))->ToString(), "-0.2");
  EXPECT_EQ(Subtract(D("-1.5"), D("-1.5"))->ToString(), "0");
}

TEST(Decimal, AddsUpToTheLargestValueAndNotBeyond) {
  EXPECT_EQ(Add(D("999999999999999999.999999998"), D(kStep))->ToString(), kLargest);
  EXPECT_EQ(Add(D(kLargest), D(kStep)).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Add(D(kLargest), D(kLargest)).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Add(D(kLargest), D("0"))->ToString(), kLargest);
}

TEST(Decimal, SubtractsDownToTheSmallestValueAndNotBeyond) {
  const std::string smallest = absl::StrCat("-", kLargest);
  EXPECT_EQ(Subtract(D("-999999999999999999.999999998"), D(kStep))->ToString(), smallest);
  EXPECT_EQ(Subtract(D(smallest), D(kStep)).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(Subtract(D(smallest), D(kLargest)).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_TRUE(Subtract(D(smallest), D(smallest))->is_zero());
}

TEST(Decimal, TakesIntegersUpToEighteenDigits) {
  EXPECT_EQ(Decimal::FromInt(100), D("100"));
  EXPECT_EQ(Decimal::FromInt(-7), D("-7"));
  EXPECT_EQ(Decimal::FromInt(999'999'999'999'999'999), D("999999999999999999"));
  EXPECT_EQ(Decimal::FromInt(-999'999'999'999'999'999), D("-999999999999999999"));
}

TEST(DecimalDeathTest, EndsOnAnIntegerOfNineteenDigits) {
  EXPECT_DEATH(Decimal::FromInt(1'000'000'000'000'000'000), "");
  EXPECT_DEATH(Decimal::FromInt(-1'000'000'000'000'000'000), "");
  EXPECT_DEATH(Decimal::FromInt(std::numeric_limits<int64_t>::min()), "");
}

TEST(Decimal, CountsBillionths) {
  EXPECT_EQ(D("-90.2").billionths(), absl::int128(-90'200'000'000));
}

template <typename T>
concept TakenByFromInt = requires(T value) {
  Decimal::FromInt(value);
};

TEST(Decimal, TakesNoFloatingPoint) {
  static_assert(TakenByFromInt<int>);
  static_assert(!TakenByFromInt<double> && !TakenByFromInt<float>);
  static_assert(!std::is_constructible_v<Decimal, double>);
}

}  // namespace
}  // namespace sakip::exact
