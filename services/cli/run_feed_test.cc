// Commands that watch and export scorecards, against servers with canned answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string NameOf(int agency) {
  return absl::StrCat("regions/35.09/agencies/a", agency, "/scorecards/2023Q4");
}

class RunFeedTest : public RunTest {
 protected:
  Outcome Export(std::vector<std::string> more = {}) {
    std::vector<std::string> args = {"scorecards", "export", "regions/35", "--year",
                                     "2023",       "-o",     file_};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }

  // A message with one scorecard.
  static scoring::v1::ExportScorecardsResponse Exported(int agency) {
    scoring::v1::ExportScorecardsResponse message;
    message.add_scorecards()->set_name(NameOf(agency));
    message.mutable_position()->mutable_read()->set_planning(12);
    message.mutable_position()->mutable_read()->set_realization(34);
    message.mutable_position()->set_after(NameOf(agency));
    return message;
  }

  size_t FilesLeft() const {
    return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

  const std::string file_ = folder_ + "/export";
};

TEST_F(RunFeedTest, WritesAnExportAsATable) {
  feed_.exports = {{{Exported(1), Exported(2)}, absl::OkStatus()}};
  realization_log_.GetHead_.response.set_end_position(9);

  const Outcome outcome = Export({"--quarter", "4"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("2 kartu skor di " + file_ + ", keadaan 12:34"));
  const std::string text = ReadFile(file_, 100'000).value();
  EXPECT_THAT(text, StartsWith("agency;agency_name;year;quarter;level;"));
  EXPECT_THAT(text, HasSubstr("\nregions/35.09/agencies/a2;;2023;4;agency;"));
  EXPECT_EQ(FilesLeft(), 1);
  const auto& request = feed_.export_requests.at(0);
  EXPECT_EQ(request.view(), scoring::v1::SCORECARD_VIEW_PROGRAMS);
  EXPECT_EQ(request.quarter(), 4);
  EXPECT_EQ(request.at_least().realization(), 9);
}

TEST_F(RunFeedTest, WritesAnExportAsLinesOfJson) {
  feed_.exports = {{{Exported(1), Exported(2)}, absl::OkStatus()}};

  EXPECT_EQ(Export({"--format", "json"}).code, 0);

  const std::string text = ReadFile(file_, 100'000).value();
  EXPECT_THAT(text, StartsWith(absl::StrCat("{\"name\":\"", NameOf(1), "\"")));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_EQ(feed_.export_requests.at(0).view(), scoring::v1::SCORECARD_VIEW_FULL);
  EXPECT_EQ(feed_.export_requests.at(0).quarter(), 0) << "all four";
}

TEST_F(RunFeedTest, GoesOnWhereAnExportBroke) {
  const absl::Status broke = MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "gone");
  feed_.exports = {{{Exported(1)}, broke}, {{Exported(2)}, broke}, {{}, absl::OkStatus()}};

  EXPECT_EQ(Export().code, 0);

  EXPECT_EQ(feed_.export_requests.at(1).resume().after(), NameOf(1));
  EXPECT_EQ(feed_.export_requests.at(1).resume().read().planning(), 12);
  EXPECT_EQ(feed_.export_requests.at(2).resume().after(), NameOf(2));
  EXPECT_THAT(ReadFile(file_, 100'000).value(),
              AllOf(HasSubstr("agencies/a1;"), HasSubstr("agencies/a2;")));
}

TEST_F(RunFeedTest, LeavesNoFileOfAnExportThatFailed) {
  const absl::Status broke = MakeError(absl::StatusCode::kUnavailable, "SHUTTING_DOWN", "gone");
  feed_.exports = {{{Exported(1)}, broke}, {{}, broke}};

  EXPECT_EQ(Export().code, 3) << "the second brought nothing";
  EXPECT_EQ(FilesLeft(), 0);

  Write("export", "kept");
  const Outcome there = Export();
  EXPECT_EQ(there.code, 2);
  EXPECT_THAT(there.err, HasSubstr("is there already"));
  EXPECT_EQ(ReadFile(file_, 100).value(), "kept");
}

TEST_F(RunFeedTest, PrintsWhatIsWatched) {
  feed_.watch.add_scorecards()->set_name(NameOf(1));
  feed_.watch.mutable_scorecards(0)->mutable_achievement()->mutable_figure()->set_value("99.94");
  feed_.watch.mutable_position()->mutable_complete()->set_planning(12);

  const Outcome outcome = Run(
      {"scorecards", "watch", "regions/35", "--year", "2023", "--quarter", "4", "--from", "3:4"});

  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.out, HasSubstr("regions/35.09/agencies/a1  99,94"));
  EXPECT_THAT(outcome.err, HasSubstr("watch on with --from 12:0"));
  EXPECT_EQ(feed_.watch_requests.at(0).from().complete().realization(), 4);
  EXPECT_EQ(Run({"scorecards", "watch", "regions/35", "--year", "2023", "--quarter", "4", "--until",
                 "1", "--output", "json"})
                .code,
            0);
  EXPECT_THAT(
      Run({"scorecards", "watch", "regions/35", "--year", "2023", "--quarter", "4", "--from", "3"})
          .err,
      HasSubstr("--from 3: is no two positions"));
}

TEST_F(RunFeedTest, ListsWhereNeitherIsAskedFor) {
  EXPECT_EQ(Run({"scorecards", "regions/35", "--year", "2023", "--quarter", "4"}).code, 0);
  EXPECT_EQ(scoring_.ListScorecards_.requests.at(0).parent(), "regions/35");
  EXPECT_THAT(feed_.export_requests, IsEmpty());
  const Outcome outcome = Run({"scorecards", "regions/35", "--year", "2023"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--quarter"));
}

}  // namespace
}  // namespace sakip::cli
