#include "services/planning/domain/nomenclature_findings.h"

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
using plan::testing::MakeRef;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kEdition[] = "regions/35/codeEditions/kepmendagri-050-5889-2021";

class NomenclatureFindingsTest : public ::testing::Test {
 protected:
  NomenclatureFindingsTest() {
    plan_.ref = MakeRef("annualPlans", 1, absl::CivilDay(2023, 1, 1), 0);
    plan_.year = 2023;
    const plan::SubActivity sub_activity{"SK1", "Penyediaan Permakanan", {}, D("1"), {}, "",
                                         "",    "1.06.04.2.01.0001"};
    const plan::Activity activity{"K1", "Rehabilitasi Dasar", {}, {sub_activity}, "1.06.04.2.01"};
    const plan::Program program{"P1", "Program Rehabilitasi Sosial", {}, {activity}, "1.06.04"};
    const plan::Program supporting{"P0", "Program Penunjang", {}, {}, "1.06.01"};
    plan_.objectives = {{"S1", "Sasaran", {}, {program, supporting}}};
  }

  std::vector<std::string> Noted(bool with_edition = true) {
    const NomenclatureEdition edition{kEdition, valid_from_, valid_to_, codes_};
    Findings findings;
    NoteNomenclature(plan_, with_edition ? &edition : nullptr, findings);
    return plan::testing::Texts(std::move(findings));
  }

  plan::Activity& activity() { return plan_.objectives[0].programs[0].activities[0]; }
  plan::SubActivity& sub_activity() { return activity().sub_activities[0]; }

  plan::AnnualPlan plan_;
  std::string valid_from_ = "2021-01-01";
  std::string valid_to_;
  const EditionCodes codes_{{{"X.XX.01", "PROGRAM PENUNJANG", "", ""},
                             {"1.06.04", "Program Rehabilitasi Sosial", "", ""},
                             {"1.06.04.2.01", "Rehabilitasi Dasar", "", ""},
                             {"1.06.04.2.01.0001", "Penyediaan Permakanan", "", ""}}};
};

TEST_F(NomenclatureFindingsTest, AreNoneWhereAllFits) {
  EXPECT_THAT(Noted(), IsEmpty());
  EXPECT_THAT(Noted(/*with_edition=*/false), IsEmpty());
}

TEST_F(NomenclatureFindingsTest, CodesThatAreNotInTheEdition) {
  sub_activity().nomenclature_code = "1.06.04.2.01.0099";
  EXPECT_THAT(Noted(), ElementsAre("CODE_NOT_IN_EDITION SK1: 1.06.04.2.01.0099 "));
  EXPECT_THAT(Noted(/*with_edition=*/false), IsEmpty());
  // A code that is not given is not looked up.
  sub_activity().nomenclature_code.clear();
  EXPECT_THAT(Noted(), IsEmpty());
}

TEST_F(NomenclatureFindingsTest, NamesThatTheEditionDoesNotGiveTheCode) {
  sub_activity().name = "Permakanan";
  EXPECT_THAT(Noted(), ElementsAre("NAME_DIFFERS SK1: Permakanan Penyediaan Permakanan"));
}

TEST_F(NomenclatureFindingsTest, CodesThatAreNotBelowThoseOfWhatTheyServe) {
  sub_activity().nomenclature_code = "1.06.04.2.02.0001";
  EXPECT_THAT(Noted(/*with_edition=*/false),
              ElementsAre("CODE_MISPLACED SK1: 1.06.04.2.02.0001 1.06.04.2.01"));
  activity().nomenclature_code = "1.06.05.2.02";
  EXPECT_THAT(Noted(/*with_edition=*/false),
              ElementsAre("CODE_MISPLACED K1: 1.06.05.2.02 1.06.04",
                          "CODE_MISPLACED SK1: 1.06.04.2.02.0001 1.06.05.2.02"));
  activity().nomenclature_code.clear();
  EXPECT_THAT(Noted(/*with_edition=*/false), IsEmpty());
}

TEST_F(NomenclatureFindingsTest, AnEditionOfOtherYears) {
  valid_to_ = "2023-01-01";
  EXPECT_THAT(Noted(), IsEmpty());
  valid_to_ = "2022-12-31";
  const std::string subject = plan_.ref.name;
  EXPECT_THAT(Noted(), ElementsAre(absl::StrCat("EDITION_NOT_VALID ", subject,
                                                ": 2023 2021-01-01 - 2022-12-31")));
  valid_to_.clear();
  valid_from_ = "2024-01-01";
  EXPECT_THAT(Noted(),
              ElementsAre(absl::StrCat("EDITION_NOT_VALID ", subject, ": 2023 2024-01-01 - ")));
}

}  // namespace
}  // namespace sakip::planning
