#include "services/cli/files/input_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr char kSamples[] = SAKIP_SOURCE_DIR "/deploy/samples/jember-2023/";

// gmock's text matchers take no absl::string_view.
std::string Message(const absl::Status& status) { return std::string(status.message()); }

class InputFileTest : public ::testing::Test {
 protected:
  InputFileTest() {
    std::string pattern = ::testing::TempDir() + "/input_file_XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~InputFileTest() override { std::filesystem::remove_all(folder_); }

  std::string Write(absl::string_view text) const {
    const std::string path = folder_ + "/f.yaml";
    std::ofstream(path) << text;
    return path;
  }

  std::string folder_;
};

TEST_F(InputFileTest, ReadsPlansSubmissionsAndAgencies) {
  const auto plan = ReadPlanFile(absl::StrCat(kSamples, "05-annual-plan-amended.yaml"));
  const auto submission = ReadSubmissionFile(absl::StrCat(kSamples, "14-submission-2023q4.yaml"));
  const auto agency = ReadAgencyFile(absl::StrCat(kSamples, "01-agency.yaml"));

  ASSERT_TRUE(plan.ok()) << plan.status();
  ASSERT_TRUE(submission.ok()) << submission.status();
  ASSERT_TRUE(agency.ok()) << agency.status();
  EXPECT_EQ(plan->revision, 2u);
  EXPECT_EQ(plan->expected_revision(), 1u);
  EXPECT_EQ(plan->message.revision(), 0u);
  EXPECT_GT(plan->message.annual_plan().objectives_size(), 0);
  EXPECT_EQ(submission->expected_revision(), 0u);
  EXPECT_GT(submission->message.indicators_size(), 0);
  EXPECT_EQ(agency->message.name(), "regions/35.09/agencies/dinsos");
}

TEST_F(InputFileTest, TakesTheFirstRevisionWhereNoneIsSaid) {
  const auto file = ReadSubmissionFile(Write("name: x\ncoverage: quarter\n"));

  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->revision, 1u);
  EXPECT_EQ(file->expected_revision(), 0u);
}

TEST_F(InputFileTest, ReadsWhatWasSpentByKindAndSource) {
  const auto file = ReadSubmissionFile(Write(R"(name: x
coverage: year_to_date
budgets:
  - sub_activity_code: SK1
    realized: 900
    realized_parts:
      - { expenditure_kind: operating, funding_source: DBHCHT, amount: 700 }
      - { expenditure_kind: transfer, amount: 200 }
)"));

  ASSERT_TRUE(file.ok()) << file.status();
  const auto& parts = file->message.budgets(0).realized_parts();
  ASSERT_EQ(parts.size(), 2);
  EXPECT_EQ(parts[0].expenditure_kind(), types::v1::EXPENDITURE_KIND_OPERATING);
  EXPECT_EQ(parts[0].funding_source(), "DBHCHT");
  EXPECT_EQ(parts[1].expenditure_kind(), types::v1::EXPENDITURE_KIND_TRANSFER);
  EXPECT_EQ(parts[1].amount(), "200");
  EXPECT_THAT(Message(ReadSubmissionFile(Write(R"(coverage: quarter
budgets:
  - realized_parts:
      - { expenditure_kind: pegawai }
)"))
                          .status()),
              HasSubstr("it takes operating, capital, contingency or transfer"));
}

TEST_F(InputFileTest, RefusesRevisionZero) {
  EXPECT_THAT(Message(ReadSubmissionFile(Write("coverage: quarter\nrevision: 0\n")).status()),
              EndsWith("f.yaml:2:1: revision: is 0; the first revision is 1"));
}

TEST_F(InputFileTest, ReadsEveryDocumentOfAFile) {
  const auto files = ReadSubmissionDocuments(
      Write("# Two quarters.\n---\nname: a\ncoverage: quarter\n---\n# The second.\nname: b\n"
            "coverage: quarter\nrevision: 2\n---\n"));

  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_EQ(files->size(), 2u);
  EXPECT_EQ((*files)[0].message.name(), "a");
  EXPECT_EQ((*files)[1].message.name(), "b");
  EXPECT_EQ((*files)[1].revision, 2u);
  ASSERT_TRUE((*files)[1].positions.Find("name").has_value());
  EXPECT_EQ((*files)[1].positions.Find("name")->line, 7);
}

TEST_F(InputFileTest, TellsAFaultOfALaterDocumentAtItsPlaceInTheFile) {
  const auto files =
      ReadSubmissionDocuments(Write("coverage: quarter\n---\ncoverage: quarter\nunti: x\n"));

  EXPECT_THAT(Message(files.status()), HasSubstr("f.yaml:4:1: "));
}

TEST_F(InputFileTest, SaysWhichKindAFileIs) {
  const std::string submission = Write("nmae: x\ncoverage: quarter\nindicators: []\n");

  const auto status = ReadPlanFile(submission).status();

  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(status),
              EndsWith("f.yaml:1:1: is a submission and not a plan; `sakipctl submit` takes it"));
  EXPECT_THAT(Message(ReadSubmissionFile(Write("action_plan: {}\n")).status()),
              EndsWith("is a plan and not a submission; `sakipctl plan publish` takes it"));
  EXPECT_THAT(Message(ReadSubmissionFile(Write("display_name: x\nunits: []\n")).status()),
              EndsWith("is an agency and not a submission; `sakipctl agency register` takes it"));
  EXPECT_THAT(Message(ReadAgencyFile(Write("name: x\nreason: y\n")).status()),
              HasSubstr("is not an agency: it has none of the keys display_name, government"));
}

TEST_F(InputFileTest, CollectsTheFaultsOfServerFieldsAndOfOthersInOrder) {
  const auto status =
      ReadSubmissionFile(Write("coverage: x\nstate: verified\nnmae: y\nsubmit_time: 1\n")).status();

  EXPECT_THAT(Message(status),
              AllOf(HasSubstr("f.yaml:1:11: coverage"),
                    HasSubstr("f.yaml:2:1: state: is set by the server; leave it out\n"),
                    HasSubstr("f.yaml:3:1: nmae"), HasSubstr("f.yaml:4:1: submit_time: is set")));
}

TEST_F(InputFileTest, NamesAFileThatCannotBeRead) {
  const auto missing = ReadPlanFile(folder_ + "/none.yaml").status();
  const auto folder = ReadPlanFile(folder_).status();

  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Message(missing), HasSubstr("none.yaml: cannot be read: No such file"));
  EXPECT_EQ(folder.code(), absl::StatusCode::kNotFound);
}

TEST_F(InputFileTest, RefusesAFileOverTheLimit) {
  EXPECT_THAT(Message(ReadPlanFile(Write(std::string(kYamlBytesMax + 1, '#'))).status()),
              HasSubstr("is larger than 8 MiB"));
}

}  // namespace
}  // namespace sakip::cli
