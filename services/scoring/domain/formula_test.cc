#include "services/scoring/domain/formula.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::R;

// `45000/451 met`, `NOT_APPLICABLE`, `NOT_SCORED ZERO_TARGET`.
std::string Answer(const FormulaResult& result) {
  switch (result.outcome) {
    case FormulaOutcome::kNotApplicable:
      return "NOT_APPLICABLE";
    case FormulaOutcome::kNotScored:
      return "NOT_SCORED " + result.fault;
    case FormulaOutcome::kValue:
      break;
  }
  return result.percent.ToFraction() + (result.met ? " met" : " missed");
}

std::string Of(Formula formula, const char* t, const char* r) {
  return Answer(Apply({formula, R(t), std::nullopt, R(r)}));
}

std::string InRange(Formula formula, const char* lower, const char* upper, const char* r) {
  return Answer(Apply({formula, R(lower), R(upper), R(r)}));
}

TEST(PositiveFormula, DividesRealizationByTarget) {
  EXPECT_EQ(Of(Formula::kPositive, "10", "12"), "120 met");
  EXPECT_EQ(Of(Formula::kPositive, "10", "10"), "100 met");
  EXPECT_EQ(Of(Formula::kPositive, "10", "9.999999999"), "9999999999/100000000 missed");
  EXPECT_EQ(Of(Formula::kPositive, "10", "0"), "0 missed");
  EXPECT_EQ(Of(Formula::kPositive, "10", "-5"), "-50 missed");
  EXPECT_EQ(Of(Formula::kPositive, "90.2", "90"), "45000/451 missed");
}

TEST(NegativeFormula, MirrorsRealizationAtTarget) {
  EXPECT_EQ(Of(Formula::kNegative, "10", "12"), "80 missed");
  EXPECT_EQ(Of(Formula::kNegative, "10", "10.000000001"), "9999999999/100000000 missed");
  EXPECT_EQ(Of(Formula::kNegative, "10", "10"), "100 met");
  EXPECT_EQ(Of(Formula::kNegative, "10", "8"), "120 met");
  EXPECT_EQ(Of(Formula::kNegative, "10", "0"), "200 met");
  EXPECT_EQ(Of(Formula::kNegative, "10", "20"), "0 missed");
  EXPECT_EQ(Of(Formula::kNegative, "10", "25"), "-50 missed");
  EXPECT_EQ(Of(Formula::kNegative, "90.2", "90"), "45200/451 met");
}

TEST(InverseFormula, DividesTargetByRealization) {
  EXPECT_EQ(Of(Formula::kInverse, "10", "12"), "250/3 missed");
  EXPECT_EQ(Of(Formula::kInverse, "10", "10"), "100 met");
  EXPECT_EQ(Of(Formula::kInverse, "10", "8"), "125 met");
  EXPECT_EQ(Of(Formula::kInverse, "10", "25"), "40 missed");
}

TEST(InverseFormula, HasNoNumberForARealizationOfZeroOrBelow) {
  EXPECT_EQ(Of(Formula::kInverse, "10", "0"), "NOT_SCORED ZERO_REALIZATION");
  EXPECT_EQ(Of(Formula::kInverse, "10", "-1"), "NOT_SCORED NEGATIVE_REALIZATION");
}

TEST(Formula, OfTargetZeroIsNotApplicableOrNotScored) {
  for (const Formula formula :
       {Formula::kPositive, Formula::kNegative, Formula::kInverse, Formula::kShareMet}) {
    EXPECT_EQ(Of(formula, "0", "0"), "NOT_APPLICABLE");
    EXPECT_EQ(Of(formula, "0", "3"), "NOT_SCORED ZERO_TARGET");
    EXPECT_EQ(Of(formula, "0", "0.000000001"), "NOT_SCORED ZERO_TARGET");
    EXPECT_EQ(Of(formula, "-1", "3"), "NOT_SCORED NEGATIVE_TARGET");
    EXPECT_EQ(Of(formula, "-1", "0"), "NOT_SCORED NEGATIVE_TARGET");
  }
}

TEST(RangeFormula, ComparesWithTheNearerBound) {
  EXPECT_EQ(InRange(Formula::kRange, "80", "90", "70"), "175/2 missed");
  EXPECT_EQ(InRange(Formula::kRange, "80", "90", "79.999999999"), "79999999999/800000000 missed");
  EXPECT_EQ(InRange(Formula::kRange, "80", "90", "80"), "100 met");
  EXPECT_EQ(InRange(Formula::kRange, "80", "90", "85"), "100 met");
  EXPECT_EQ(InRange(Formula::kRange, "80", "90", "90"), "100 met");
  // The ministry prints 113 %, which is 90 / 80.
  EXPECT_EQ(InRange(Formula::kRange, "80", "90", "92"), "920/9 met");
}

TEST(RangeNegativeFormula, MirrorsAtTheNearerBound) {
  EXPECT_EQ(InRange(Formula::kRangeNegative, "7", "8", "6.5"), "750/7 met");
  EXPECT_EQ(InRange(Formula::kRangeNegative, "7", "8", "7"), "100 met");
  EXPECT_EQ(InRange(Formula::kRangeNegative, "7", "8", "8"), "100 met");
  EXPECT_EQ(InRange(Formula::kRangeNegative, "7", "8", "9"), "175/2 missed");
  EXPECT_EQ(InRange(Formula::kRangeNegative, "7", "8", "17"), "-25/2 missed");
}

TEST(RangeFormula, TakesALowerBoundOfZero) {
  for (const Formula formula : {Formula::kRange, Formula::kRangeNegative}) {
    EXPECT_EQ(InRange(formula, "0", "10", "0"), "100 met");
    EXPECT_EQ(InRange(formula, "0", "10", "-1"), "NOT_SCORED NEGATIVE_REALIZATION");
    EXPECT_EQ(InRange(formula, "0", "0", "0"), "NOT_APPLICABLE");
    EXPECT_EQ(InRange(formula, "0", "0", "1"), "NOT_SCORED ZERO_TARGET");
  }
}

TEST(RangeFormula, RefusesWhatIsNoRange) {
  EXPECT_EQ(Of(Formula::kRange, "80", "85"), "NOT_SCORED RANGE_INVALID");
  EXPECT_EQ(InRange(Formula::kRange, "90", "80", "85"), "NOT_SCORED RANGE_INVALID");
  EXPECT_EQ(InRange(Formula::kRange, "-1", "80", "85"), "NOT_SCORED NEGATIVE_TARGET");
  EXPECT_EQ(InRange(Formula::kRange, "80", "80", "80"), "100 met");
}

TEST(Formula, ShowsItsNumbers) {
  const auto expression = [](Formula formula, const char* t, const char* r) {
    return ExpressionOf({formula, R(t), R("12"), R(r)});
  };

  EXPECT_EQ(expression(Formula::kPositive, "90.2", "90"), "90 / 90.2 x 100");
  EXPECT_EQ(expression(Formula::kNegative, "10", "12.5"), "(10 - (12.5 - 10)) / 10 x 100");
  EXPECT_EQ(expression(Formula::kInverse, "10", "12"), "10 / 12 x 100");
  EXPECT_EQ(expression(Formula::kRange, "10", "11"), "11 in 10..12");
  EXPECT_EQ(expression(Formula::kRange, "10", "13"), "13 / 12 x 100");
}

}  // namespace
}  // namespace sakip::scoring
