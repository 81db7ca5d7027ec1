#include "services/cli/files/plan_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::cli {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;
using ::sakip::testing::TempDir;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kHeading[] =
    "name: regions/35.09/agencies/dinsos/actionPlans/2023\n"
    "effective_date: 2023-01-02\n"
    "action_plan: {year: 2023}\n";
constexpr char kTable[] = "table: {file: a.csv, number_format: indonesian}\n";
constexpr char kRows[] =
    "indicator_code;year_target;unit;tw1;tw2;tw3;tw4\n"
    "out;1.813;orang;;500;;1.313\n";

class PlanFolderTest : public ::testing::Test {
 protected:
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() + "/" + name) << text;
  }
  absl::StatusOr<PlanFolder> Read() const { return ReadPlanFolder({folder_.path()}); }
  // What is wrong, without the folder's name.
  std::string Faults() const {
    return absl::StrReplaceAll(Read().status().message(), {{folder_.path() + "/", ""}});
  }

  TempDir folder_;
};

TEST_F(PlanFolderTest, ADocumentMayHaveItsListInATable) {
  Write("a.yaml", absl::StrCat(kHeading, kTable));
  Write("a.csv", kRows);

  const auto folder = Read();

  ASSERT_THAT(folder, IsOk());
  ASSERT_EQ(folder->documents.size(), 1u);
  const auto& lines = folder->documents[0].message.action_plan().lines();
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(lines[0].year_target().value(), "1813");
  EXPECT_EQ(folder->documents[0].message.action_plan().year(), 2023);
}

TEST_F(PlanFolderTest, FaultsOfTheServerAreToldWhereTheyStand) {
  Write("a.yaml", absl::StrCat(kHeading, kTable));
  Write("a.csv", kRows);
  const auto folder = Read();
  ASSERT_THAT(folder, IsOk());

  const std::string lines = "documents[0].action_plan.lines";
  EXPECT_THAT(FormatFault(*folder, lines + "[0].quarters[1].target.value", "is wrong"),
              EndsWith("/a.csv:2:7: tw4: is wrong"));
  EXPECT_THAT(FormatFault(*folder, lines + "[0].year_target.unit", "is wrong"),
              EndsWith("/a.csv:2:3: unit: is wrong"));
  // What is no cell is called by its path, at the nearest cell.
  EXPECT_THAT(FormatFault(*folder, lines + "[0].quarters", "are wrong"),
              EndsWith("/a.csv:2:5: action_plan.lines[0].quarters: are wrong"));
  EXPECT_THAT(FormatFault(*folder, "documents[0].action_plan.year", "is wrong"),
              EndsWith("/a.yaml:3:15: action_plan.year: is wrong"));
  EXPECT_EQ(FormatFault(*folder, "documents[7].name", "is wrong"), "documents[7].name: is wrong");
}

TEST_F(PlanFolderTest, TellsFaultsOfAllFilesAtOnce) {
  Write("a.yaml", absl::StrCat(kHeading, "reson: x\n", kTable));
  Write("a.csv", "indicator_code;year_target;unit;tw1;tw2;tw3;tw4\nout;1813.5;orang;x;;;\n");
  Write("b.yaml", "name: regions/35.09/agencies/dinsos/annualPlans/2023\nannual_plan: {year: x}\n");

  EXPECT_THAT(Read(), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::vector<std::string>(absl::StrSplit(Faults(), '\n')),
              ElementsAre(StartsWith("a.yaml:4:1: reson: is no field"),
                          StartsWith("a.csv:2:2: year_target: is `1813.5`; it takes an Indonesian"),
                          StartsWith("a.csv:2:4: tw1: is `x`"),
                          StartsWith("b.yaml:2:21: annual_plan.year: is `x`")));
}

TEST_F(PlanFolderTest, ATableSaysHowItsNumbersAreWritten) {
  Write("a.csv", kRows);
  Write("a.yaml", absl::StrCat(kHeading, "table: {file: a.csv}\n"));
  EXPECT_THAT(Faults(), StartsWith("a.yaml:4:1: table.number_format: is missing; it takes plain"));
  Write("a.yaml", absl::StrCat(kHeading, "table: {file: a.csv, number_format: english}\n"));
  EXPECT_THAT(Faults(), HasSubstr("table.number_format: is `english`; it takes plain (1813.5) or"));
  Write("a.yaml", absl::StrCat(kHeading, "table: a.csv\n"));
  EXPECT_THAT(Faults(), StartsWith("a.yaml:4:1: table: takes the keys file and number_format"));
  Write("a.yaml", absl::StrCat(kHeading, "table: {fil: a.csv, number_format: plain}\n"));
  EXPECT_THAT(Faults(), HasSubstr("table.fil: is no key of a table"));
}

TEST_F(PlanFolderTest, ATableIsAFileBesideItsDocument) {
  for (const char* file : {"../a.csv", "/etc/passwd", "..", "b/a.csv"}) {
    Write("a.yaml", absl::StrCat(kHeading, "table: {file: ", file, ", number_format: plain}\n"));
    EXPECT_THAT(Faults(), HasSubstr("it takes the name of a CSV file in the same folder")) << file;
  }
  Write("a.yaml", absl::StrCat(kHeading, kTable));
  EXPECT_THAT(Faults(), AllOf(StartsWith("a.yaml:4:1: table: "), HasSubstr("cannot be read")));
}

TEST_F(PlanFolderTest, AListStandsInOnePlace) {
  Write("a.csv", kRows);
  Write("a.yaml",
        absl::StrCat("name: regions/35.09/agencies/dinsos/actionPlans/2023\n",
                     "action_plan: {year: 2023, lines: [{indicator_code: x}]}\n", kTable));
  EXPECT_THAT(Faults(), StartsWith("a.yaml:3:1: table: stands beside action_plan.lines"));
  Write("a.yaml", absl::StrCat("name: regions/35.09/agencies/dinsos/performanceAgreements/2023\n",
                               "performance_agreement: {year: 2023}\n", kTable));
  EXPECT_THAT(Faults(), StartsWith("a.yaml:3:1: table: belongs to a file with annual_plan or"));
}

TEST_F(PlanFolderTest, ATableThatNoDocumentNamesWasForgotten) {
  Write("a.yaml", absl::StrCat(kHeading, kTable));
  Write("a.csv", kRows);
  Write("b.csv", kRows);
  EXPECT_THAT(Faults(), StartsWith("b.csv: no document names it"));
}

TEST_F(PlanFolderTest, RevisionsOfADocumentStandInTheirOrder) {
  const auto write = [&](const std::string& file, const std::string& plan, int revision) {
    Write(file, absl::StrCat("name: regions/35.09/agencies/dinsos/actionPlans/", plan,
                             "\nrevision: ", revision, "\naction_plan: {year: 2023}\n"));
  };
  write("1.yaml", "2023", 2);
  write("2.yaml", "2024", 1);
  write("3.yaml", "2023", 1);

  const auto folder = Read();

  ASSERT_THAT(folder, IsOk());
  std::vector<std::string> order;
  for (const auto& file : folder->documents) {
    order.push_back(absl::StrCat(file.message.name().substr(42), "@", file.revision));
  }
  EXPECT_THAT(order, ElementsAre("2023@1", "2024@1", "2023@2"));
}

}  // namespace
}  // namespace sakip::cli
