#include "services/planning/domain/code_edition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/status_matchers.h"

namespace sakip::planning {
namespace {

using absl::StatusCode;
using ::sakip::testing::HasField;
using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;
using Level = NomenclatureLevel;

CodeEdition Nomenclature() {
  return {"regions/35/codeEditions/kepmendagri-050-5889-2021",
          EditionKind::kNomenclature,
          "Klasifikasi dan Kodefikasi Program",
          "Kepmendagri 050-5889 Tahun 2021",
          "2022-01-01",
          "",
          {{"1.06", "Sosial", "", ""},
           {"1.06.04", "Program Rehabilitasi Sosial", "", ""},
           {"1.06.04.2.01", "Rehabilitasi Sosial Dasar", "", ""},
           {"1.06.04.2.01.0005", "Bimbingan Sosial", "Jumlah orang", "orang"},
           {"1.06.04.2.02", "Rehabilitasi Lainnya", "", ""},
           {"1.06.04.2.02.0007", "Bimbingan Sosial", "", ""}}};
}

CodeEdition Regions() {
  CodeEdition edition = Nomenclature();
  edition.kind = EditionKind::kRegions;
  edition.entries = {{"35", "Jawa Timur", "", ""},
                     {"35.09", "Kabupaten Jember", "", ""},
                     {"35.09.01", "Jombang", "", ""},
                     {"35.09.01.2001", "Padomasan", "", ""}};
  return edition;
}

TEST(LevelOfCode, FollowsFromTheSegments) {
  EXPECT_EQ(LevelOfCode("1"), Level::kUrusan);
  EXPECT_EQ(LevelOfCode("1.06"), Level::kBidang);
  EXPECT_EQ(LevelOfCode("X.XX"), Level::kBidang);
  EXPECT_EQ(LevelOfCode("1.06.04"), Level::kProgram);
  EXPECT_EQ(LevelOfCode("X.XX.01"), Level::kProgram);
  EXPECT_EQ(LevelOfCode("1.06.04.2.01"), Level::kActivity);
  EXPECT_EQ(LevelOfCode("1.06.04.2.01.0001"), Level::kSubActivity);
  EXPECT_EQ(LevelOfCode("1.06.04.2.01.01"), Level::kSubActivity);
  for (const char* code :
       {"", ".", "1.", "1.6", "01.06", "1.06.4", "1.06.04.2", "1.06.04.02.01", "1.06.04.2.1",
        "1.06.04.2.01.001", "1.06.04.2.01.0001.1", "1.06.XX", "x.xx", "1.06.04.2.01.0001 "}) {
    EXPECT_EQ(LevelOfCode(code), std::nullopt) << code;
  }
}

TEST(CodeAbove, LeavesOutWhoIsInCharge) {
  constexpr EditionKind kKind = EditionKind::kNomenclature;
  EXPECT_EQ(CodeAbove(kKind, "1.06.04.2.01.0001"), "1.06.04.2.01");
  EXPECT_EQ(CodeAbove(kKind, "1.06.04.2.01"), "1.06.04");
  EXPECT_EQ(CodeAbove(kKind, "1.06.04"), "1.06");
  EXPECT_EQ(CodeAbove(kKind, "1.06"), "");
  EXPECT_EQ(CodeAbove(EditionKind::kRegions, "35.09.01"), "35.09");
  EXPECT_EQ(CodeAbove(EditionKind::kRegions, "35"), "");
}

TEST(CheckCodeEdition, TakesOneNameUnderTwoCodes) {
  EXPECT_THAT(CheckCodeEdition(Nomenclature()), IsOk());
  EXPECT_THAT(CheckCodeEdition(Regions()), IsOk());
}

TEST(CheckCodeEdition, RefusesACodeThatStandsTwiceAndSaysWhere) {
  CodeEdition edition = Nomenclature();
  edition.entries.push_back(edition.entries[1]);

  const absl::Status status = CheckCodeEdition(edition);

  EXPECT_THAT(status, HasField("code_edition.entries[6].code"));
  EXPECT_THAT(std::string(FieldViolations(status)[0].description),
              ::testing::HasSubstr("code_edition.entries[1].code"));
}

TEST(CheckCodeEdition, RefusesACodeWithNothingAboveIt) {
  CodeEdition edition = Nomenclature();
  edition.entries.erase(edition.entries.begin() + 2);
  EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.entries[2].code"));
  edition = Regions();
  edition.entries.erase(edition.entries.begin());
  EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.entries[0].code"));
}

TEST(CheckCodeEdition, TheCodeAboveMayStandAnywhere) {
  CodeEdition edition = Nomenclature();
  std::swap(edition.entries.front(), edition.entries.back());

  EXPECT_THAT(CheckCodeEdition(edition), IsOk());
}

TEST(CheckCodeEdition, RefusesCodesOfTheOtherKind) {
  CodeEdition edition = Nomenclature();
  edition.entries[0].code = "35.09";
  EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.entries[0].code"));
  edition = Regions();
  edition.entries[1].code = "1.06";
  EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.entries[1].code"));
}

TEST(CheckCodeEdition, RefusesHostileNames) {
  for (const char* name : {"", "a\nb", "a\x01", "\xe2\x80\xaetfel", "\xff"}) {
    CodeEdition edition = Nomenclature();
    edition.entries[3].display_name = name;
    EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.entries[3].display_name"));
  }
}

TEST(CheckCodeEdition, RefusesIndicatorsAboveSubActivities) {
  CodeEdition edition = Nomenclature();
  edition.entries[2].indicator = "Jumlah orang";
  edition.entries[1].unit = "orang";

  const absl::Status status = CheckCodeEdition(edition);

  EXPECT_THAT(status, HasField("code_edition.entries[2].indicator"));
  EXPECT_THAT(status, HasField("code_edition.entries[1].unit"));
}

TEST(CheckCodeEdition, NamesEveryWrongFieldOfTheEdition) {
  const absl::Status status = CheckCodeEdition({});

  for (const char* field :
       {"code_edition.name", "code_edition.kind", "code_edition.display_name",
        "code_edition.legal_basis", "code_edition.valid_from", "code_edition.entries"}) {
    EXPECT_THAT(status, HasField(field));
  }
  for (const char* name : {"regions/35.09/agencies/dinsos/codeEditions/a",
                           "regions/35/codeEditions/Permendagri", "regions/35/editions/a"}) {
    CodeEdition edition = Nomenclature();
    edition.name = name;
    EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.name")) << name;
  }
}

TEST(CheckCodeEdition, ValidityEndsNotBeforeItBegins) {
  CodeEdition edition = Nomenclature();
  edition.valid_to = edition.valid_from;
  EXPECT_THAT(CheckCodeEdition(edition), IsOk());
  edition.valid_to = "2021-12-31";
  EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.valid_to"));
  edition.valid_to = "2023-02-30";
  EXPECT_THAT(CheckCodeEdition(edition), HasField("code_edition.valid_to"));
}

TEST(CodeEdition, ErrorsHaveTheirReasons) {
  EXPECT_THAT(CodeEditionNotFound("x"), StatusIs(StatusCode::kNotFound, "CODE_EDITION_NOT_FOUND"));
  EXPECT_THAT(CodeEditionExists("x"), StatusIs(StatusCode::kAlreadyExists, "CODE_EDITION_EXISTS"));
}

TEST(EditionCodes, FindsEntriesByCodeAndNotByName) {
  const EditionCodes codes(Nomenclature().entries);

  EXPECT_EQ(codes.size(), 6u);
  ASSERT_NE(codes.Find("1.06.04.2.02.0007"), nullptr);
  EXPECT_EQ(codes.Find("1.06.04.2.02.0007")->display_name, "Bimbingan Sosial");
  EXPECT_EQ(codes.Find("1.06.04.2.02.0007")->unit, "");
  EXPECT_EQ(codes.Find("1.06.04.2.01.0005")->unit, "orang");
  for (const char* code : {"", "1", "1.06.0", "1.06.04.2.01.0006", "9", "Bimbingan Sosial"}) {
    EXPECT_EQ(codes.Find(code), nullptr) << code;
  }
  EXPECT_EQ(EditionCodes({}).Find("1.06"), nullptr);
}

}  // namespace
}  // namespace sakip::planning
