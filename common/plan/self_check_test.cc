// Each test makes one document that does not fit in itself.
#include "common/plan/self_check.h"

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
using ::testing::SizeIs;
using testing::Texts;

template <typename Plan>
std::vector<std::string> Noted(const Plan& plan) {
  Findings findings;
  NoteSelf(plan, findings);
  return Texts(std::move(findings));
}

SubActivity MakeSubActivity(const std::string& code, absl::string_view target,
                            absl::string_view budget) {
  SubActivity sub_activity;
  sub_activity.code = code;
  sub_activity.indicators = {MakeIndicator(code, target)};
  sub_activity.indicators[0].name = absl::StrCat("Keluaran ", code);
  sub_activity.budget = D(budget);
  return sub_activity;
}

AnnualPlan MakePlan(std::vector<SubActivity> sub_activities) {
  AnnualPlan plan;
  plan.ref = MakeRef("annualPlans", 1, absl::CivilDay(2023, 1, 1), 0);
  Activity activity{"K1", "Kegiatan", {}, std::move(sub_activities)};
  plan.objectives = {{"S1", "Sasaran", {}, {{"P1", "Program", {}, {activity}}}}};
  return plan;
}

TEST(NoteSelfOfAnnualPlan, OneOutputUnderTwoSubActivities) {
  SubActivity first = MakeSubActivity("SK1", "1500", "1");
  SubActivity second = MakeSubActivity("SK2", "1500", "1");
  first.indicators[0].name = "Jumlah PSKS";
  second.indicators[0].name = "jumlah psks";
  EXPECT_THAT(Noted(MakePlan({first, second})),
              ElementsAre("OUTPUT_REPEATED SK2: Jumlah PSKS: 1500 orang jumlah psks: 1500 orang"));

  second.indicators[0].target.unit = "Orang";
  EXPECT_THAT(Noted(MakePlan({first, second})), SizeIs(1));
  second.indicators[0].target_upper = {D("2000"), "orang"};
  EXPECT_THAT(Noted(MakePlan({first, second})), IsEmpty());
  first.indicators[0].target_upper = {D("2000"), "Orang"};
  EXPECT_THAT(Noted(MakePlan({first, second})), SizeIs(1));
  first.indicators[0].target_upper = {D("1800"), "orang"};
  EXPECT_THAT(Noted(MakePlan({first, second})), IsEmpty());
  first.indicators[0].target_upper.reset();
  second.indicators[0].target_upper.reset();

  second.indicators[0].target.value = D("1499");
  EXPECT_THAT(Noted(MakePlan({first, second})), IsEmpty());
  // What one sub-activity counts twice is its own affair.
  first.indicators.push_back(first.indicators[0]);
  EXPECT_THAT(Noted(MakePlan({first})), IsEmpty());
}

TEST(NoteSelfOfAnnualPlan, MoneyWithoutTargetAndTargetWithoutMoney) {
  EXPECT_THAT(Noted(MakePlan({MakeSubActivity("SK1", "0", "24000000")})),
              ElementsAre("BUDGET_WITHOUT_TARGET SK1: 24000000 Rp 0 orang"));
  EXPECT_THAT(Noted(MakePlan({MakeSubActivity("SK1", "1", "0")})),
              ElementsAre("TARGET_WITHOUT_BUDGET SK1: 0 Rp 1 orang"));
  EXPECT_THAT(Noted(MakePlan({MakeSubActivity("SK1", "0", "0")})), IsEmpty());

  SubActivity of_two = MakeSubActivity("SK1", "0", "1");
  of_two.indicators.push_back(MakeIndicator("SK1.2", "3"));
  EXPECT_THAT(Noted(MakePlan({of_two})), IsEmpty());
  SubActivity of_none = MakeSubActivity("SK1", "0", "1");
  of_none.indicators.clear();
  EXPECT_THAT(Noted(MakePlan({of_none})), IsEmpty());
}

TEST(NoteSelfOfActionPlan, QuartersInAnotherUnitThanTheirYear) {
  ActionPlan plan;
  plan.ref = MakeRef("actionPlans", 1, absl::CivilDay(2023, 1, 1), 0);
  plan.lines = {{"SK1", {D("100"), "%"}, {{1, {D("15"), "TMP"}}, {4, {D("15"), "TMP"}}}},
                {"SK2", {D("8"), "Lembaga"}, {{2, {D("8"), "lembaga"}}}}};
  EXPECT_THAT(Noted(plan), ElementsAre("ACTION_PLAN_QUARTER_UNIT_DIFFERS SK1: 15 TMP 100 %"));
}

class AgreementSelfTest : public ::testing::Test {
 protected:
  AgreementSelfTest() {
    agreement_.ref = MakeRef("performanceAgreements", 1, absl::CivilDay(2023, 1, 1), 0);
    agreement_.first_party = "Kepala Dinas Sosial";
    agreement_.second_party = "Bupati Jember";
    agreement_.signing_date = "2023-11-21";
  }

  Agreement agreement_;
};

TEST_F(AgreementSelfTest, NobodySignedIt) {
  EXPECT_THAT(Noted(agreement_), IsEmpty());
  agreement_.second_party.clear();
  agreement_.signing_date.clear();
  Findings findings;
  NoteSelf(agreement_, findings);
  const std::vector<Finding> noted = std::move(findings).Take();
  ASSERT_EQ(noted.size(), 1u);
  EXPECT_EQ(noted[0].code, "AGREEMENT_NOT_SIGNED");
  EXPECT_EQ(noted[0].figures[0].location,
            absl::StrCat(agreement_.ref.Versioned(), " second_party, signing_date"));
}

TEST_F(AgreementSelfTest, PartsThatDoNotMakeABudget) {
  agreement_.program_budgets = {{"P1", D("100"), {MakePart("DAU", "60"), MakePart("PAD", "40")}},
                                {"P2", D("50"), {MakePart("DAU", "49")}}};
  agreement_.stated_budget_parts = {MakePart("DAU", "150")};
  EXPECT_THAT(Noted(agreement_), ElementsAre("BUDGET_PARTS_DIFFER P2: 49 Rp 50 Rp"));
  agreement_.program_budgets[1].budget_parts.clear();
  agreement_.stated_budget = D("151");
  EXPECT_THAT(Noted(agreement_), ElementsAre(absl::StrCat("BUDGET_PARTS_DIFFER ",
                                                          agreement_.ref.name, ": 150 Rp 151 Rp")));
}

StrategicPlan MakeStrategicPlan(uint32_t revision, std::map<int, Measure> targets) {
  StrategicPlan plan;
  plan.ref = MakeRef("strategicPlans", revision, absl::CivilDay(2023, 1, 1), revision);
  plan.first_year = 2021;
  plan.last_year = 2024;
  plan.targets["IKU1"] = targets;
  plan.goals = {{"T1", "Tujuan", {}, {{"S1", "Sasaran", {{"IKU1", "PSKS", targets}}}}, "R"}};
  return plan;
}

TEST(NoteSelfOfStrategicPlan, YearsWithoutATarget) {
  const Measure target{D("80"), "%"};
  EXPECT_THAT(Noted(MakeStrategicPlan(1, {{2021, target}, {2024, target}})),
              ElementsAre("STRATEGIC_TARGET_MISSING IKU1: 2021, 2024 2022, 2023"));
  EXPECT_THAT(
      Noted(MakeStrategicPlan(1, {{2021, target}, {2022, target}, {2023, target}, {2024, target}})),
      IsEmpty());
  // None at all is another finding.
  EXPECT_THAT(Noted(MakeStrategicPlan(1, {})), IsEmpty());
}

TEST(NoteRetroactiveTargets, AreThoseThatWereNotPromisedThen) {
  const StrategicPlan before = MakeStrategicPlan(1, {{2021, {D("80"), "%"}}});
  const auto noted = [&](const StrategicPlan& after, int year) {
    Findings findings;
    NoteRetroactiveTargets(after, before, year, findings);
    return Texts(std::move(findings));
  };
  EXPECT_THAT(noted(MakeStrategicPlan(2, {{2021, {D("80.0"), "%"}}}), 2021), IsEmpty());
  EXPECT_THAT(noted(MakeStrategicPlan(2, {{2021, {D("79"), "%"}}}), 2021),
              ElementsAre("STRATEGIC_TARGET_RETROACTIVE IKU1: 79 % 80 %"));
  EXPECT_THAT(noted(MakeStrategicPlan(2, {{2021, {D("80"), "orang"}}}), 2021),
              ElementsAre("STRATEGIC_TARGET_RETROACTIVE IKU1: 80 orang 80 %"));
  EXPECT_THAT(noted(MakeStrategicPlan(2, {{2022, {D("80"), "%"}}}), 2022),
              ElementsAre("STRATEGIC_TARGET_RETROACTIVE IKU1: 80 % "));
}

}  // namespace
}  // namespace sakip::plan
