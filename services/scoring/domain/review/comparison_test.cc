#include "services/scoring/domain/review/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "common/plan/testing/plan_builder.h"

namespace sakip::scoring::review {
namespace {

using exact::Rational;
using plan::testing::R;

Fit FitOf(const char* printed, int digits, const char* exact) {
  return Compare(R(printed), digits, {R(exact)}).fit;
}

// Of an achievement whose target was missed.
Fit FitOfMiss(const char* printed, int digits, const char* exact) {
  return Compare(R(printed), digits, {.value = R(exact), .missed = true}).fit;
}

TEST(Compare, TakesHalfUpForRight) {
  EXPECT_EQ(FitOf("98", 0, "98"), Fit::kRight);
  EXPECT_EQ(FitOf("98.7", 1, "98.6624"), Fit::kRight);
  EXPECT_EQ(FitOf("97.88", 2, "97.875"), Fit::kRight);
  EXPECT_EQ(FitOf("96", 0, "267000/2770"), Fit::kRight);
  EXPECT_EQ(FitOf("0", 0, "0"), Fit::kRight);
}

TEST(Compare, FindsWhatIsCutOff) {
  EXPECT_EQ(FitOf("97.87", 2, "97.875"), Fit::kTruncated);
  EXPECT_EQ(FitOf("98", 0, "148100/1500"), Fit::kTruncated);
  EXPECT_EQ(FitOf("93", 0, "93.5676"), Fit::kTruncated);
}

TEST(Compare, KnowsAHalfRoundedToTheEvenDigit) {
  EXPECT_EQ(FitOf("98", 0, "98.5"), Fit::kRoundedOtherwise);
  EXPECT_EQ(FitOf("97", 0, "97.5"), Fit::kTruncated);
  EXPECT_EQ(FitOf("98", 0, "97.5"), Fit::kRight);
  EXPECT_EQ(FitOf("0.02", 2, "0.025"), Fit::kRoundedOtherwise);
}

TEST(Compare, KnowsOtherWaysToRound) {
  EXPECT_EQ(Compare(R("62"), 1, {R("680/11")}).why, "rounded to 0 of the 1 printed decimals");
  EXPECT_EQ(Compare(R("97.9"), 1, {R("97.8461")}).why, "rounded twice, first to 2 decimals");
  EXPECT_EQ(Compare(R("62"), 0, {R("61.2")}).why, "rounded up");
  EXPECT_EQ(Compare(R("5"), 0, {.value = R("4.4"), .from_printed = R("5")}).why,
            "computed from figures that were rounded before");
  EXPECT_EQ(FitOf("62", 0, "61.2"), Fit::kRoundedOtherwise);
}

TEST(Compare, KeepsNegativeNumbersApart) {
  EXPECT_EQ(FitOf("-4", 0, "-3.5"), Fit::kRight);
  EXPECT_EQ(FitOf("-3", 0, "-3.5"), Fit::kTruncated);
  EXPECT_EQ(FitOf("-4", 0, "-3.2"), Fit::kRoundedOtherwise);
  EXPECT_EQ(FitOf("3.5", 1, "-3.5"), Fit::kNone);
}

TEST(Compare, FindsNothingInCommon) {
  EXPECT_EQ(FitOf("68", 0, "680/11"), Fit::kNone);
  EXPECT_EQ(FitOf("339170008", 0, "339170088"), Fit::kNone);
}

TEST(Compare, SeesThatRoundingHidesAMiss) {
  EXPECT_EQ(FitOfMiss("100", 0, "45000/451"), Fit::kHidesMiss);
  EXPECT_EQ(FitOfMiss("99.8", 1, "45000/451"), Fit::kRight);
  EXPECT_EQ(FitOf("100", 0, "45000/451"), Fit::kRight);
  // Rounded up, which is worse.
  EXPECT_EQ(FitOfMiss("100", 0, "99.2"), Fit::kHidesMiss);
  EXPECT_EQ(FitOfMiss("99", 0, "98.2"), Fit::kRoundedOtherwise);
}

TEST(Compare, SeesThatRoundingReachesABetterRating) {
  const std::vector<exact::Boundary> boundaries = {{R("90"), true}};

  const Comparison kinder = Compare(R("90"), 2, {.value = R("89.9949"), .boundaries = boundaries});
  EXPECT_EQ(kinder.fit, Fit::kHidesMiss);
  EXPECT_EQ(kinder.why, "rounded to 1 of the 2 printed decimals, which reaches the band from 90");
  const std::vector<exact::Boundary> open = {{R("90"), false}};
  EXPECT_EQ(Compare(R("90"), 2, {.value = R("89.9949"), .boundaries = open}).fit,
            Fit::kRoundedOtherwise);
  EXPECT_EQ(Compare(R("90"), 0, {.value = R("89.6"), .boundaries = boundaries}).fit,
            Fit::kHidesMiss);
  EXPECT_EQ(Compare(R("89.6"), 1, {.value = R("89.6"), .boundaries = boundaries}).fit, Fit::kRight);
}

TEST(TruncatedValue, CutsTowardZero) {
  EXPECT_EQ(TruncatedValue(R("680/11"), 1), R("61.8"));
  EXPECT_EQ(TruncatedValue(R("-3.59"), 1), R("-3.5"));
  EXPECT_EQ(TruncatedValue(R("-0.9"), 0), R("0"));
}

}  // namespace
}  // namespace sakip::scoring::review
