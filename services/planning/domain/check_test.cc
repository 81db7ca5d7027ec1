// Each test changes one thing of what is accepted and names the field that is then wrong.
#include "services/planning/domain/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "services/planning/domain/testing/document_builder.h"

namespace sakip::planning {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;

constexpr char kTurned[] =
    "\xE2\x80\xAE"
    "nial";

Agency ValidAgency() {
  return {"regions/35.09/agencies/dinsos",
          "Dinas Sosial Kabupaten Jember",
          "Pemerintah Kabupaten Jember",
          {{"rehsos", "Bidang Rehabilitasi Sosial"}, {"sekretariat", "Sekretariat"}}};
}

TEST(CheckAgency, AcceptsAnAgency) { EXPECT_THAT(CheckAgency(ValidAgency()), IsOk()); }

TEST(CheckAgency, RefusesNamesOfOtherThings) {
  for (const char* name :
       {"", "regions/35.09", "regions/-/agencies/dinsos", "regions/35.9/agencies/dinsos",
        "regions/35.09/agencies/Dinsos", "regions/35.09/agencies/9dinsos",
        "regions/35.09/agencies/dinsos/annualPlans/2023", "regions/35.09/agencies/dinsos/"}) {
    Agency agency = ValidAgency();
    agency.name = name;
    EXPECT_THAT(WrongFields(CheckAgency(agency)), ElementsAre("agency.name")) << name;
  }
}

TEST(CheckAgency, RefusesNamesThatReadOtherwiseThanTheyAreStored) {
  for (const std::string& text : {std::string(), std::string("a\nb"), std::string(kTurned)}) {
    Agency agency = ValidAgency();
    agency.display_name = text;
    agency.government = text;
    agency.units[1].display_name = text;
    EXPECT_THAT(
        WrongFields(CheckAgency(agency)),
        ElementsAre("agency.display_name", "agency.government", "agency.units[1].display_name"));
  }
}

TEST(CheckAgency, ItsNameHasAtMost200Characters) {
  Agency agency = ValidAgency();
  agency.display_name = std::string(200, 'a');
  EXPECT_THAT(CheckAgency(agency), IsOk());
  agency.display_name += 'a';
  EXPECT_THAT(WrongFields(CheckAgency(agency)), ElementsAre("agency.display_name"));
}

TEST(CheckAgency, RefusesRepeatedAndMalformedUnits) {
  Agency agency = ValidAgency();
  agency.units[1].code = "rehsos";
  EXPECT_THAT(WrongFields(CheckAgency(agency)), ElementsAre("agency.units[1].code"));
  agency.units[1].code = "Sekretariat";
  EXPECT_THAT(WrongFields(CheckAgency(agency)), ElementsAre("agency.units[1].code"));
}

TEST(CheckDocument, AcceptsDocumentsOfEveryKind) {
  for (const Document& document :
       {ValidAnnualPlan(), ValidStrategicPlan(), ValidAgreement(), ValidActionPlan()}) {
    EXPECT_THAT(CheckDocument(document), IsOk()) << document.name;
  }
}

TEST(CheckDocument, RefusesADocumentWithoutContent) {
  Document document = ValidAnnualPlan();
  document.content = std::monostate();
  EXPECT_THAT(WrongFields(document), ElementsAre("document.content"));
}

TEST(CheckDocument, RefusesNamesThatDoNotFitTheContent) {
  for (const char* name : {"regions/35.09/agencies/dinsos", "regions/35.09", "",
                           "regions/35.09/agencies/dinsos/annualPlans/2024",
                           "regions/35.09/agencies/dinsos/annualPlans/2023-2023",
                           "regions/35.09/agencies/dinsos/annualPlans/23",
                           "regions/35.09/agencies/dinsos/actionPlans/2023",
                           "regions/35.09/agencies/dinsos/plans/2023"}) {
    Document document = ValidAnnualPlan();
    document.name = name;
    EXPECT_THAT(WrongFields(document), ElementsAre("document.name")) << name;
  }
  Document document = ValidStrategicPlan();
  document.name = "regions/35.09/agencies/dinsos/strategicPlans/2021-2025";
  EXPECT_THAT(WrongFields(document), ElementsAre("document.name"));
}

TEST(CheckDocument, RefusesDaysThatDoNotExist) {
  for (const char* date : {"", "2023-02-29", "2023-1-1", "21-11-2023", "2023-11-21T00:00:00Z",
                           " 2023-11-21", "2023-11-31"}) {
    Document document = ValidAnnualPlan();
    document.effective_date = date;
    EXPECT_THAT(WrongFields(document), ElementsAre("document.effective_date")) << date;
  }
}

TEST(CheckDocument, RefusesYearsOutOfRange) {
  for (const int year : {0, 1999, 2101, -2023}) {
    Document document = ValidAnnualPlan();
    Plan(document).year = year;
    EXPECT_THAT(WrongFields(document), ElementsAre("document.name", "document.annual_plan.year"));
  }
}

TEST(CheckDocument, RefusesAReasonThatReadsOtherwiseThanItIsStored) {
  for (const std::string& reason :
       {std::string(kTurned), std::string("a\0b", 3), std::string("\xFF")}) {
    Document document = ValidAnnualPlan();
    document.reason = reason;
    EXPECT_THAT(WrongFields(document), ElementsAre("document.reason"));
  }
}

class StrategicPlanCheckTest : public ::testing::Test {
 protected:
  static constexpr char kIndicator[] =
      "document.strategic_plan.goals[0].objectives[0].indicators[0]";
  Document document_ = ValidStrategicPlan();
};

TEST_F(StrategicPlanCheckTest, RefusesTargetsOutsideItsYears) {
  TheStrategicIndicator(document_).targets[0].first = 2020;
  TheStrategicIndicator(document_).targets[1].first = 2027;
  EXPECT_THAT(WrongFields(document_), ElementsAre(absl::StrCat(kIndicator, ".targets[0].year"),
                                                  absl::StrCat(kIndicator, ".targets[1].year")));
}

TEST_F(StrategicPlanCheckTest, RefusesARepeatedYear) {
  TheStrategicIndicator(document_).targets[1].first = 2021;
  EXPECT_THAT(WrongFields(document_), ElementsAre(absl::StrCat(kIndicator, ".targets[1].year")));
}

TEST_F(StrategicPlanCheckTest, RefusesAMissingTarget) {
  TheStrategicIndicator(document_).targets[1].second.reset();
  EXPECT_THAT(WrongFields(document_), ElementsAre(absl::StrCat(kIndicator, ".targets[1].target")));
}

TEST_F(StrategicPlanCheckTest, RunsForAtMostTenYears) {
  StrategicPlan& plan = Strategic(document_);
  const auto set_years = [&](int first, int last) {
    plan.first_year = first;
    plan.last_year = last;
    document_.name =
        absl::StrCat("regions/35.09/agencies/dinsos/strategicPlans/", first, "-", last);
    TheStrategicIndicator(document_).targets.clear();
  };
  set_years(2021, 2030);
  EXPECT_THAT(WrongFields(document_), IsEmpty());
  set_years(2021, 2021);
  EXPECT_THAT(WrongFields(document_), IsEmpty());
  set_years(2021, 2031);
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.strategic_plan.last_year"));
  set_years(2021, 2020);
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.strategic_plan.last_year"));
}

TEST_F(StrategicPlanCheckTest, SurvivesYearsAtTheEdgeOfTheType) {
  Strategic(document_).first_year = 2147483647;
  Strategic(document_).last_year = 2147483647;
  EXPECT_THAT(WrongFields(document_), ::testing::Contains("document.strategic_plan.first_year"));
}

TEST_F(StrategicPlanCheckTest, RefusesRepeatedCodesAtEachLevel) {
  StrategicGoal second = Strategic(document_).goals[0];
  Strategic(document_).goals.push_back(second);
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.strategic_plan.goals[1].code",
                          "document.strategic_plan.goals[1].objectives[0].code",
                          "document.strategic_plan.goals[1].objectives[0].indicators[0].code"));
}

TEST_F(StrategicPlanCheckTest, HasAGoal) {
  Strategic(document_).goals.clear();
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.strategic_plan.goals"));
}

class AgreementCheckTest : public ::testing::Test {
 protected:
  Document document_ = ValidAgreement();
};

TEST_F(AgreementCheckTest, SigningDateIsOptionalButADay) {
  Agreement(document_).signing_date.clear();
  EXPECT_THAT(WrongFields(document_), IsEmpty());
  Agreement(document_).signing_date = "2 Januari 2023";
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.performance_agreement.signing_date"));
}

TEST_F(AgreementCheckTest, RefusesRepeatedIndicatorsAndPrograms) {
  Agreement(document_).targets[1].first = "IKU1";
  Agreement(document_).program_budgets[1].program_code = "P1";
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.performance_agreement.targets[1].indicator_code",
                          "document.performance_agreement.program_budgets[1].program_code"));
}

TEST_F(AgreementCheckTest, RefusesWrongValues) {
  Agreement(document_).targets[0].second.reset();
  Agreement(document_).targets[1].second->value = "-1";
  Agreement(document_).program_budgets[0].budget = "";
  Agreement(document_).stated_budget = "1.500";
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.performance_agreement.targets[0].target",
                          "document.performance_agreement.targets[1].target.value",
                          "document.performance_agreement.program_budgets[0].budget",
                          "document.performance_agreement.stated_budget"));
}

TEST_F(AgreementCheckTest, HasATarget) {
  Agreement(document_).targets.clear();
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.performance_agreement.targets"));
}

class ActionPlanCheckTest : public ::testing::Test {
 protected:
  Document document_ = ValidActionPlan();
};

TEST_F(ActionPlanCheckTest, RefusesQuartersThatAreNone) {
  for (const int quarter : {0, 5, -1}) {
    Action(document_).lines[0].quarters[1].first = quarter;
    EXPECT_THAT(WrongFields(document_),
                ElementsAre("document.action_plan.lines[0].quarters[1].quarter"));
  }
}

TEST_F(ActionPlanCheckTest, RefusesARepeatedQuarter) {
  Action(document_).lines[0].quarters[1].first = 1;
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.action_plan.lines[0].quarters[1].quarter"));
}

TEST_F(ActionPlanCheckTest, RefusesMissingTargets) {
  Action(document_).lines[0].quarters[1].second.reset();
  Action(document_).lines[1].year_target.reset();
  EXPECT_THAT(WrongFields(document_),
              ElementsAre("document.action_plan.lines[0].quarters[1].target",
                          "document.action_plan.lines[1].year_target"));
}

TEST_F(ActionPlanCheckTest, RefusesARepeatedIndicator) {
  Action(document_).lines[1].indicator_code = "SK1.1";
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.action_plan.lines[1].indicator_code"));
}

TEST_F(ActionPlanCheckTest, HasAtLeastOneLine) {
  Action(document_).lines.clear();
  EXPECT_THAT(WrongFields(document_), ElementsAre("document.action_plan.lines"));
}

}  // namespace
}  // namespace sakip::planning
