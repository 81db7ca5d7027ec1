#include "services/cli/files/plan_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/cli/files/new_folder.h"
#include "services/cli/files/plan_export.h"
#include "services/cli/files/plan_template.h"

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

constexpr char kSample[] = SAKIP_SOURCE_DIR "/deploy/samples/jember-2023/";
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
  // So are the fields that it compares with.
  EXPECT_THAT(FormatFault(*folder, lines + "[0].year_target.unit",
                          absl::StrCat("repeats ", lines, "[0].indicator_code, documents[7].name")),
              EndsWith(absl::StrCat("/a.csv:2:3: unit: repeats ", folder_.path(),
                                    "/a.csv:2:1, documents[7].name")));
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

  const std::string path = folder_.path() + "/";
  EXPECT_THAT(ReadPlanFolder({path + "./a.csv", path + "a.yaml"}), IsOk());
  EXPECT_THAT(ReadPlanFolder({path + "a.csv"}), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(PlanFolderTest, ATableIsTheSameHoweverItsPathIsWritten) {
  Write("a.yaml", absl::StrCat(kHeading, kTable));
  Write("a.csv", kRows);
  const std::string relative = std::filesystem::relative(folder_.path());

  EXPECT_THAT(ReadPlanFolder({relative + "/a.yaml", folder_.path() + "/a.csv"}), IsOk());
  EXPECT_THAT(ReadPlanFolder({folder_.path() + "/a.yaml", relative + "/a.csv"}), IsOk());
}

TEST_F(PlanFolderTest, ExtensionsMayBeInUpperCase) {
  Write("A.YAML", absl::StrCat(kHeading, "table: {file: A.CSV, number_format: indonesian}\n"));
  Write("A.CSV", kRows);
  Write("B.Json", "{\"name\": \"regions/35.09/agencies/dinsos\", \"government\": \"Jember\"}");

  const auto folder = Read();
  ASSERT_THAT(folder, IsOk());
  EXPECT_EQ(folder->documents.size(), 1u);
  EXPECT_TRUE(folder->agency.has_value());

  Write("C.CSV", kRows);
  EXPECT_THAT(Faults(), StartsWith("C.CSV: no document names it"));
}

TEST_F(PlanFolderTest, LinksAndPipesAreNotRead) {
  namespace fs = std::filesystem;
  Write("a.yaml", absl::StrCat(kHeading, kTable));
  Write("rows", kRows);
  fs::create_symlink("rows", folder_.path() + "/a.csv");
  EXPECT_THAT(Faults(), AllOf(StartsWith("a.yaml:4:1: table: "), HasSubstr("a.csv: is a link")));
  fs::remove(folder_.path() + "/a.csv");
  ASSERT_EQ(mkfifo((folder_.path() + "/a.csv").c_str(), 0600), 0);
  EXPECT_THAT(Faults(), HasSubstr("a.csv: is no regular file"));

  fs::create_symlink("a.yaml", folder_.path() + "/b.yaml");
  EXPECT_THAT(Faults(), StartsWith("b.yaml: is a link"));
  fs::remove(folder_.path() + "/b.yaml");
  ASSERT_EQ(mkfifo((folder_.path() + "/b.yaml").c_str(), 0600), 0);
  EXPECT_EQ(Faults(), "b.yaml: is no regular file");
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

TEST_F(PlanFolderTest, AnExportIsReadAsWhatIsStored) {
  std::vector<std::string> files;
  for (const char* name : {"01-agency", "02-strategic-plan", "03-strategic-plan-amended",
                           "04-annual-plan", "05-annual-plan-amended", "06-performance-agreement",
                           "08-action-plan", "09-key-indicator-decree"}) {
    files.push_back(absl::StrCat(kSample, name, ".yaml"));
  }
  const auto sample = ReadPlanFolder(files);
  ASSERT_THAT(sample, IsOk());
  const planning::v1::PublishPlanRequest request = ToRequest(*sample);
  StoredPlan plan{request.agency(), {request.documents().begin(), request.documents().end()}};
  plan.documents[0].set_publisher("somebody");
  plan.documents[0].set_content_digest("abc");

  for (const bool tables : {false, true}) {
    const auto exported = ExportFiles(plan, tables);
    const std::string folder = absl::StrCat(folder_.path(), "/", tables);

    EXPECT_EQ(exported.contains("04-annual-plan-2023-r1.csv"), tables);
    EXPECT_EQ(exported.contains("07-action-plan-2023-r1.csv"), tables);
    EXPECT_THAT(WriteNewFolder(folder, exported,
                               [&](const std::string& path) { return CheckExport(plan, path); }),
                IsOk());
    const auto again = ReadPlanFolder({folder});
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(ToRequest(*again).DebugString(), request.DebugString());
  }
}

TEST_F(PlanFolderTest, WhatNoTableCanSayIsExportedWithout) {
  StoredPlan plan;
  plan.agency.set_name("regions/35.09/agencies/dinsos");
  auto& document = plan.documents.emplace_back();
  document.set_name("regions/35.09/agencies/dinsos/actionPlans/2023");
  document.set_revision(1);
  auto& line = *document.mutable_action_plan()->add_lines();
  for (const int quarter : {4, 1}) line.add_quarters()->set_quarter(quarter);

  const auto files = ExportFiles(plan, true);

  EXPECT_TRUE(files.contains("02-action-plan-2023-r1.yaml"));
  EXPECT_FALSE(files.contains("02-action-plan-2023-r1.csv"));
}

TEST_F(PlanFolderTest, ADocumentTooLargeForYamlIsExportedWithATable) {
  StoredPlan plan;
  plan.agency.set_name("regions/35.09/agencies/dinsos");
  plan.agency.set_revision(1);
  plan.agency.set_government("Pemerintah Kabupaten Jember");
  auto& document = plan.documents.emplace_back();
  document.set_name("regions/35.09/agencies/dinsos/actionPlans/2023");
  document.set_revision(1);
  document.mutable_action_plan()->set_year(2023);
  for (int i = 0; i < 80'000; ++i) {
    auto& line = *document.mutable_action_plan()->add_lines();
    line.set_indicator_code(absl::StrCat("indicator-with-a-long-code-that-takes-room-", i));
    line.mutable_year_target()->set_value("1");
    line.mutable_year_target()->set_unit("orang");
  }

  const auto files = ExportFiles(plan, false);

  EXPECT_TRUE(files.contains("02-action-plan-2023-r1.csv"));
  EXPECT_THAT(WriteNewFolder(folder_.path() + "/new", files,
                             [&](const std::string& path) { return CheckExport(plan, path); }),
              IsOk());
}

TEST_F(PlanFolderTest, ATemplateReadsAsAPlanWithEveryDocument) {
  const auto files = TemplateFiles(
      {.agency = "regions/35.09/agencies/dinsos", .year = 2023, .strategic_plan = "2021-2026"});
  ASSERT_THAT(files, IsOk());
  for (const auto& [name, content] : *files) Write(name, content);

  const auto folder = Read();

  ASSERT_THAT(folder, IsOk());
  EXPECT_EQ(folder->agency->message.name(), "regions/35.09/agencies/dinsos");
  std::vector<std::string> names;
  for (const auto& file : folder->documents) names.push_back(file.message.name().substr(30));
  EXPECT_THAT(
      names, ElementsAre("strategicPlans/2021-2026", "keyIndicatorDecrees/2023", "annualPlans/2023",
                         "performanceAgreements/2023", "actionPlans/2023"));
  const auto& goal = folder->documents[0].message.strategic_plan().goals(0);
  EXPECT_EQ(goal.objectives(0).indicators(0).targets_size(), 6);
}

std::string TemplateFault(const std::string& agency, int year, const std::string& years) {
  TemplateOptions options{agency, year, years};
  return std::string(TemplateFiles(options).status().message());
}

TEST(TemplateFiles, SaysWhatIsWrongWithItsOptions) {
  const std::string agency = "regions/35.09/agencies/dinsos";
  EXPECT_THAT(TemplateFault("dinsos", 2023, ""), HasSubstr("--agency"));
  EXPECT_THAT(TemplateFault(agency, 23, ""), HasSubstr("--year"));
  for (const char* years : {"2023", "2026-2021", "2021-26", "2021-2023-2026", "-"}) {
    EXPECT_THAT(TemplateFault(agency, 2023, years), HasSubstr("--strategic-plan")) << years;
  }
}

TEST_F(PlanFolderTest, NothingIsOverwritten) {
  const auto accept = [](const std::string&) { return absl::OkStatus(); };
  const std::string path = folder_.path() + "/new/";
  ASSERT_THAT(WriteNewFolder(path, {{"a", "1"}}, accept), IsOk());

  EXPECT_THAT(WriteNewFolder(path, {{"b", "2"}}, accept),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_FALSE(std::filesystem::exists(path + "b"));
  std::filesystem::remove(path + "a");
  EXPECT_THAT(WriteNewFolder(path, {{"b", "2"}}, accept), IsOk());
  EXPECT_TRUE(std::filesystem::exists(path + "b"));
}

TEST_F(PlanFolderTest, TheFolderThatOneStandsInIsFilledAndKept) {
  namespace fs = std::filesystem;
  const fs::path before = fs::current_path();
  const std::string path = folder_.path() + "/new";
  fs::create_directory(path);
  fs::current_path(path);
  const absl::Status written = WriteNewFolder(".", {{"a", "1"}, {"b", "2"}},
                                              [](const std::string&) { return absl::OkStatus(); });
  const bool is_seen = fs::exists("a") && fs::exists("b");
  fs::current_path(before);

  EXPECT_THAT(written, IsOk());
  EXPECT_TRUE(is_seen);
  EXPECT_FALSE(fs::exists(path + ".partial"));
}

TEST_F(PlanFolderTest, WhatIsNotAcceptedIsNotKept) {
  const std::string path = folder_.path() + "/new";

  EXPECT_THAT(WriteNewFolder(path, {{"a", "1"}},
                             [](const std::string&) { return absl::InternalError("no"); }),
              StatusIs(absl::StatusCode::kInternal));

  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

}  // namespace
}  // namespace sakip::cli
