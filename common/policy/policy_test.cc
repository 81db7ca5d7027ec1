#include "common/policy/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/plan/testing/plan_builder.h"

namespace sakip::policy {
namespace {

using exact::Decimal;
using exact::Rational;
using plan::Formula;
using plan::Level;
using plan::testing::D;
using plan::testing::R;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const RatingScale& Scale(const char* code) {
  return FindBuiltIn(absl::StrCat("policies/", code, "/versions/1"))->scale;
}

RatingBand Band(const char* rating, const char* lower, bool included = true) {
  return {rating, "", lower == nullptr ? std::nullopt : std::optional<Decimal>(D(lower)), included};
}

// `bands[1].lower is missing`, ...
std::string Fault(std::vector<RatingBand> bands) {
  FieldErrors errors;
  CheckScale({"s", std::move(bands)}, "s", errors);
  std::string text;
  for (const FieldViolation& violation : errors.violations()) {
    absl::StrAppend(&text, violation.field, " ", violation.description, ";");
  }
  return text;
}

std::vector<std::string> Faults(const Policy& policy) {
  FieldErrors errors;
  CheckPolicy(policy, "policy", errors);
  std::vector<std::string> fields;
  for (const FieldViolation& violation : errors.violations()) fields.push_back(violation.field);
  return fields;
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
    EXPECT_THAT(Faults(policy), IsEmpty());
    EXPECT_EQ(FindBuiltIn(policy.name), &policy);
    EXPECT_EQ(Boundaries(policy.scale).size(), policy.scale.bands.size() - 1);
    EXPECT_EQ(policy.digits, 2);
    ASSERT_EQ(policy.clamps.size(), 1u);
    EXPECT_EQ(policy.clamps.at(Level::kObjective).upper, D("100"));
  }
  EXPECT_EQ(FindBuiltIn("policies/permenpanrb-53-2014/versions/2"), nullptr);
}

TEST(CheckScale, TakesBandsThatCoverEverythingOnce) {
  EXPECT_EQ(Fault({Band("A", nullptr)}), "");
  EXPECT_EQ(Fault({Band("A", "50"), Band("B", nullptr)}), "");
  // A band of one value: exactly 50.
  EXPECT_EQ(Fault({Band("A", "50", false), Band("B", "50", true), Band("C", nullptr)}), "");
}

TEST(CheckScale, RefusesGaps) {
  EXPECT_EQ(Fault({}), "s.bands has none; at least one;");
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "0")}),
              StartsWith("s.bands[1].lower leaves the values below it without a rating"));
}

TEST(CheckScale, RefusesOverlaps) {
  const char* const fault = "s.bands[1].lower is not below the band above";
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "60"), Band("C", nullptr)}), StartsWith(fault));
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "50"), Band("C", nullptr)}), StartsWith(fault));
  EXPECT_THAT(Fault({Band("A", "50"), Band("B", "50", false), Band("C", nullptr)}),
              StartsWith(fault));
  EXPECT_THAT(Fault({Band("A", "50", false), Band("B", "50", false), Band("C", nullptr)}),
              StartsWith(fault));
  EXPECT_THAT(Fault({Band("A", nullptr), Band("B", nullptr)}),
              StartsWith("s.bands[0].lower is missing, but a band follows"));
}

TEST(CheckScale, RefusesRatingsThatNameNothing) {
  EXPECT_THAT(Fault({Band("A", "50"), Band("A", nullptr)}), StartsWith("s.bands[1].rating A is"));
  EXPECT_THAT(Fault({Band("", "50"), Band("B", nullptr)}), StartsWith("s.bands[0].rating is m"));
}

TEST(CheckPolicy, RefusesWhatNoScoreCanBeComputedUnder) {
  Policy policy = DefaultPolicy();
  policy.digits = 21;
  EXPECT_THAT(Faults(policy), ElementsAre("policy.digits"));
  policy.digits = -1;
  EXPECT_THAT(Faults(policy), ElementsAre("policy.digits"));
  policy.digits = 20;
  EXPECT_THAT(Faults(policy), IsEmpty());
  policy.clamps[Level::kProgram] = {D("120"), D("0")};
  EXPECT_THAT(Faults(policy), ElementsAre("policy.clamps"));
  policy.clamps[Level::kProgram] = {D("0"), D("0")};
  EXPECT_THAT(Faults(policy), IsEmpty());
  for (const Formula formula : {Formula::kShareMet, Formula::kRange, Formula::kRangeNegative}) {
    policy.default_formula = formula;
    EXPECT_THAT(Faults(policy), ElementsAre("policy.default_formula"));
  }
  policy.default_formula = Formula::kNegative;
  EXPECT_THAT(Faults(policy), IsEmpty());
  policy.efficiency.tolerance = D("-1");
  EXPECT_THAT(Faults(policy), ElementsAre("policy.efficiency.tolerance"));
  policy.efficiency.tolerance = D("0");
  policy.scale.bands.clear();
  EXPECT_THAT(Faults(policy), ElementsAre("policy.rating_scale.bands"));
}

}  // namespace
}  // namespace sakip::policy
