#include "common/exact/rounding.h"

#include <gtest/gtest.h>

#include <vector>

namespace sakip::exact {
namespace {

Rational R(absl::string_view decimal_text) {
  const auto value = Decimal::Parse(decimal_text);
  EXPECT_TRUE(value.ok()) << decimal_text << ": " << value.status();
  return Rational(value.value_or(Decimal()));
}

// 10^-digits.
Rational Tiny(int digits) {
  Rational value(1);
  for (int i = 0; i < digits; ++i) value = value * R("0.1");
  return value;
}

// The scale of PermenPANRB 53/2014, with the bounds included or, as in 88/2021, excluded.
std::vector<Boundary> Scale(bool closed) {
  std::vector<Boundary> boundaries;
  for (const int bound : {90, 80, 70, 60, 50, 30, 0}) {
    boundaries.push_back({Rational(bound), closed});
  }
  return boundaries;
}

Rounding Round(const Rational& exact, bool missed = false, bool closed = true) {
  return RoundHonestly(exact, 2, Scale(closed), missed);
}

TEST(RoundHonestly, KeepsToThePolicyWhereNothingIsCrossed) {
  const Rounding result = Round(*Divide(Rational(9000), R("90.2")), /*missed=*/true);

  EXPECT_EQ(result.text, "99.78");
  EXPECT_EQ(result.digits, 2);
  EXPECT_EQ(result.policy_digits, 2);
  EXPECT_FALSE(result.extended);
  EXPECT_EQ(result.avoided, KinderStory::kNone);
  EXPECT_EQ(result.read_as, "");
}

TEST(RoundHonestly, AddsDigitsBelowARatingBoundary) {
  const Rounding result = Round(R("89.996"));

  EXPECT_EQ(result.text, "89.996");
  EXPECT_EQ(result.digits, 3);
  EXPECT_EQ(result.policy_digits, 2);
  EXPECT_TRUE(result.extended);
  EXPECT_EQ(result.avoided, KinderStory::kReachesBand);
  EXPECT_EQ(result.read_as, "90.00");
  EXPECT_EQ(result.boundary, "90");
}

TEST(RoundHonestly, AddsNoMoreDigitsThanItNeeds) {
  EXPECT_EQ(Round(R("89.9951")).text, "89.995");
  EXPECT_EQ(Round(R("89.99951")).text, "89.9995");
  EXPECT_EQ(Round(R("89.9996")).text, "89.9996");
  EXPECT_EQ(Round(R("89.995")).text, "89.995");
  EXPECT_EQ(Round(R("89.994999999")).text, "89.99");
}

TEST(RoundHonestly, GuardsEveryBoundaryFromBothSides) {
  // Not 0: a half below it goes down, away from zero. KeepsANegativeValueNegative is about that.
  for (const int bound : {90, 80, 70, 60, 50, 30}) {
    const Rational at(bound);
    EXPECT_TRUE(Round(at - R("0.005")).extended) << bound;
    EXPECT_TRUE(Round(at - R("0.000000001")).extended) << bound;
    EXPECT_FALSE(Round(at - R("0.005000001")).extended) << bound;
    EXPECT_FALSE(Round(at).extended) << bound;
    EXPECT_FALSE(Round(at + R("0.000000001")).extended) << bound;
  }
}

TEST(RoundHonestly, LeavesAValueOnTheBoundaryAsItIs) {
  EXPECT_EQ(Round(Rational(90)).text, "90.00");
  EXPECT_EQ(Round(Rational(90), false, /*closed=*/false).text, "90.00");
}

TEST(RoundHonestly, LetsAFigureReadAnExcludedBound) {
  // 90.00 does not read as more than 90, whichever side it came from.
  EXPECT_EQ(Round(R("89.996"), false, /*closed=*/false).text, "90.00");
  EXPECT_EQ(Round(R("90.004"), false, /*closed=*/false).text, "90.00");
}

TEST(RoundHonestly, AddsDigitsWhereAnExcludedBoundWouldBeExceeded) {
  // The bound lies between two printable figures: 90.005 itself is not above it, 90.01 is.
  const std::vector<Boundary> open = {{R("90.005"), false}};
  const Rounding result = RoundHonestly(R("90.005"), 2, open, false);

  EXPECT_EQ(result.text, "90.005");
  EXPECT_EQ(result.avoided, KinderStory::kExceedsBand);
  EXPECT_EQ(result.read_as, "90.01");
  EXPECT_EQ(result.boundary, "90.005");
  EXPECT_EQ(RoundHonestly(R("90.0051"), 2, open, false).text, "90.01");
  EXPECT_EQ(RoundHonestly(R("90.004999"), 2, open, false).text, "90.00");
  EXPECT_EQ(RoundHonestly(R("90.005"), 2, std::vector<Boundary>{{R("90.005"), true}}, false).text,
            "90.01");
}

TEST(RoundHonestly, ShowsNoHundredForAMissedTarget) {
  const Rounding result = Round(R("99.996"), /*missed=*/true);

  EXPECT_EQ(result.text, "99.996");
  EXPECT_TRUE(result.extended);
  EXPECT_EQ(result.avoided, KinderStory::kHidesMiss);
  EXPECT_EQ(result.read_as, "100.00");
  EXPECT_EQ(Round(R("99.99999"), true).text, "99.99999");
  EXPECT_EQ(Round(R("99.995"), true).text, "99.995");
  EXPECT_EQ(Round(R("99.994999999"), true).text, "99.99");
}

TEST(RoundHonestly, RoundsToAHundredWhereNoTargetWasMissed) {
  EXPECT_EQ(Round(R("99.996"), /*missed=*/false).text, "100.00");
}

TEST(RoundHonestly, LeavesAHundredOrMoreOfAMissedTargetAsItIs) {
  EXPECT_EQ(Round(Rational(100), true).text, "100.00");
  EXPECT_EQ(Round(R("119.999"), true).text, "120.00");
}

TEST(RoundHonestly, KnowsNoBoundaryWhereNoneIsGiven) {
  EXPECT_EQ(RoundHonestly(R("89.996"), 2, {}, false).text, "90.00");
  EXPECT_EQ(RoundHonestly(R("99.996"), 2, {}, true).text, "99.996");
}

TEST(RoundHonestly, GuardsABoundaryThatAnAddedDigitWouldCross) {
  const std::vector<Boundary> boundaries = {{Rational(90), true}, {R("89.9958"), true}};
  // 90.00 reaches 90 and 89.996 reaches 89.9958; 89.9956 reaches neither.
  EXPECT_EQ(RoundHonestly(R("89.9956"), 2, boundaries, false).text, "89.9956");
}

TEST(RoundHonestly, KeepsANegativeValueNegative) {
  EXPECT_EQ(Round(R("-0.004")).text, "-0.004");
  EXPECT_EQ(Round(R("-0.004999999")).text, "-0.005");
  EXPECT_EQ(Round(R("-0.005")).text, "-0.01");
  EXPECT_EQ(Round(R("0")).text, "0.00");
  EXPECT_EQ(Round(R("-19.004")).text, "-19.00");
}

TEST(RoundHonestly, WorksFromNoDigitsAtAll) {
  EXPECT_EQ(RoundHonestly(R("89.5"), 0, Scale(true), false).text, "89.5");
  EXPECT_EQ(RoundHonestly(R("89.4"), 0, Scale(true), false).text, "89");
}

TEST(RoundHonestly, UsesTheLastDigitBeforeItCutsOff) {
  const Rounding result = Round(Rational(90) - Tiny(20));

  EXPECT_EQ(result.text, "89.99999999999999999999");
  EXPECT_EQ(result.digits, kHonestDigitsMax);
  EXPECT_FALSE(result.cut_off);
}

TEST(RoundHonestly, CutsOffBelowWhatTwentyDigitsCannotShow) {
  const Rounding result = Round(Rational(90) - Tiny(30));

  EXPECT_EQ(result.text, "89.99999999999999999999");
  EXPECT_EQ(result.digits, kHonestDigitsMax);
  EXPECT_TRUE(result.extended);
  EXPECT_TRUE(result.cut_off);
}

TEST(RoundHonestly, CutsOffANegativeValueDownwards) {
  EXPECT_EQ(Round(Rational(0) - Tiny(30)).text, "-0.00000000000000000001");
}

TEST(RoundHonestly, SaysSoWhereItCutsOffAtThePolicysOwnDigits) {
  const Rounding result = RoundHonestly(Rational(90) - Tiny(30), 20, Scale(true), false);

  EXPECT_EQ(result.text, "89.99999999999999999999");
  EXPECT_TRUE(result.extended);
}

TEST(RoundHonestlyDeathTest, EndsOnDigitsThatNoPolicyMayAskFor) {
  EXPECT_DEATH(RoundHonestly(Rational(1), -1, {}, false), "");
  EXPECT_DEATH(RoundHonestly(Rational(1), kHonestDigitsMax + 1, {}, false), "");
}

}  // namespace
}  // namespace sakip::exact
