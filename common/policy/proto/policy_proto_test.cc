#include "common/policy/proto/policy_proto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"

namespace sakip::policy {
namespace {

using sakip::testing::EqualsProto;
using sakip::testing::IsOk;
using ::testing::ElementsAre;
using types::v1::ScoringPolicy;

ScoringPolicy Good() {
  ScoringPolicy policy = ToProto(DefaultPolicy());
  policy.set_first_year(2024);
  return policy;
}

std::vector<std::string> Faults(const ScoringPolicy& policy) {
  std::vector<std::string> fields;
  for (const FieldViolation& violation : FieldViolations(FromProto(policy, "p").status())) {
    fields.push_back(violation.field);
  }
  return fields;
}

TEST(PolicyProto, ReadsWhatItWrites) {
  ScoringPolicy policy = Good();
  policy.set_weighting(types::v1::WEIGHTING_EQUAL);
  policy.set_default_formula(types::v1::FORMULA_INVERSE);

  const auto read = FromProto(policy, "p");

  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->weighting, Weighting::kEqual);
  EXPECT_EQ(read->clamps.count(plan::Level::kObjective), 1u);
  EXPECT_THAT(ToProto(*read), EqualsProto(policy));
}

TEST(PolicyProto, NamesEveryWrongField) {
  ScoringPolicy policy;
  policy.mutable_rating_scale()->add_bands()->set_lower("90,5");
  types::v1::Clamp& clamp = *policy.add_clamps();
  clamp.set_level(types::v1::LEVEL_PROGRAM);
  clamp.set_lower("0");
  clamp.set_upper("100");
  *policy.add_clamps() = clamp;
  policy.add_clamps()->set_level(static_cast<types::v1::Level>(9));

  EXPECT_THAT(
      Faults(policy),
      ElementsAre("p.legal_basis", "p.first_year", "p.rating_scale.code",
                  "p.rating_scale.bands[0].label", "p.rating_scale.bands[0].lower",
                  "p.clamps[1].level", "p.clamps[2].level", "p.clamps[2].lower",
                  "p.clamps[2].upper", "p.default_formula", "p.weighting", "p.efficiency.method"));
}

TEST(PolicyProto, TakesAToleranceWhereTheMethodHasOne) {
  ScoringPolicy policy = Good();
  policy.mutable_efficiency()->set_tolerance("2.5");
  EXPECT_EQ(FromProto(policy, "p")->efficiency.tolerance.ToString(), "2.5");
  policy.mutable_efficiency()->clear_tolerance();
  EXPECT_THAT(Faults(policy), ElementsAre("p.efficiency.tolerance"));
  policy.mutable_efficiency()->set_method(types::v1::EfficiencyRule::METHOD_PMK_214_2017);
  EXPECT_THAT(ToProto(*FromProto(policy, "p")), EqualsProto(policy));
  policy.mutable_efficiency()->set_tolerance("5");
  EXPECT_THAT(Faults(policy), ElementsAre("p.efficiency.tolerance"));
}

TEST(PolicyProto, ProvesTheScale) {
  ScoringPolicy policy = Good();
  policy.mutable_rating_scale()->mutable_bands(1)->set_lower("90");
  EXPECT_THAT(Faults(policy), ElementsAre("p.rating_scale.bands[1].lower"));
  policy.mutable_rating_scale()->mutable_bands(0)->set_lower_included(false);
  EXPECT_THAT(FromProto(policy, "p"), IsOk());
  policy.mutable_rating_scale()->mutable_bands()->RemoveLast();
  EXPECT_THAT(Faults(policy), ElementsAre("p.rating_scale.bands[5].lower"));
}

TEST(PolicyProto, TakesNoFormulaThatNeedsMoreThanATarget) {
  ScoringPolicy policy = Good();
  policy.set_default_formula(types::v1::FORMULA_RANGE);
  EXPECT_THAT(Faults(policy), ElementsAre("p.default_formula"));
}

}  // namespace
}  // namespace sakip::policy
