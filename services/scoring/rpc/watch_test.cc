// Watching scorecards, over gRPC: what is told when, and that a watch that breaks loses nothing.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/policy/proto/policy_proto.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/feed_reader.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kA[] = "regions/35.09/agencies/a";
constexpr char kB[] = "regions/35.09/agencies/b";
constexpr char kC[] = "regions/35.10/agencies/c";

class Watch : public FeedReader<v1::WatchScorecardsRequest, v1::WatchScorecardsResponse> {
 public:
  Watch(ScoringServer& scoring, const v1::WatchScorecardsRequest& request)
      : FeedReader(scoring, &v1::ScorecardFeedService::Stub::WatchScorecards, request) {}

  // Reads until everything is told that `logs` hold; the names of the agencies on the way.
  std::vector<std::string> ReadTo(const TestLogs& logs, Cards* cards = nullptr) {
    std::vector<std::string> agencies;
    do {
      if (!Next()) {
        ADD_FAILURE() << "ended: " << End();
        break;
      }
      for (const auto& card : message.scorecards()) agencies.emplace_back(AgencyOf(card.name()));
      if (cards != nullptr) AddTo(*cards, message);
    } while (message.position().complete().planning() < logs.End(Source::kPlanning) ||
             message.position().complete().realization() < logs.End(Source::kRealization));
    return agencies;
  }
};

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() {
    request_.set_parent("regions/35");
    request_.set_year(2023);
    request_.set_quarter(4);
    list_.set_parent("regions/35");
    list_.set_year(2023);
    list_.set_quarter(4);
    list_.set_page_size(500);
  }

  void AddAgency(const std::string& name) {
    logs_.AddAgency(name);
    logs_.Add(TestPlan(name));
  }
  // What no other submission of the agency says.
  void Submit(const std::string& name) {
    realization::v1::Submission submission = TestSubmission(name);
    submission.set_revision(static_cast<uint32_t>(++submitted_));
    submission.mutable_budgets(0)->set_realized(absl::StrCat(submitted_));
    logs_.Add(submission);
  }
  void PublishPolicy(const std::string& region) {
    planning::v1::PlanEvent event;
    auto& policy = *event.mutable_scoring_policy_published()->mutable_scoring_policy();
    policy = policy::ToProto(*policy::FindBuiltIn("policies/permenpanrb-88-2021/versions/1"));
    policy.set_name(absl::StrCat(region, "/scoringPolicies/1"));
    policy.set_first_year(2023);
    policy.set_log_position(logs_.End(Source::kPlanning));
    logs_.AddEvent(std::move(event));
  }

  TestLogs logs_;
  int submitted_ = 0;
  v1::WatchScorecardsRequest request_;
  v1::ListScorecardsRequest list_;
};

TEST_F(WatchTest, TellsAllThenEachAsItChanges) {
  ScoringServer scoring;
  for (const char* agency : {kB, kA, kC}) AddAgency(agency);
  logs_.AddAgency("regions/35.10/agencies/without-plan");
  scoring.Read(logs_);
  Watch watch(scoring, request_);
  Cards cards;

  EXPECT_THAT(watch.ReadTo(logs_, &cards), ElementsAre(kA, kB, kC));
  Submit(kB);
  scoring.Read(logs_);
  EXPECT_THAT(watch.ReadTo(logs_, &cards), ElementsAre(kB));
  AddAgency("regions/35.11/agencies/d");
  scoring.Read(logs_);
  EXPECT_THAT(watch.ReadTo(logs_, &cards), ElementsAre("regions/35.11/agencies/d"));

  EXPECT_EQ(cards, ListAll(scoring, list_));
  EXPECT_FALSE(watch.message.position().has_round());
  EXPECT_EQ(watch.message.read().planning(), logs_.End(Source::kPlanning));
}

TEST_F(WatchTest, SaysAtOnceThatNothingIsNew) {
  ScoringServer scoring;
  AddAgency(kA);
  scoring.Read(logs_);
  request_.mutable_from()->mutable_complete()->set_planning(logs_.End(Source::kPlanning));
  Watch watch(scoring, request_);

  ASSERT_TRUE(watch.Next());

  EXPECT_THAT(watch.message.scorecards(), IsEmpty());
  EXPECT_EQ(watch.message.position().complete().planning(), 2);
}

// A history in rounds of more than one message; from wherever a watch breaks, the next one makes
// the same of what the first had told.
TEST_F(WatchTest, ResumesAtEveryMessageWithoutLoss) {
  ScoringServer scoring;
  for (int i = 0; i < 150; ++i) {
    AddAgency(absl::StrCat("regions/35.", 10 + i % 5, "/agencies/a", i));
  }
  std::vector<std::pair<v1::WatchPosition, Cards>> breaks;
  Watch watch(scoring, request_);
  Cards told;
  const auto read = [&] {
    scoring.Read(logs_, /*batch=*/7);
    do {
      ASSERT_TRUE(watch.Next());
      AddTo(told, watch.message);
      breaks.emplace_back(watch.message.position(), told);
    } while (watch.message.position().complete().planning() < logs_.End(Source::kPlanning) ||
             watch.message.position().complete().realization() < logs_.End(Source::kRealization));
  };
  read();
  for (int i = 0; i < 70; ++i) Submit(absl::StrCat("regions/35.", 10 + i % 5, "/agencies/a", i));
  read();
  PublishPolicy("regions/35.12");
  read();
  EXPECT_EQ(told, ListAll(scoring, list_));
  ASSERT_GT(breaks.size(), 5);

  for (auto& [position, cards] : breaks) {
    *request_.mutable_from() = position;
    Watch resumed(scoring, request_);
    resumed.ReadTo(logs_, &cards);
    EXPECT_EQ(cards, told) << position.ShortDebugString();
  }
}

TEST_F(WatchTest, InARoundTellsOnlyWhatIsAfterWhereItBroke) {
  ScoringServer scoring;
  for (const char* agency : {kA, kB, kC}) AddAgency(agency);
  scoring.Read(logs_);
  v1::WatchPosition& from = *request_.mutable_from();
  from.mutable_complete();
  from.mutable_round()->set_planning(4);  // Before c was registered.
  from.set_through_agency(kA);
  Watch watch(scoring, request_);

  EXPECT_THAT(watch.ReadTo(logs_), ElementsAre(kB, kC));
}

TEST_F(WatchTest, AnAgencyThatChangedOftenComesOnce) {
  ScoringServer scoring;
  for (const char* agency : {kA, kB}) AddAgency(agency);
  scoring.Read(logs_);
  Watch watch(scoring, request_);
  watch.ReadTo(logs_);

  for (int i = 0; i < 100; ++i) Submit(kA);
  scoring.Read(logs_, /*batch=*/1);
  Cards cards;

  EXPECT_THAT(watch.ReadTo(logs_, &cards), ElementsAre(kA));
  EXPECT_EQ(cards[CardOf(kA)], ListAll(scoring, list_)[CardOf(kA)]);
}

// Messages of 64 KiB, of which gRPC takes a few for a reader that does not read.
TEST_F(WatchTest, AReaderThatDoesNotReadIsToldTheLatestWhenItComesBack) {
  ScoringServer scoring;
  logs_.AddAgency(kA);
  planning::v1::PlanDocument plan = TestPlan(kA);
  plan.mutable_annual_plan()->mutable_objectives(0)->set_display_name(std::string(64'000, 'x'));
  logs_.Add(plan);
  scoring.Read(logs_);
  Watch watch(scoring, request_);
  watch.ReadTo(logs_);

  constexpr int kRounds = 500;
  for (int i = 0; i < kRounds; ++i) {
    Submit(kA);
    scoring.Read(logs_);
  }
  Cards cards;
  const size_t told = watch.ReadTo(logs_, &cards).size();

  EXPECT_LT(told, kRounds / 2) << "each change was kept for the reader";
  EXPECT_EQ(cards, ListAll(scoring, list_));
}

TEST_F(WatchTest, APolicyChangesAllAgenciesOfItsRegion) {
  ScoringServer scoring;
  for (const char* agency : {kA, kB, kC}) AddAgency(agency);
  scoring.Read(logs_);
  Watch watch(scoring, request_);
  Cards cards;
  watch.ReadTo(logs_, &cards);

  PublishPolicy("regions/35.09");
  scoring.Read(logs_);

  EXPECT_THAT(watch.ReadTo(logs_, &cards), ElementsAre(kA, kB));
  EXPECT_EQ(cards, ListAll(scoring, list_));
}

TEST_F(WatchTest, TellsNothingOutsideItsScopeButHowFarItHasCome) {
  ScoringServer scoring(/*quiet_max=*/absl::Milliseconds(5));
  for (const char* agency : {kA, kC, "regions/35.11/agencies/e"}) AddAgency(agency);
  scoring.Read(logs_);
  request_.set_parent("regions/35.10");
  Watch watch(scoring, request_);
  EXPECT_THAT(watch.ReadTo(logs_), ElementsAre(kC));

  Submit(kA);
  PublishPolicy("regions/35.09");
  scoring.Read(logs_);

  EXPECT_THAT(watch.ReadTo(logs_), IsEmpty());
  EXPECT_TRUE(watch.Next()) << "a quiet watch goes on telling";
  EXPECT_THAT(watch.message.scorecards(), IsEmpty());

  request_.set_parent(kA);
  Watch one(scoring, request_);
  EXPECT_THAT(one.ReadTo(logs_), ElementsAre(kA));
}

TEST_F(WatchTest, WaitsWhereScoringIsBehindTheReader) {
  ScoringServer scoring(/*quiet_max=*/absl::Milliseconds(5));
  AddAgency(kA);
  AddAgency(kB);
  request_.mutable_from()->mutable_complete()->set_planning(2);
  Watch watch(scoring, request_);
  ASSERT_TRUE(watch.Next());
  EXPECT_THAT(watch.message.scorecards(), IsEmpty());
  EXPECT_EQ(watch.message.position().complete().planning(), 2);
  EXPECT_EQ(watch.message.read().planning(), 0);

  scoring.Read(logs_);

  EXPECT_THAT(watch.ReadTo(logs_), ElementsAre(kB));
}

TEST_F(WatchTest, SendsOnlyTheFieldsAskedFor) {
  ScoringServer scoring;
  AddAgency(kA);
  scoring.Read(logs_);
  request_.mutable_read_mask()->add_paths("name");
  Watch watch(scoring, request_);

  watch.ReadTo(logs_);

  v1::Scorecard expected;
  expected.set_name(CardOf(kA));
  ASSERT_EQ(watch.message.scorecards_size(), 1);
  EXPECT_EQ(DeterministicBytes(watch.message.scorecards(0)), DeterministicBytes(expected));
}

TEST_F(WatchTest, EndsWhenTheServerStops) {
  ScoringServer scoring;
  AddAgency(kA);
  scoring.Read(logs_);
  Watch watch(scoring, request_);
  watch.ReadTo(logs_);

  scoring.server().Drain();

  EXPECT_THAT(watch.End(), StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
}

TEST_F(WatchTest, RefusesWhatIsNone) {
  ScoringServer scoring;
  const auto refused = [&](auto change) {
    v1::WatchScorecardsRequest request = request_;
    change(request);
    return Watch(scoring, request).End();
  };
  using Request = v1::WatchScorecardsRequest;
  EXPECT_THAT(refused([](Request& r) { r.set_parent("regions/35/agencies/a/submissions/2023Q4"); }),
              HasField("parent"));
  EXPECT_THAT(refused([](Request& r) { r.set_quarter(0); }), HasField("quarter"));
  EXPECT_THAT(refused([](Request& r) { r.set_year(1900); }), HasField("year"));
  EXPECT_THAT(refused([](Request& r) { r.mutable_read_mask()->add_paths("nothing"); }),
              HasField("read_mask"));
  EXPECT_THAT(refused([](Request& r) { r.mutable_from()->set_through_agency(kA); }),
              HasField("from.through_agency"));
  EXPECT_THAT(refused([](Request& r) {
                r.mutable_from()->mutable_complete()->set_planning(2);
                r.mutable_from()->mutable_round()->set_planning(1);
              }),
              HasField("from.round"));
}

}  // namespace
}  // namespace sakip::scoring
