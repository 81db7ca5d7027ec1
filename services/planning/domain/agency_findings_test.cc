#include "services/planning/domain/agency_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/plan/testing/plan_builder.h"

namespace sakip::planning {
namespace {

using plan::testing::D;
using plan::testing::MakeIndicator;
using plan::testing::MakeRef;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `CODE subject: figures`, each figure with where it stands.
std::vector<std::string> Texts(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) {
    std::string text = absl::StrCat(finding.code, " ", finding.subject);
    for (const FindingFigure& figure : finding.figures) {
      absl::StrAppend(&text, " | ", figure.value, " @ ", figure.location);
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

Agency Dinsos() {
  Agency agency;
  agency.name = "regions/35.09/agencies/dinsos";
  agency.units = {{"rehsos", "Bidang Rehabilitasi Sosial"}};
  agency.head_office = "Kepala Dinas Sosial";
  agency.superior_office = "Bupati Jember";
  return agency;
}

std::vector<std::string> Noted(const plan::AnyPlan& plan, const Agency& agency) {
  Findings findings;
  NoteAgency(plan, agency, 3, findings);
  return Texts(std::move(findings).Take());
}

TEST(AgencyFindings, TablesThatCountDifferentStaff) {
  Agency agency = Dinsos();
  agency.staffing = Staffing{"2023-12-31",
                             {{"jabatan", {{"Kepala", 1, 0}, {"Staf", 23, 0}}},
                              {"golongan", {{"IIId", 26, 0}}},
                              {"pendidikan", {{"S1", 24, 62}}}}};
  EXPECT_THAT(Texts(AgencyFindings(agency, 3)),
              ElementsAre("STAFFING_SUM_DIFFERS civil_servants of golongan | 24 @ "
                          "regions/35.09/agencies/dinsos@3 staffing.tables[jabatan].civil_servants "
                          "| 26 @ regions/35.09/agencies/dinsos@3 "
                          "staffing.tables[golongan].civil_servants"));
}

TEST(NoteAgency, UnitsThatTheAgencyDoesNotHave) {
  plan::AnnualPlan annual_plan;
  annual_plan.ref = MakeRef("annualPlans", 1, absl::CivilDay(2023, 1, 1), 0);
  plan::SubActivity sub_activity{"SK1", "Alat bantu", {}, D("1"), {}, "", "rehsos"};
  plan::Activity activity{"K1", "Kegiatan", {}, {sub_activity}};
  plan::Indicator key = MakeIndicator("IKU1", "90.2", "%");
  key.responsible_units = {"rehsos"};
  annual_plan.objectives = {{"S1", "Sasaran", {key}, {{"P1", "Program", {}, {activity}}}}};
  EXPECT_THAT(Noted(annual_plan, Dinsos()), IsEmpty());

  plan::Objective& objective = annual_plan.objectives[0];
  objective.indicators[0].responsible_units.push_back("bencana");
  objective.programs[0].activities[0].sub_activities[0].responsible_unit = "linjamsos";
  EXPECT_THAT(
      Noted(annual_plan, Dinsos()),
      ElementsAre("ORG_UNIT_UNKNOWN bencana | bencana @ "
                  "regions/35.09/agencies/dinsos/annualPlans/2023@1 "
                  "indicators[IKU1].responsible_units |  @ regions/35.09/agencies/dinsos@3 has no "
                  "such unit",
                  "ORG_UNIT_UNKNOWN linjamsos | linjamsos @ "
                  "regions/35.09/agencies/dinsos/annualPlans/2023@1 "
                  "sub_activities[SK1].responsible_unit |  @ regions/35.09/agencies/dinsos@3 has "
                  "no such unit"));
  // One that says nothing of its units contradicts nothing.
  Agency without_units = Dinsos();
  without_units.units.clear();
  EXPECT_THAT(Noted(annual_plan, without_units), IsEmpty());
}

TEST(NoteAgency, UnitsOfADecree) {
  plan::KeyIndicatorDecree decree;
  decree.ref = MakeRef("keyIndicatorDecrees", 1, absl::CivilDay(2023, 1, 1), 0);
  decree.indicators = {{"IKU1", "Persentase", {}, {"rehsos", "uptd"}, "Bidang"}};
  EXPECT_THAT(Noted(decree, Dinsos()),
              ElementsAre("ORG_UNIT_UNKNOWN uptd | uptd @ "
                          "regions/35.09/agencies/dinsos/keyIndicatorDecrees/2023@1 "
                          "indicators[IKU1].responsible_units |  @ "
                          "regions/35.09/agencies/dinsos@3 has no such unit"));
}

TEST(NoteAgency, PartiesThatAreNotItsOffices) {
  plan::Agreement agreement;
  agreement.ref = MakeRef("performanceAgreements", 1, absl::CivilDay(2023, 1, 1), 0);
  agreement.first_party = "KEPALA DINAS SOSIAL";
  agreement.second_party = "Gubernur Jawa Timur";
  EXPECT_THAT(Noted(agreement, Dinsos()),
              ElementsAre("AGREEMENT_PARTY_DIFFERS second_party | Gubernur Jawa Timur @ "
                          "regions/35.09/agencies/dinsos/performanceAgreements/2023@1 "
                          "second_party | Bupati Jember @ regions/35.09/agencies/dinsos@3 "
                          "superior_office"));
  Agency unnamed = Dinsos();
  unnamed.superior_office.clear();
  EXPECT_THAT(Noted(agreement, unnamed), IsEmpty());
}

}  // namespace
}  // namespace sakip::planning
