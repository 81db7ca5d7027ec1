// Exporting scorecards, over gRPC.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/feed_reader.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Request = v1::ExportScorecardsRequest;

class Export : public FeedReader<Request, v1::ExportScorecardsResponse> {
 public:
  Export(ScoringServer& scoring, const Request& request, absl::Duration timeout = absl::Seconds(60))
      : FeedReader(scoring, &v1::ScorecardFeedService::Stub::ExportScorecards, request, timeout) {}
};

class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    request_.set_parent("regions/35");
    request_.set_year(2023);
  }

  void AddAgencies(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string name = absl::StrCat("regions/35.", 10 + i % 3, "/agencies/a", i);
      logs_.AddAgency(name);
      logs_.Add(TestPlan(name));
      if (i % 2 == 0) logs_.Add(TestSubmission(name));
    }
    scoring_.Read(logs_);
  }

  Cards ReadAll(const Request& request, std::vector<std::string>* names = nullptr) {
    Export reader(scoring_, request);
    Cards cards;
    while (reader.Next()) {
      AddTo(cards, reader.message);
      if (names == nullptr) continue;
      for (const auto& card : reader.message.scorecards()) names->push_back(card.name());
    }
    EXPECT_THAT(reader.End(), IsOk());
    return cards;
  }

  TestLogs logs_;
  ScoringServer scoring_;
  Request request_;
};

TEST_F(ExportTest, HoldsEveryScorecardOfTheYearInOrder) {
  AddAgencies(3);
  logs_.AddAgency("regions/35.10/agencies/without-plan");
  logs_.AddAgency("regions/36/agencies/other");
  logs_.Add(TestPlan("regions/36/agencies/other"));
  scoring_.Read(logs_);
  std::vector<std::string> names;
  request_.set_view(v1::SCORECARD_VIEW_FULL);

  const Cards cards = ReadAll(request_, &names);

  EXPECT_THAT(names, SizeIs(12));
  EXPECT_EQ(names[0], "regions/35.10/agencies/a0/scorecards/2023Q1");
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (const auto& [name, bytes] : cards) {
    const auto one = scoring_.Get(name);
    ASSERT_THAT(one, IsOk());
    EXPECT_EQ(bytes, DeterministicBytes(one->scorecard())) << name;
  }
  request_.set_quarter(2);
  EXPECT_THAT(ReadAll(request_), SizeIs(3));
  request_.set_parent("regions/36/agencies/other");
  EXPECT_THAT(ReadAll(request_), SizeIs(1));
}

TEST_F(ExportTest, SendsAsMuchOfEachAsTheViewHas) {
  AddAgencies(1);
  request_.set_quarter(4);
  const auto card = [&](v1::ScorecardView view) {
    request_.set_view(view);
    Export reader(scoring_, request_);
    EXPECT_TRUE(reader.Next());
    return reader.message.scorecards(0);
  };

  EXPECT_THAT(card(v1::SCORECARD_VIEW_UNSPECIFIED).objectives(0).programs(), IsEmpty());
  EXPECT_THAT(card(v1::SCORECARD_VIEW_PROGRAMS).objectives(0).programs(), SizeIs(1));
  EXPECT_THAT(card(v1::SCORECARD_VIEW_PROGRAMS).achievement().derivation(), IsEmpty());
  EXPECT_GT(card(v1::SCORECARD_VIEW_FULL).achievement().derivation_size(), 0);
  request_.mutable_read_mask()->add_paths("budget");
  EXPECT_EQ(card(v1::SCORECARD_VIEW_FULL).name(), "");
}

// Whatever is recorded meanwhile, an export that breaks goes on in the state that it began in.
TEST_F(ExportTest, ResumesAtEveryMessageInTheSameState) {
  AddAgencies(100);
  request_.set_view(v1::SCORECARD_VIEW_FULL);
  std::vector<std::pair<v1::ExportPosition, Cards>> breaks;
  Cards all;
  {
    Export reader(scoring_, request_);
    while (reader.Next()) {
      AddTo(all, reader.message);
      breaks.emplace_back(reader.message.position(), all);
    }
  }
  ASSERT_THAT(all, SizeIs(400));
  ASSERT_GT(breaks.size(), 3);
  // Of the last agency, so that no break is after it.
  realization::v1::Submission later = TestSubmission(std::string(AgencyOf(all.rbegin()->first)));
  later.set_revision(2);
  later.mutable_budgets(0)->set_realized("7");
  logs_.Add(later);
  scoring_.Read(logs_);
  EXPECT_NE(ReadAll(request_), all);

  for (auto& [position, cards] : breaks) {
    *request_.mutable_resume() = position;
    const size_t before = cards.size();
    const Cards rest = ReadAll(request_);
    EXPECT_EQ(before + rest.size(), all.size()) << "some came twice or never";
    cards.insert(rest.begin(), rest.end());
    EXPECT_EQ(cards, all);
  }
}

TEST_F(ExportTest, ResumesBetweenTheQuartersOfAnAgency) {
  AddAgencies(2);
  request_.mutable_resume()->mutable_read()->set_planning(4);
  request_.mutable_resume()->mutable_read()->set_realization(1);
  request_.mutable_resume()->set_after("regions/35.10/agencies/a0/scorecards/2023Q3");
  std::vector<std::string> names;

  ReadAll(request_, &names);

  ASSERT_THAT(names, SizeIs(5));
  EXPECT_EQ(names[0], "regions/35.10/agencies/a0/scorecards/2023Q4");
}

TEST_F(ExportTest, SaysSoWhereThereIsNothing) {
  Export reader(scoring_, request_);

  ASSERT_TRUE(reader.Next());

  EXPECT_THAT(reader.message.scorecards(), IsEmpty());
  EXPECT_TRUE(reader.message.has_position());
  EXPECT_FALSE(reader.Next());
  EXPECT_THAT(reader.End(), IsOk());
}

TEST_F(ExportTest, TellsAStateOfThePast) {
  AddAgencies(2);
  request_.set_quarter(4);
  request_.mutable_as_of()->mutable_positions()->set_planning(2);
  std::vector<std::string> names;

  ReadAll(request_, &names);

  EXPECT_THAT(names, ElementsAre("regions/35.10/agencies/a0/scorecards/2023Q4"));
}

TEST_F(ExportTest, WaitsForWhatItAsksForOrTellsTheLag) {
  AddAgencies(1);
  request_.mutable_at_least()->set_planning(5);
  Export late(scoring_, request_, absl::Milliseconds(200));
  const absl::Status status = late.End();
  EXPECT_THAT(status, StatusIs(StatusCode::kDeadlineExceeded, "SCORING_BEHIND"));
  EXPECT_THAT(ErrorFacts(status), Contains(ErrorFact{"planning_lag", "3"}));

  request_.mutable_at_least()->set_planning(4);
  Export waiting(scoring_, request_);
  AddAgencies(1);
  EXPECT_TRUE(waiting.Next());
  EXPECT_EQ(waiting.message.position().read().planning(), 4);
}

TEST_F(ExportTest, RefusesWhatIsNone) {
  const auto refused = [&](auto change) {
    Request request = request_;
    change(request);
    return Export(scoring_, request).End();
  };
  EXPECT_THAT(refused([](Request& r) { r.set_parent("35"); }), HasField("parent"));
  EXPECT_THAT(refused([](Request& r) { r.set_quarter(5); }), HasField("quarter"));
  EXPECT_THAT(refused([](Request& r) { r.set_view(static_cast<v1::ScorecardView>(9)); }),
              HasField("view"));
  EXPECT_THAT(refused([](Request& r) { r.mutable_as_of(); }), HasField("as_of"));
  EXPECT_THAT(refused([](Request& r) { r.mutable_resume()->set_after("a0"); }),
              HasField("resume.after"));
  EXPECT_THAT(refused([](Request& r) {
                r.mutable_resume()->set_after("regions/35/agencies/a/scorecards/2022Q4");
              }),
              HasField("resume.after"));
}

}  // namespace
}  // namespace sakip::scoring
