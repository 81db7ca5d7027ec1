// Commands about whole plans, against servers with canned answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kActionPlan[] =
    "name: regions/35.09/agencies/dinsos/actionPlans/2023\n"
    "effective_date: 2023-01-02\n"
    "action_plan: {year: 2023}\n"
    "table: {file: a.csv, number_format: indonesian}\n";
constexpr char kRows[] =
    "indicator_code;year_target;unit;tw1;tw2;tw3;tw4\n"
    "out;1.813;orang;;500;;1.313\n";

class RunPlanFolderTest : public RunTest {
 protected:
  RunPlanFolderTest() {
    file_ = Write("a.yaml", kActionPlan);
    Write("a.csv", kRows);
  }

  std::string file_;
};

TEST_F(RunPlanFolderTest, ImportsTheListFromATable) {
  EXPECT_EQ(Run({"plan", "import", folder_}).code, 0);

  ASSERT_EQ(planning_.PublishPlan_.requests.size(), 1u);
  const auto& request = planning_.PublishPlan_.requests[0];
  EXPECT_EQ(request.parent(), kDinsos);
  EXPECT_EQ(request.documents(0).action_plan().lines(0).year_target().value(), "1813");
}

TEST_F(RunPlanFolderTest, SaysInWhichCellAFieldIsWrong) {
  FieldErrors errors;
  errors.Add("documents[0].action_plan.lines[0].year_target.value", "is too large");
  errors.Add("documents[0].effective_date", "is no day");
  planning_.PublishPlan_.error = errors.ToStatus();
  planning_.PublishDocument_.error =
      InvalidField("document.action_plan.lines[0].quarters[1].target.value", "is too small");

  const Outcome imported = Run({"plan", "import", folder_});

  EXPECT_EQ(imported.code, 1);
  EXPECT_THAT(imported.err, AllOf(HasSubstr("a.csv:2:2: year_target: is too large\n"),
                                  HasSubstr("a.yaml:2:1: effective_date: is no day\n")));
  EXPECT_THAT(Run({"plan", "publish", file_}).err, HasSubstr("a.csv:2:7: tw4: is too small\n"));
}

TEST_F(RunPlanFolderTest, CountsTheWrongFieldsThatAnAnswerHasNoRoomFor) {
  FieldErrors errors;
  const std::string text(100, 'x');
  for (int i = 0; i < 300; ++i) errors.Add(absl::StrCat("documents[0].f", i), text);
  planning_.PublishPlan_.error = errors.ToStatus();
  planning_.PublishDocument_.error = errors.ToStatus();

  const std::string err = Run({"plan", "import", folder_}).err;

  const std::vector<absl::string_view> lines = absl::StrSplit(err, '\n', absl::SkipEmpty());
  ASSERT_GT(lines.size(), 3u);
  const std::string count = absl::StrCat("  and ", 300 - (lines.size() - 2), " more wrong fields");
  EXPECT_EQ(std::string(lines.back()), count);
  EXPECT_THAT(Run({"plan", "publish", file_}).err, HasSubstr(count + "\n"));
}

TEST_F(RunPlanFolderTest, SaysWhichFileAConflictIsAbout) {
  planning_.PublishPlan_.error =
      MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT", "it is at revision 2",
                {{"current_revision", "2"}, {"field", "documents[0].revision"}});
  auto& error = *planning_.CheckPlan_.response.add_errors();
  error.set_reason("REVISION_CONFLICT");
  error.set_field("documents[0].revision");
  error.set_description("it is at revision 2");

  const Outcome imported = Run({"plan", "import", folder_});

  EXPECT_EQ(imported.code, 1);
  EXPECT_THAT(imported.err, AllOf(HasSubstr("ABORTED REVISION_CONFLICT"),
                                  HasSubstr("a.yaml: revision: it is at revision 2\n")));
  EXPECT_THAT(Run({"plan", "check", folder_}).err,
              HasSubstr("a.yaml: revision: it is at revision 2\n"));
}

TEST_F(RunPlanFolderTest, AFaultyTableIsNotSent) {
  Write("a.csv", "indicator_code;year_target;unit;tw1;tw2;tw3;tw4\nout;1813.5;orang;;;;x\n");
  planning_.CheckPlan_.error = absl::UnavailableError("no");

  const Outcome imported = Run({"plan", "import", folder_});

  EXPECT_EQ(imported.code, 2);
  EXPECT_THAT(imported.err, AllOf(HasSubstr("plan import: bad files; nothing is stored\n"),
                                  HasSubstr("a.csv:2:2: year_target: is `1813.5`"),
                                  HasSubstr("a.csv:2:7: tw4: is `x`")));
  EXPECT_THAT(planning_.PublishPlan_.requests, IsEmpty());
}

TEST_F(RunPlanFolderTest, FaultsOfFilesAndOfThePlanAreToldAtOnceAndOnce) {
  Write("a.csv", "indicator_code;year_target;unit;tw1;tw2;tw3;tw4\nko de;1813.5;orang;;;;\n");
  const auto add = [&](const char* reason, const char* field, const char* description) {
    auto& error = *planning_.CheckPlan_.response.add_errors();
    error.set_reason(reason);
    error.set_field(field);
    error.set_description(description);
  };
  add("INVALID_FIELD", "documents[0].action_plan.lines[0].indicator_code", "has a blank");
  add("INVALID_FIELD", "documents[0].action_plan.lines[0].year_target.value", "is empty");
  add("REVISION_CONFLICT", "documents[0].revision", "is not the next");

  for (const char* command : {"import", "check"}) {
    const Outcome refused = Run({"plan", command, folder_});

    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("a.csv:2:2: year_target: is `1813.5`"),
                                   HasSubstr("a.csv:2:1: indicator_code: has a blank")));
    EXPECT_THAT(refused.err, Not(AnyOf(HasSubstr("is empty"), HasSubstr("is not the next"))));
  }
  EXPECT_THAT(planning_.PublishPlan_.requests, IsEmpty());
}

TEST_F(RunPlanFolderTest, NothingIsSaidOfAListWithRowsThatAreMissing) {
  Write("a.csv", "indicator_code;year_target;unit;tw1;tw2;tw3;tw4\nout;1;orang;;;;1\nx;1;orang\n");
  for (const char* field : {"documents[0].action_plan.lines[0].quarters",
                            "documents[0].action_plan.lines", "documents[0].effective_date"}) {
    auto& error = *planning_.CheckPlan_.response.add_errors();
    error.set_reason("INVALID_FIELD");
    error.set_field(field);
    error.set_description("is wrong");
  }

  const Outcome refused = Run({"plan", "import", folder_});

  EXPECT_THAT(refused.err, AllOf(HasSubstr("a.csv:3:3: the row has 3 fields"),
                                 HasSubstr("a.yaml:2:1: effective_date: is wrong")));
  EXPECT_THAT(refused.err, Not(HasSubstr("action_plan.lines")));
  EXPECT_THAT(refused.err, Not(HasSubstr("a.csv:2")));
}

TEST_F(RunPlanFolderTest, SaysThatARepeatedImportStoresNothing) {
  planning_.PublishPlan_.response.mutable_receipt()->set_repeated(true);

  EXPECT_THAT(Run({"plan", "import", folder_}).err, HasSubstr("nothing was stored again"));
}

TEST_F(RunPlanFolderTest, WritesATemplateAndOverwritesNothing) {
  const std::string folder = folder_ + "/new";
  const std::vector<std::string> command = {"plan",  "template", folder, "--agency",
                                            kDinsos, "--year",   "2023"};

  EXPECT_THAT(Run(command).out, HasSubstr("8 berkas kosong di " + folder));
  EXPECT_TRUE(std::filesystem::exists(folder + "/02-strategic-plan.yaml"));

  const Outcome again = Run(command);
  EXPECT_EQ(again.code, 2);
  EXPECT_THAT(again.err, HasSubstr("nothing is overwritten"));
  EXPECT_THAT(Run({"plan", "template", folder, "--agency", "dinsos", "--year", "2023"}).err,
              HasSubstr("plan template: --agency "));
}

TEST_F(RunPlanFolderTest, ExportsEveryRevisionInTheOrderOfPublishing) {
  planning_.GetAgency_.response.mutable_agency()->set_name(kDinsos);
  planning_.GetAgency_.response.mutable_agency()->set_display_name("Dinas Sosial");
  planning_.GetAgency_.response.mutable_agency()->set_revision(1);
  auto& document = *planning_.GetDocument_.response.mutable_document();
  document.set_name(std::string(kDinsos) + "/annualPlans/2023");
  document.set_revision(2);
  document.set_publisher("somebody");
  document.mutable_annual_plan()->set_year(2023);
  *planning_.ListDocumentRevisions_.response.add_documents() = document;

  const Outcome exported = Run({"plan", "export", kDinsos, folder_ + "/out"});

  EXPECT_EQ(exported.code, 0) << exported.err;
  EXPECT_EQ(planning_.ListDocumentRevisions_.requests.at(0).order_by(), "log_position");
  EXPECT_EQ(planning_.GetDocument_.requests.at(0).revision(), 2u);
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/out/02-annual-plan-2023-r2.yaml"));
}

TEST_F(RunPlanFolderTest, AnExportThatFailsLeavesNothing) {
  planning_.GetAgency_.error = MakeError(absl::StatusCode::kNotFound, "AGENCY_NOT_FOUND", "no");

  EXPECT_EQ(Run({"plan", "export", kDinsos, folder_ + "/out"}).code, 1);
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/out"));
}

}  // namespace
}  // namespace sakip::cli
