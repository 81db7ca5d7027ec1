// Commands about what a region publishes, against servers with canned answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr char kEdition[] = "regions/35/codeEditions/permendagri-90";
constexpr char kEditionFile[] = R"(name: regions/35/codeEditions/permendagri-90
kind: nomenclature
display_name: Klasifikasi
legal_basis: Permendagri 90 Tahun 2019
valid_from: 2020-01-01
entries:
  - {code: "1.06", display_name: Sosial}
  - {code: "1.06.04", display_name: Rehabilitasi}
)";
constexpr char kReferenceFile[] = R"(parent: regions/35
rows:
  - indicator_code: IKU1
    year: 2023
    level: national
    measure: {value: "0", unit: "%"}
    source: BPS
)";

TEST_F(RunTest, PublishesGetsAndListsEditions) {
  auto& published = *code_editions_.PublishCodeEdition_.response.mutable_code_edition();
  published.set_name(kEdition);
  auto& edition = *code_editions_.GetCodeEdition_.response.mutable_code_edition();
  edition.set_name(kEdition);
  edition.add_entries()->set_code("1.06.04");
  *code_editions_.ListCodeEditions_.response.add_code_editions() = published;

  EXPECT_THAT(Run({"edition", "publish", Write("e.yaml", kEditionFile)}).out,
              StartsWith("published " + published.name()));

  const auto& request = code_editions_.PublishCodeEdition_.requests.at(0);
  EXPECT_EQ(request.code_edition().kind(), planning::v1::CodeEdition::KIND_NOMENCLATURE);
  EXPECT_EQ(request.code_edition().entries(1).code(), "1.06.04");
  EXPECT_THAT(request.request_id(), StartsWith("sha256-"));
  EXPECT_THAT(Run({"edition", "get", kEdition}).out, HasSubstr("1.06.04"));
  EXPECT_THAT(Run({"edition", "list", "regions/35.09", "--above"}).out, HasSubstr(kEdition));
  EXPECT_EQ(code_editions_.ListCodeEditions_.requests.at(0).parent(), "regions/35.09");
  EXPECT_TRUE(code_editions_.ListCodeEditions_.requests.at(0).include_ancestors());
}

TEST_F(RunTest, SaysWhereInTheFileACodeIsWrong) {
  code_editions_.PublishCodeEdition_.error =
      InvalidField("code_edition.entries[1].code", "has nothing above it");

  const Outcome outcome = Run({"edition", "publish", Write("e.yaml", kEditionFile)});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("e.yaml:8:"));
}

TEST_F(RunTest, PublishesAndListsReferenceValues) {
  auto& response = reference_values_.PublishReferenceValues_.response;
  response.set_created_count(1);
  response.mutable_receipt()->set_position(7);
  auto& value = *reference_values_.ListReferenceValues_.response.add_reference_values();
  value.set_indicator_code("IKU1");
  value.mutable_measure()->set_value("0");
  value.mutable_measure()->set_unit("%");
  const std::string file = Write("r.yaml", kReferenceFile);

  EXPECT_THAT(Run({"reference", "publish", file}).out,
              AllOf(HasSubstr("published regions/35 at position 7"), HasSubstr("dibuat 1")));

  const auto& request = reference_values_.PublishReferenceValues_.requests.at(0);
  EXPECT_EQ(request.rows(0).level(), planning::v1::ReferenceValue::LEVEL_NATIONAL);
  EXPECT_FALSE(request.dry_run());
  EXPECT_THAT(Run({"reference", "list", "regions/35", "--year", "2023"}).out,
              AllOf(HasSubstr("IKU1"), HasSubstr("0 %")));
  EXPECT_EQ(reference_values_.ListReferenceValues_.requests.at(0).year(), 2023);
}

TEST_F(RunTest, ARefusedRowIsToldAndFailsTheCommand) {
  auto& response = reference_values_.PublishReferenceValues_.response;
  response.set_refused_count(1);
  auto& outcome = *response.add_outcomes();
  outcome.set_outcome(planning::v1::ReferenceValueOutcome::OUTCOME_REFUSED);
  outcome.add_violations()->set_field("rows[0].measure.value");

  const Outcome run = Run({"reference", "publish", Write("r.yaml", kReferenceFile), "--dry-run"});

  EXPECT_EQ(run.code, 1);
  EXPECT_THAT(run.out, AllOf(HasSubstr("ditolak 1"), HasSubstr("rows[0].measure.value"),
                             HasSubstr("nothing was stored")));
  EXPECT_TRUE(reference_values_.PublishReferenceValues_.requests.at(0).dry_run());
}

TEST_F(RunTest, TellsEditionsAndReferenceValuesFromOtherFiles) {
  const std::string edition = Write("e.yaml", kEditionFile);
  const std::string reference = Write("r.yaml", kReferenceFile);

  EXPECT_THAT(Run({"agency", "register", edition}).err, HasSubstr("is a code edition and not"));
  EXPECT_THAT(Run({"plan", "publish", reference}).err,
              HasSubstr("is a list of reference values and not a plan"));
  EXPECT_THAT(Run({"edition", "publish", reference}).err,
              HasSubstr("`sakipctl reference publish`"));
  EXPECT_THAT(Run({"reference", "publish",
                   Write("x.yaml", std::string(kReferenceFile) + "dry_run: true\n")})
                  .err,
              HasSubstr("x.yaml:8:1: dry_run: is said on the command line"));
  EXPECT_THAT(reference_values_.PublishReferenceValues_.requests, IsEmpty());
  EXPECT_THAT(code_editions_.PublishCodeEdition_.requests, IsEmpty());
}

}  // namespace
}  // namespace sakip::cli
