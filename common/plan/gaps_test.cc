// Each test makes one gap in documents that fit.
#include "common/plan/gaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/plan/testing/plan_builder.h"

namespace sakip::plan {
namespace {

using testing::D;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MakeIndicator;
using testing::MakePart;
using testing::MakeRef;

class GapsTest : public ::testing::Test {
 protected:
  GapsTest() {
    const absl::CivilDay day(2023, 1, 1);
    Indicator key = MakeIndicator("IKU1", "90.2", "%");
    key.name = "Persentase";
    key.is_ratio = true;
    key.ratio = {"a", "b"};
    SubActivity sub{"SK1", "Alat bantu", {MakeIndicator("SK1", "60")}, D("100"), {}, "", "rehsos"};
    Activity activity{"K1", "Kegiatan", {}, {sub}};
    Program program{"P1", "Program", {}, {activity}};
    annual_.ref = MakeRef("annualPlans", 1, day, 1);
    annual_.objectives = {{"S1", "Sasaran", {key}, {program}}};
    strategic_.ref = MakeRef("strategicPlans", 1, day, 2);
    strategic_.goals = {
        {"T1", "Tujuan", {}, {{"S1", "sasaran", {{"IKU1", "Persentase", {}}}}}, "R"}};
    strategic_.goals[0].objectives[0].indicators[0].targets[2023] = {D("90.2"), "%"};
    agreement_.ref = MakeRef("performanceAgreements", 1, day, 3);
    agreement_.targets = {{"IKU1", {D("90.2"), "%"}}};
    actions_.ref = MakeRef("actionPlans", 1, day, 4);
    actions_.lines = {{"IKU1", {D("90.2"), "%"}, {}}, {"SK1", {D("60"), "orang"}, {}}};
    decree_.ref = MakeRef("keyIndicatorDecrees", 1, day, 5);
    decree_.indicators = {{"IKU1", "Persentase", RatioDefinition{"a", "b"}, {"rehsos"}, "Bidang"}};
  }

  std::vector<std::string> Gaps() {
    Findings findings;
    NoteGaps({2023, &annual_, &actions_, &agreement_, &strategic_, &decree_}, findings);
    NoteStrategicGaps(strategic_, findings);
    return testing::Texts(std::move(findings));
  }

  Objective& objective() { return annual_.objectives[0]; }
  Activity& activity() { return objective().programs[0].activities[0]; }

  AnnualPlan annual_;
  StrategicPlan strategic_;
  Agreement agreement_;
  ActionPlan actions_;
  KeyIndicatorDecree decree_;
};

TEST_F(GapsTest, AreNoneWhereAllFits) { EXPECT_THAT(Gaps(), IsEmpty()); }

TEST_F(GapsTest, WhatNothingServes) {
  objective().programs[0].activities[0].sub_activities.clear();
  EXPECT_THAT(Gaps(), ElementsAre("ACTIVITY_WITHOUT_SUB_ACTIVITY K1: Kegiatan"));
  objective().programs[0].activities.clear();
  EXPECT_THAT(Gaps(), ElementsAre("PROGRAM_WITHOUT_ACTIVITY P1: Program"));
  objective().programs.clear();
  EXPECT_THAT(Gaps(), ElementsAre("OBJECTIVE_WITHOUT_PROGRAM S1: Sasaran"));
}

TEST_F(GapsTest, WhatLeadsUpToNothing) {
  strategic_.goals[0].regional_objective.clear();
  EXPECT_THAT(Gaps(), ElementsAre("GOAL_NOT_TRACED T1: Tujuan"));
  strategic_.goals[0].regional_objective = "R";
  objective().code = "S9";
  EXPECT_THAT(Gaps(), ElementsAre("OBJECTIVE_NOT_TRACED S9: Sasaran "));
}

TEST_F(GapsTest, WhatIsPromisedWithoutATarget) {
  strategic_.goals[0].indicators = {{"T1.1", "Penurunan", {}}};
  strategic_.missions = {{"M", "Misi", {{"G", "Tujuan", {{"G.1", "Miskin", {}}}, {}}}}};
  EXPECT_THAT(Gaps(), ElementsAre("INDICATOR_WITHOUT_TARGET G.1: Miskin",
                                  "INDICATOR_WITHOUT_TARGET T1.1: Penurunan"));
}

TEST_F(GapsTest, WhatIsAgreedOrActedOnByNobody) {
  agreement_.targets.clear();
  EXPECT_THAT(Gaps(), ElementsAre("AGREEMENT_TARGET_MISSING IKU1:  90.2 %"));
  agreement_.targets = {{"IKU1", {D("1"), "%"}}};
  actions_.lines.pop_back();
  EXPECT_THAT(Gaps(), ElementsAre("ACTION_PLAN_LINE_MISSING SK1:  60 orang"));
}

TEST_F(GapsTest, NamesThatDifferButForLetterCase) {
  objective().name = "SASARAN";
  EXPECT_THAT(Gaps(), IsEmpty());
  objective().name = "Sasaran strategis";
  EXPECT_THAT(Gaps(), ElementsAre("NAME_DIFFERS S1: sasaran Sasaran strategis"));
  objective().name = "sasaran";
  decree_.indicators[0].name = "Prosentase";
  EXPECT_THAT(Gaps(), ElementsAre("NAME_DIFFERS IKU1: Prosentase Persentase"));
}

TEST_F(GapsTest, OneNameForTwoSubActivities) {
  SubActivity second = activity().sub_activities[0];
  second.code = "SK2";
  second.indicators.clear();
  activity().sub_activities.push_back(second);
  EXPECT_THAT(Gaps(), ElementsAre("NAME_REPEATED SK2: Alat bantu Alat bantu"));
}

TEST_F(GapsTest, PartsThatDoNotMakeTheBudget) {
  activity().sub_activities[0].budget_parts = {MakePart("DAU", "60"), MakePart("PAD", "40")};
  annual_.stated_budget_parts = {MakePart("DAU", "100")};
  EXPECT_THAT(Gaps(), IsEmpty());
  activity().sub_activities[0].budget_parts[1].amount = D("39");
  EXPECT_THAT(Gaps(), ElementsAre("BUDGET_PARTS_DIFFER SK1: 99 Rp 100 Rp"));
  activity().sub_activities[0].budget_parts.clear();
  annual_.stated_budget = D("101");
  EXPECT_THAT(Gaps(), ElementsAre(absl::StrCat("BUDGET_PARTS_DIFFER ", annual_.ref.name,
                                               ": 100 Rp 101 Rp")));
}

TEST_F(GapsTest, KeyIndicatorsThatAreDecreedOtherwise) {
  decree_.indicators[0].ratio = RatioDefinition{"a", "c"};
  EXPECT_THAT(Gaps(), ElementsAre("KEY_INDICATOR_FORMULA_DIFFERS IKU1: a / c a / b"));
  decree_.indicators[0].ratio.reset();
  decree_.indicators[0].responsible_units = {"linjamsos", "rehsos"};
  EXPECT_THAT(Gaps(), ElementsAre("KEY_INDICATOR_UNITS_DIFFER IKU1: linjamsos, rehsos rehsos"));
  for (int i = 10; i < 60; ++i) {
    decree_.indicators[0].responsible_units.push_back(absl::StrCat("bidang-", i));
  }
  EXPECT_THAT(Gaps(), ElementsAre(::testing::HasSubstr("bidang-27 ... and 34 more rehsos")));
  decree_.indicators[0].responsible_units.clear();
  decree_.indicators[0].data_source.clear();
  EXPECT_THAT(Gaps(), ElementsAre("KEY_INDICATOR_SOURCE_MISSING IKU1: "));
  decree_.indicators[0].data_source = "Bidang";
  decree_.indicators[0].code = "IKU9";
  EXPECT_THAT(Gaps(), ElementsAre("KEY_INDICATOR_NOT_DECREED IKU1:  90.2 %",
                                  "KEY_INDICATOR_NOT_PLANNED IKU9: Persentase "));
}

}  // namespace
}  // namespace sakip::plan
