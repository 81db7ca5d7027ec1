#include "services/scoring/domain/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::D;
using ::testing::HasSubstr;
using testing::R;

const RatingScale& Scale(const char* code) {
  return FindPolicy(absl::StrCat("policies/", code, "/versions/1"))->scale;
}

RatingBand Band(const char* rating, const char* lower, bool included = true) {
  return {rating, "", lower == nullptr ? std::nullopt : std::optional<Decimal>(D(lower)), included};
}

std::string Fault(std::vector<RatingBand> bands) {
  return std::string(CheckScale({"s", std::move(bands)}).message());
}

// The ratings right below, at and right above `bound`.
std::string Around(const RatingScale& scale, const char* bound) {
  const Rational step = R("1/1000000000");
  return absl::StrCat(Rate(scale, R(bound) - step).rating, " ", Rate(scale, R(bound)).rating, " ",
                      Rate(scale, R(bound) + step).rating);
}

TEST(DefaultScale, IncludesItsLowerBounds) {
  const RatingScale& scale = DefaultPolicy().scale;

  EXPECT_EQ(scale.code, "permenpanrb-53-2014");
  EXPECT_EQ(Around(scale, "90"), "A AA AA");
  EXPECT_EQ(Around(scale, "80"), "BB A A");
  EXPECT_EQ(Around(scale, "70"), "B BB BB");
  EXPECT_EQ(Around(scale, "60"), "CC B B");
  EXPECT_EQ(Around(scale, "50"), "C CC CC");
  EXPECT_EQ(Around(scale, "30"), "D C C");
  EXPECT_EQ(Around(scale, "0"), "D D D");
  EXPECT_EQ(Rate(scale, R("89.996")).rating, "A");
  EXPECT_EQ(Rate(scale, R("-1000")).rating, "D");
  EXPECT_EQ(Rate(scale, R("1000")).rating, "AA");
}

TEST(EvaluationScale, ExcludesItsLowerBounds) {
  const RatingScale& scale = Scale("permenpanrb-88-2021");

  EXPECT_EQ(Around(scale, "90"), "A A AA");
  EXPECT_EQ(Around(scale, "80"), "BB BB A");
  EXPECT_EQ(Around(scale, "70"), "B B BB");
  EXPECT_EQ(Around(scale, "60"), "CC CC B");
  EXPECT_EQ(Around(scale, "50"), "C C CC");
  EXPECT_EQ(Around(scale, "30"), "D D C");
}

TEST(RegionalScale, HasNoGapsWhereTheRegulationPrintsThem) {
  const RatingScale& scale = Scale("permendagri-86-2017");

  EXPECT_EQ(Around(scale, "91"), "T ST ST");
  EXPECT_EQ(Around(scale, "76"), "S T T");
  EXPECT_EQ(Around(scale, "66"), "R S S");
  EXPECT_EQ(Around(scale, "51"), "SR R R");
  EXPECT_EQ(Rate(scale, R("90.5")).rating, "T");
  EXPECT_EQ(Rate(scale, R("60.5")).rating, "R");
}

TEST(BuiltInPolicies, AreInOrderAndHold) {
  std::string before;
  for (const Policy& policy : BuiltInPolicies()) {
    EXPECT_LT(before, policy.name);
    before = policy.name;
    EXPECT_TRUE(CheckPolicy(policy).ok());
    EXPECT_EQ(FindPolicy(policy.name), &policy);
    EXPECT_EQ(Boundaries(policy.scale).size(), policy.scale.bands.size() - 1);
    EXPECT_EQ(policy.digits, 2);
    ASSERT_EQ(policy.clamps.size(), 1u);
    EXPECT_EQ(policy.clamps.at(Level::kObjective).upper, D("100"));
  }
  EXPECT_EQ(FindPolicy("policies/permenpanrb-53-2014/versions/2"), nullptr);
}

TEST(CheckScale, TakesBandsThatCoverEverythingOnce) {
  EXPECT_EQ(Fault({Band("A", nullptr)}), "");
  EXPECT_EQ(Fault({Band("A", "50"), Band("B", nullptr)}), "");
  // A band of one value: exactly 50.
  EXPECT_EQ(Fault({Band("A", "50", false), Band("B", "50", true), Band("C", nullptr)}), "");
}

TEST(CheckScale, RefusesGaps) {
  EXPECT_EQ(Fault({}), "the scale has no bands");
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "0")}), HasSubstr("below the lowest band B"));
}

TEST(CheckScale, RefusesOverlaps) {
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "60"), Band("C", nullptr)}), HasSubstr("band B"));
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "50"), Band("C", nullptr)}), HasSubstr("band B"));
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "50", false), Band("C", nullptr)}),
              HasSubstr("band B"));
  EXPECT_THAT(Fault({Band("A", "50", false), Band("B", "50", false), Band("C", nullptr)}),
              HasSubstr("band B"));
  EXPECT_THAT(Fault({Band("A", nullptr), Band("B", nullptr)}), HasSubstr("a band follows it"));
}

TEST(CheckScale, RefusesRatingsThatNameNothing) {
  EXPECT_THAT(Fault({Band("A", "50"), Band("A", nullptr)}), HasSubstr("band 2"));
  EXPECT_THAT(Fault({Band("", "50"), Band("B", nullptr)}), HasSubstr("band 1"));
}

TEST(CheckPolicy, RefusesWhatNoScoreCanBeComputedUnder) {
  Policy policy = DefaultPolicy();
  policy.digits = 21;
  EXPECT_FALSE(CheckPolicy(policy).ok());
  policy.digits = -1;
  EXPECT_FALSE(CheckPolicy(policy).ok());
  policy.digits = 20;
  EXPECT_TRUE(CheckPolicy(policy).ok());
  policy.clamps[Level::kProgram] = {D("120"), D("0")};
  EXPECT_FALSE(CheckPolicy(policy).ok());
  policy.clamps[Level::kProgram] = {D("0"), D("0")};
  EXPECT_TRUE(CheckPolicy(policy).ok());
  policy.default_formula = Formula::kShareMet;
  EXPECT_FALSE(CheckPolicy(policy).ok());
  policy.default_formula = Formula::kRange;
  EXPECT_FALSE(CheckPolicy(policy).ok());
  policy.default_formula = Formula::kNegative;
  EXPECT_TRUE(CheckPolicy(policy).ok());
  policy.scale.bands.clear();
  EXPECT_FALSE(CheckPolicy(policy).ok());
}

}  // namespace
}  // namespace sakip::scoring
