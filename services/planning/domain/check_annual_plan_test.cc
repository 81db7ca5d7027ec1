// Each test changes one thing of a plan that is accepted and names the field that is then wrong.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "services/planning/domain/check.h"
#include "services/planning/domain/testing/document_builder.h"

namespace sakip::planning {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;

constexpr char kPlan[] = "document.annual_plan";
constexpr char kObjective[] = "document.annual_plan.objectives[0]";
constexpr char kKeyIndicator[] = "document.annual_plan.objectives[0].indicators[0]";
constexpr char kActivity[] = "document.annual_plan.objectives[0].programs[0].activities[0]";

std::string In(const char* path, const char* field) { return absl::StrCat(path, ".", field); }

class AnnualPlanCheckTest : public ::testing::Test {
 protected:
  Document document_ = ValidAnnualPlan();
};

TEST_F(AnnualPlanCheckTest, AcceptsAPlan) {
  EXPECT_THAT(CheckDocument(document_), IsOk());
  Plan(document_).stated_budget = "2000000.25";
  TheActivity(document_).sub_activities.clear();
  EXPECT_THAT(CheckDocument(document_), IsOk());
}

TEST_F(AnnualPlanCheckTest, IsInvalidFieldWithEveryFieldAtFault) {
  TheObjective(document_).display_name.clear();
  KeyIndicator(document_).target->value = "90,2";
  FirstSubActivity(document_).budget = "1.000.000";

  EXPECT_THAT(CheckDocument(document_),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(WrongFields(document_),
              ElementsAre(In(kObjective, "display_name"), In(kKeyIndicator, "target.value"),
                          In(kActivity, "sub_activities[0].budget")));
}

TEST_F(AnnualPlanCheckTest, ResponsibleUnitsAreCodes) {
  KeyIndicator(document_).responsible_units = {"rehsos", "Bidang Rehabilitasi", ""};
  FirstSubActivity(document_).responsible_unit = "Bidang Rehabilitasi";
  EXPECT_THAT(WrongFields(document_),
              ElementsAre(In(kKeyIndicator, "responsible_units[1]"),
                          In(kKeyIndicator, "responsible_units[2]"),
                          In(kActivity, "sub_activities[0].responsible_unit")));
  KeyIndicator(document_).responsible_units = {"rehsos"};
  FirstSubActivity(document_).responsible_unit = "rehsos";
  EXPECT_THAT(WrongFields(document_), IsEmpty());
}

TEST_F(AnnualPlanCheckTest, RefusesAMissingTarget) {
  KeyIndicator(document_).target.reset();
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target")));
}

TEST_F(AnnualPlanCheckTest, RefusesATargetWithoutUnit) {
  for (const char* unit : {"", "\xE2\x80\xAE%", "or\nang", "\xFF"}) {
    KeyIndicator(document_).target->unit = unit;
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target.unit"))) << unit;
  }
  KeyIndicator(document_).target->unit = std::string(65, 'x');
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target.unit")));
}

TEST_F(AnnualPlanCheckTest, RefusesATargetThatIsNoDecimal) {
  for (const char* value : {"", "90,2", "-1", "-0.000000001", "1e3", "90.2%", " 90", "1.", ".5",
                            "1234567890123456789", "0.1234567890"}) {
    KeyIndicator(document_).target->value = value;
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target.value"))) << value;
  }
  for (const char* value : {"0", "-0", "999999999999999999.999999999", "007"}) {
    KeyIndicator(document_).target->value = value;
    EXPECT_THAT(WrongFields(document_), IsEmpty()) << value;
  }
}

TEST_F(AnnualPlanCheckTest, RefusesTargetsOfEveryLevel) {
  TheProgram(document_).indicators[0].target.reset();
  TheActivity(document_).indicators[0].target.reset();
  FirstSubActivity(document_).indicators[0].target.reset();

  EXPECT_THAT(WrongFields(document_),
              ElementsAre(In(kObjective, "programs[0].indicators[0].target"),
                          In(kActivity, "indicators[0].target"),
                          In(kActivity, "sub_activities[0].indicators[0].target")));
}

TEST_F(AnnualPlanCheckTest, RefusesRepeatedObjectives) {
  Objective second = TheObjective(document_);
  second.indicators = {ValidIndicator("IKU2")};
  second.programs.clear();
  Plan(document_).objectives.push_back(second);
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.annual_plan.objectives[1].code"));
}

TEST_F(AnnualPlanCheckTest, RefusesRepeatedPrograms) {
  TheObjective(document_).programs.push_back({"P1", "Lain", {}, {}});
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kObjective, "programs[1].code")));
}

TEST_F(AnnualPlanCheckTest, RefusesRepeatedActivitiesAlsoOfAnotherProgram) {
  TheObjective(document_).programs.push_back({"P2", "Lain", {}, {{"K1", "Lain", {}, {}}}});
  EXPECT_THAT(WrongFields(document_),
              ElementsAre(In(kObjective, "programs[1].activities[0].code")));
}

TEST_F(AnnualPlanCheckTest, RefusesRepeatedSubActivities) {
  TheActivity(document_).sub_activities[1].code = "SK1";
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kActivity, "sub_activities[1].code")));
}

TEST_F(AnnualPlanCheckTest, RefusesIndicatorsRepeatedAtAnotherLevel) {
  FirstSubActivity(document_).indicators[0].code = "IKU1";
  EXPECT_THAT(WrongFields(document_),
              ElementsAre(In(kActivity, "sub_activities[0].indicators[0].code")));
}

TEST_F(AnnualPlanCheckTest, LevelsMayShareCodesAndSubActivitiesNames) {
  TheProgram(document_).code = "S1";
  TheActivity(document_).code = "S1";
  KeyIndicator(document_).code = "S1";
  EXPECT_THAT(WrongFields(document_), IsEmpty());
}

TEST_F(AnnualPlanCheckTest, RefusesMalformedCodes) {
  for (const std::string& code : {std::string(), std::string("a b"), std::string("a/b"),
                                  std::string("\xC3\xA9"), std::string(65, 'a')}) {
    FirstSubActivity(document_).code = code;
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kActivity, "sub_activities[0].code")))
        << code;
  }
  FirstSubActivity(document_).code = "1.06.02_2-01" + std::string(52, 'a');
  EXPECT_THAT(WrongFields(document_), IsEmpty());
}

TEST_F(AnnualPlanCheckTest, RefusesNamesThatReadOtherwiseThanTheyAreStored) {
  for (const std::string& name :
       {std::string(), std::string("a\tb"), std::string("a\0b", 3), std::string("a\x7F"),
        std::string("\xE2\x80\xAE"
                    "abc"),
        std::string("a\xE2\x80\x8F"),
        std::string("\xE2\x81\xA6"
                    "a"),
        std::string("\xC2\x85"), std::string("\xED\xA0\x80"), std::string("\xC0\xAF"),
        std::string(501, 'a')}) {
    TheObjective(document_).display_name = name;
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kObjective, "display_name"))) << name;
  }
  std::string letters;  // 500 characters of two bytes.
  for (int i = 0; i < 500; ++i) letters += "\xC3\xA9";
  TheObjective(document_).display_name = letters;
  EXPECT_THAT(WrongFields(document_), IsEmpty());
}

TEST_F(AnnualPlanCheckTest, RefusesSharesWithoutChildren) {
  KeyIndicator(document_).formula = Formula::kShareMet;
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "children")));
}

TEST_F(AnnualPlanCheckTest, RefusesChildrenOfWhatIsNoShare) {
  KeyIndicator(document_).children = {"SK1.1"};
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "children")));
}

TEST_F(AnnualPlanCheckTest, AShareCountsIndicatorsOfItsPlanOnce) {
  Indicator& share = KeyIndicator(document_);
  share.formula = Formula::kShareMet;
  share.children = {"SK1.1", "SK2.1"};  // They come later in the plan.
  EXPECT_THAT(WrongFields(document_), IsEmpty());

  share.children = {"SK1.1", "SK9.1"};
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "children[1]")));
  share.children = {"SK1.1", "SK2.1", "SK1.1"};
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "children[2]")));
  share.children = {"IKU1"};
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "children[0]")));
}

TEST_F(AnnualPlanCheckTest, AShareCountsNoShare) {
  Indicator& share = KeyIndicator(document_);
  share.formula = Formula::kShareMet;
  share.children = {"P1.1"};
  Indicator& other = TheProgram(document_).indicators[0];
  other.formula = Formula::kShareMet;
  other.children = {"SK1.1"};
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "children[0]")));
}

TEST_F(AnnualPlanCheckTest, ARangeNeedsAnUpperBoundOfTheSameUnit) {
  for (const Formula formula : {Formula::kRange, Formula::kRangeNegative}) {
    Indicator& indicator = KeyIndicator(document_);
    indicator.formula = formula;
    indicator.target_upper.reset();
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target_upper")));
    indicator.target_upper = Measure{"90.1", "orang"};
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target_upper.value")));
    indicator.target_upper = Measure{"90,3", "orang"};
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target_upper.value")));
    indicator.target_upper = Measure{"95", "%"};
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target_upper.unit")));
    indicator.target_upper = Measure{"90.20", "orang"};
    EXPECT_THAT(WrongFields(document_), IsEmpty());
  }
}

// The contract calls units equal letter case aside.
TEST_F(AnnualPlanCheckTest, UnitsOfARangeAreEqualLetterCaseAside) {
  Indicator& indicator = KeyIndicator(document_);
  indicator.formula = Formula::kRange;
  indicator.target_upper = Measure{"95", "Orang"};
  EXPECT_THAT(WrongFields(document_), IsEmpty());
}

TEST_F(AnnualPlanCheckTest, AnUpperBoundBelongsToARange) {
  KeyIndicator(document_).target_upper = Measure{"95", "orang"};
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "target_upper")));
}

TEST_F(AnnualPlanCheckTest, RefusesWeightsThatAreNotPositive) {
  for (const char* weight : {"0", "-1", "0.0", "x", "1,5"}) {
    KeyIndicator(document_).weight = weight;
    EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "weight"))) << weight;
  }
  KeyIndicator(document_).weight = "0.000000001";
  EXPECT_THAT(WrongFields(document_), IsEmpty());
}

TEST_F(AnnualPlanCheckTest, ARatioNamesBothItsCounts) {
  KeyIndicator(document_).ratio = RatioDefinition{"", ""};
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kKeyIndicator, "ratio.numerator"),
                                                  In(kKeyIndicator, "ratio.denominator")));
}

TEST_F(AnnualPlanCheckTest, RefusesBudgetsThatAreNoRupiah) {
  const std::string path = In(kActivity, "sub_activities[0].budget");
  for (const char* budget : {"", "1,000", "1.500", "-1", "Rp100", "1234567890123456789"}) {
    FirstSubActivity(document_).budget = budget;
    EXPECT_THAT(WrongFields(document_), ElementsAre(path)) << budget;
  }
}

TEST_F(AnnualPlanCheckTest, BudgetsAddUpToEighteenDigits) {
  FirstSubActivity(document_).budget = "999999999999999999.98";
  TheActivity(document_).sub_activities[1].budget = "0.01";
  EXPECT_THAT(WrongFields(document_), IsEmpty());

  TheActivity(document_).sub_activities[1].budget = "1";
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kActivity, "sub_activities[1].budget")));
  // It is said once.
  TheActivity(document_).sub_activities.push_back(ValidSubActivity("SK3"));
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kActivity, "sub_activities[1].budget")));
}

TEST_F(AnnualPlanCheckTest, RefusesAStatedBudgetThatIsNoRupiah) {
  Plan(document_).stated_budget = "-1";
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kPlan, "stated_budget")));
}

TEST_F(AnnualPlanCheckTest, HasAnObjective) {
  Plan(document_).objectives.clear();
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kPlan, "objectives")));
}

TEST_F(AnnualPlanCheckTest, AnObjectiveHasAKeyIndicator) {
  TheObjective(document_).indicators.clear();
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kObjective, "indicators")));
}

TEST_F(AnnualPlanCheckTest, HasAtMostTenThousandSubActivities) {
  for (int i = 3; i <= 10000; ++i) {
    TheActivity(document_).sub_activities.push_back({absl::StrCat("SK", i), "Sub", {}, "0"});
  }
  EXPECT_THAT(WrongFields(document_), IsEmpty());

  TheActivity(document_).sub_activities.push_back({"SK10001", "Sub", {}, "0"});
  EXPECT_THAT(WrongFields(document_), ElementsAre(In(kPlan, "objectives")));
}

}  // namespace
}  // namespace sakip::planning
