#include "common/plan/plan_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/plan/testing/plan_builder.h"

namespace sakip::plan {
namespace {

using testing::D;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MakePart;

// A sub-activity of 100.
SubActivity Sub(std::string code, std::vector<money::Part> parts) {
  SubActivity sub_activity;
  sub_activity.code = std::move(code);
  sub_activity.budget = D("100");
  sub_activity.budget_parts = std::move(parts);
  return sub_activity;
}

// `unspecified DAU 60`.
std::vector<std::string> Texts(const money::PartSums& sums) {
  std::vector<std::string> texts;
  for (const auto& [key, sum] : sums) texts.push_back(key.Text() + " " + ExactText(sum));
  return texts;
}

TEST(PlanIndex, SumsTheBudgetOfEachNodeByKindAndSource) {
  AnnualPlan plan;
  plan.objectives = {{"S1", "", {}, {{"P1", "", {}, {}}, {"P2", "", {}, {}}}}};
  std::vector<Program>& programs = plan.objectives[0].programs;
  programs[0].activities = {
      {"K1", "", {}, {Sub("a", {MakePart("DAU", "60"), MakePart("PAD", "40")}), Sub("b", {})}},
      {"K2", "", {}, {Sub("c", {MakePart("DAU", "30")})}}};
  programs[1].activities = {{"K3", "", {}, {Sub("d", {})}}};

  const PlanIndex index(plan);

  EXPECT_THAT(Texts(index.activity_parts.at("K1")),
              ElementsAre("unspecified DAU 60", "unspecified PAD 40"));
  EXPECT_THAT(Texts(index.program_parts.at("P1")),
              ElementsAre("unspecified DAU 90", "unspecified PAD 40"));
  EXPECT_THAT(Texts(index.objective_parts.at("S1")),
              ElementsAre("unspecified DAU 90", "unspecified PAD 40"));
  EXPECT_THAT(Texts(index.parts), ElementsAre("unspecified DAU 90", "unspecified PAD 40"));
  EXPECT_FALSE(index.program_parts.contains("P2"));
  EXPECT_THAT(Texts(PlanIndex(AnnualPlan()).parts), IsEmpty());
  EXPECT_EQ(index.budget, exact::Rational(400));
}

}  // namespace
}  // namespace sakip::plan
