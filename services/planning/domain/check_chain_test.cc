// What leads from the region's promises to the agency's, and what says who and with which money:
// each test changes one thing of what is accepted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/planning/domain/check.h"
#include "services/planning/domain/testing/document_builder.h"

namespace sakip::planning {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RegionalChainTest : public ::testing::Test {
 protected:
  RegionalChainTest() {
    RegionalGoal goal{"M1.T1", "Tujuan daerah", {}, {{"M1.S1", "Sasaran daerah", {}}}};
    Strategic(document_).regional_missions = {{"M1", "Misi", {goal}}};
    Strategic(document_).goals[0].regional_objective_code = "M1.S1";
  }

  RegionalMission& mission() { return Strategic(document_).regional_missions[0]; }

  Document document_ = ValidStrategicPlan();
};

TEST_F(RegionalChainTest, IsAccepted) { EXPECT_THAT(WrongFields(document_), IsEmpty()); }

TEST_F(RegionalChainTest, AGoalServesARegionalObjectiveOfThePlanOrNone) {
  Strategic(document_).goals[0].regional_objective_code = "M1.T1";
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.strategic_plan.goals[0].regional_objective_code"));
  Strategic(document_).goals[0].regional_objective_code.clear();
  EXPECT_THAT(WrongFields(document_), IsEmpty());
}

TEST_F(RegionalChainTest, CodesAreUniqueOnEachLevel) {
  mission().goals.push_back(mission().goals[0]);
  Strategic(document_).regional_missions.push_back({"M1", "Misi", {}});
  EXPECT_THAT(
      WrongFields(document_),
      ElementsAre("document.strategic_plan.regional_missions[0].goals[1].code",
                  "document.strategic_plan.regional_missions[0].goals[1].objectives[0].code",
                  "document.strategic_plan.regional_missions[1].code"));
}

TEST_F(RegionalChainTest, NamesAreNeeded) {
  mission().display_name.clear();
  mission().goals[0].display_name = "a\nb";
  mission().goals[0].objectives[0].display_name.clear();
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.strategic_plan.regional_missions[0].display_name",
                          "document.strategic_plan.regional_missions[0].goals[0].display_name",
                          "document.strategic_plan.regional_missions[0].goals[0].objectives[0]"
                          ".display_name"));
}

class DecreeTest : public ::testing::Test {
 protected:
  DecreeTest() {
    document_.name = "regions/35.09/agencies/dinsos/keyIndicatorDecrees/2023";
    document_.effective_date = "2023-01-03";
    DecreedIndicator indicator{"IKU1", "Persentase", "S1", "a / b x 100",
                               RatioDefinition{"a", "b"}};
    document_.content = KeyIndicatorDecree{2023, "800/1365", "2023-01-03", {indicator}};
  }

  KeyIndicatorDecree& decree() { return std::get<KeyIndicatorDecree>(document_.content); }

  Document document_;
};

TEST_F(DecreeTest, IsAccepted) { EXPECT_THAT(WrongFields(document_), IsEmpty()); }

TEST_F(DecreeTest, NeedsNumberDateAndIndicators) {
  decree().decree_number.clear();
  decree().decree_date = "3 Januari 2023";
  decree().indicators.clear();
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.key_indicator_decree.decree_number",
                                                  "document.key_indicator_decree.decree_date",
                                                  "document.key_indicator_decree.indicators"));
}

TEST_F(DecreeTest, AnIndicatorComesOnceAndItsQuotientIsWhole) {
  decree().indicators.push_back(decree().indicators[0]);
  decree().indicators[0].ratio->denominator.clear();
  decree().indicators[0].objective_code = "S 1";
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.key_indicator_decree.indicators[0].objective_code",
                          "document.key_indicator_decree.indicators[0].ratio.denominator",
                          "document.key_indicator_decree.indicators[1].indicator_code"));
}

TEST_F(DecreeTest, ResponsibleUnitsAreCodes) {
  decree().indicators[0].responsible_units = {"rehsos", "a b"};
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.key_indicator_decree.indicators[0].responsible_units[1]"));
}

TEST_F(DecreeTest, ItsNameIsOfItsCollectionAndYear) {
  document_.name = "regions/35.09/agencies/dinsos/annualPlans/2023";
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.name"));
  document_.name = "regions/35.09/agencies/dinsos/keyIndicatorDecrees/2024";
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.name"));
}

TEST(BudgetParts, AreCheckedWhereverTheyStand) {
  Document document = ValidAnnualPlan();
  FirstSubActivity(document).budget_parts = {{1, "DBHCHT", "600000"}, {2, "DBHCHT", "400000"}};
  Plan(document).stated_budget_parts = {{1, "", "1"}, {2, "", "0"}};
  EXPECT_THAT(WrongFields(document), IsEmpty());

  FirstSubActivity(document).budget_parts[1].expenditure_kind = 1;
  Plan(document).stated_budget_parts[0].amount = "-1";
  Plan(document).stated_budget_parts[1].expenditure_kind = 9;
  const std::string sub =
      "document.annual_plan.objectives[0].programs[0].activities[0].sub_activities[0]";
  EXPECT_THAT(WrongFields(document),
              ElementsAre(sub + ".budget_parts[1].funding_source",
                          "document.annual_plan.stated_budget_parts[0].amount",
                          "document.annual_plan.stated_budget_parts[1].expenditure_kind"));
}

class AgencyPartsTest : public ::testing::Test {
 protected:
  AgencyPartsTest() {
    agency_.name = "regions/35.09/agencies/dinsos";
    agency_.display_name = "Dinas Sosial";
    agency_.government = "Pemerintah Kabupaten Jember";
    agency_.predecessors = {{"regions/35.09/agencies/dinsosnaker", "2017-01-01"}};
    agency_.staffing = Staffing{"2023-12-31", {{"jabatan", {{"Kepala Dinas", 1, 0}}}}};
  }

  std::vector<std::string> Wrong() const { return WrongFields(CheckAgency(agency_)); }

  Agency agency_;
};

TEST_F(AgencyPartsTest, AreAccepted) { EXPECT_THAT(Wrong(), IsEmpty()); }

TEST_F(AgencyPartsTest, APredecessorIsAnotherAgencyNamedOnceWithADay) {
  agency_.predecessors.push_back(agency_.predecessors[0]);
  agency_.predecessors.push_back({agency_.name, "2017-01-01"});
  agency_.predecessors.push_back({"regions/35.09", "2017-13-01"});
  EXPECT_THAT(Wrong(), ElementsAre("agency.predecessors[1].agency", "agency.predecessors[2].agency",
                                   "agency.predecessors[3].agency",
                                   "agency.predecessors[3].succession_date"));
}

TEST_F(AgencyPartsTest, StaffAreCountedOnADayInTablesOfTheirOwn) {
  agency_.staffing->counted_on.clear();
  agency_.staffing->tables.push_back({"jabatan", {{"", 1, 0}, {"Sekretaris", -1, -1}}});
  EXPECT_THAT(Wrong(), ElementsAre("agency.staffing.counted_on", "agency.staffing.tables[1].title",
                                   "agency.staffing.tables[1].counts[0].category",
                                   "agency.staffing.tables[1].counts[1].civil_servants",
                                   "agency.staffing.tables[1].counts[1].others"));
}

}  // namespace
}  // namespace sakip::planning
