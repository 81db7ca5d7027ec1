// Calls scoring over gRPC as a client does; the test applies the records that followers would.
#include "services/scoring/rpc/scoring_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/message/digest.h"
#include "common/policy/policy.h"
#include "common/rpc/test_malformed.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/freshness.h"
#include "services/scoring/rpc/testing/scoring_server.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::ScoringService::Stub;

constexpr std::chrono::seconds kPatience(60);

class ScoringServiceTest : public ::testing::Test {
 protected:
  void AddDinsos() {
    logs_.AddAgency();
    logs_.Add(TestPlan());
    logs_.Add(TestSubmission());
  }

  TestLogs logs_;
  ScoringServer scoring_;
};

TEST_F(ScoringServiceTest, ScoresAPlanAgainstItsSubmission) {
  AddDinsos();
  scoring_.Read(logs_);

  const auto response = scoring_.Get(CardOf(kDinsos));

  ASSERT_THAT(response, IsOk());
  const v1::Scorecard& card = response->scorecard();
  EXPECT_EQ(card.name(), CardOf(kDinsos));
  EXPECT_EQ(card.agency_display_name(), absl::StrCat("Badan ", kDinsos));
  EXPECT_EQ(card.achievement().figure().exact(), "45000/451");
  EXPECT_EQ(card.achievement().figure().value(), "99.78");
  EXPECT_EQ(card.achievement().rating(), "AA");
  EXPECT_FALSE(card.achievement().met());
  ASSERT_EQ(card.objectives_size(), 1);
  ASSERT_EQ(card.objectives(0).indicators_size(), 1);
  ASSERT_EQ(card.objectives(0).programs_size(), 1);
  const v1::SubActivityScore& sub_activity =
      card.objectives(0).programs(0).activities(0).sub_activities(0);
  EXPECT_EQ(sub_activity.indicators(0).year().achievement().figure().exact(), "110");
  EXPECT_TRUE(sub_activity.indicators(0).year().achievement().met());
  EXPECT_EQ(card.budget().budget(), "1000000");
  EXPECT_EQ(card.budget().realized(), "500000");
  EXPECT_EQ(card.budget().absorption().exact(), "50");
  EXPECT_GT(card.achievement().derivation_size(), 0);
  // Every figure is traced to what was read.
  EXPECT_EQ(card.sources().policy(), policy::DefaultPolicy().name);
  ASSERT_EQ(card.sources().documents_size(), 1);
  EXPECT_EQ(card.sources().documents(0).document(), absl::StrCat(kDinsos, "/annualPlans/2023"));
  EXPECT_EQ(card.sources().documents(0).log_position(), 1);
  ASSERT_EQ(card.sources().submissions_size(), 1);
  EXPECT_EQ(card.sources().submissions(0).submission(),
            absl::StrCat(kDinsos, "/submissions/2023Q4"));
}

TEST_F(ScoringServiceTest, ThereIsNoScorecardWithoutAPlanInForce) {
  logs_.AddAgency();
  planning::v1::PlanDocument late = TestPlan();
  late.set_effective_date("2023-07-01");
  logs_.Add(late);
  scoring_.Read(logs_);

  for (const std::string& name : {CardOf(kDinsos, "2023Q2"), CardOf(kDinsos, "2024Q4"),
                                  CardOf("regions/35.09/agencies/dinsos-2")}) {
    EXPECT_THAT(scoring_.Get(name), StatusIs(StatusCode::kNotFound, "SCORECARD_NOT_FOUND"));
  }
  EXPECT_THAT(scoring_.Get(CardOf(kDinsos, "2023Q3")), IsOk());
}

TEST_F(ScoringServiceTest, RefusesNamesThatAreNoScorecards) {
  for (const std::string& name :
       {std::string(), std::string(kDinsos), CardOf(kDinsos, "2023"), CardOf(kDinsos, "2023Q5"),
        absl::StrCat(kDinsos, "/submissions/2023Q4"), CardOf("regions/-/agencies/dinsos")}) {
    EXPECT_THAT(scoring_.Get(name), HasField("name")) << name;
  }
}

TEST_F(ScoringServiceTest, RefusesForeigners) {
  AddDinsos();
  scoring_.Read(logs_);
  EXPECT_THAT(scoring_.Get(CardOf(kDinsos), 0, 0, absl::Seconds(30),
                           "subject=x;roles=auditor;scopes=regions/35.10"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
}

TEST_F(ScoringServiceTest, TellsNobodyUnknownThatARequestDoesNotParse) {
  v1::GetScorecardRequest request;
  request.set_name(CardOf(kDinsos));

  EXPECT_THAT(scoring_.Get(rpc::Malformed(request)),
              StatusIs(StatusCode::kInvalidArgument, "REQUEST_MALFORMED"));
  EXPECT_THAT(rpc::CallNow(scoring_.stub(), &Stub::GetScorecard, rpc::Malformed(request),
                           "subject=x;roles=emperor;scopes=regions/35"),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST_F(ScoringServiceTest, ListsSummariesOfAScopeByPages) {
  const std::string bappeda = "regions/35/agencies/bappeda", dinkes = "regions/35.10/agencies/a";
  logs_.AddAgency("regions/35.09/agencies/tanpa-rencana");
  for (const std::string& agency : {bappeda, dinkes, std::string(kDinsos)}) {
    logs_.AddAgency(agency);
    logs_.Add(TestPlan(agency));
    logs_.Add(TestSubmission(agency));
  }
  scoring_.Read(logs_);

  const auto first = scoring_.List("regions/35", 2);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Names(*first), ElementsAre(CardOf(kDinsos), CardOf(dinkes)));
  const auto second = scoring_.List("regions/35", 2, first->next_page_token());
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Names(*second), ElementsAre(CardOf(bappeda)));
  EXPECT_EQ(second->next_page_token(), "");
  // A page that ends with the last one is the last.
  EXPECT_EQ(scoring_.List("regions/35", 3)->next_page_token(), "");
  EXPECT_THAT(Names(*scoring_.List("regions/35.10")), ElementsAre(CardOf(dinkes)));
  EXPECT_THAT(Names(*scoring_.List(kDinsos)), ElementsAre(CardOf(kDinsos)));
  EXPECT_THAT(Names(*scoring_.List("regions/36")), IsEmpty());

  const v1::Scorecard& card = first->scorecards(0);
  EXPECT_EQ(card.achievement().figure().value(), "99.78");
  EXPECT_EQ(card.achievement().derivation_size(), 0);
  EXPECT_EQ(card.budget().derivation_size(), 0);
  ASSERT_EQ(card.objectives_size(), 1);
  EXPECT_EQ(card.objectives(0).programs_size(), 0);
  EXPECT_EQ(card.objectives(0).achievement().derivation_size(), 0);

  EXPECT_THAT(scoring_.List("regions/35", 2, first->next_page_token(), 2023, 3),
              HasField("page_token"));
  EXPECT_THAT(scoring_.List("regions/35", -1), HasField("page_size"));
  EXPECT_THAT(scoring_.List("regions/35", 0, "", 1999), HasField("year"));
  EXPECT_THAT(scoring_.List("regions/35", 0, "", 2023, 0), HasField("quarter"));
  EXPECT_THAT(scoring_.List("regions/35", 0, "", 2023, 5), HasField("quarter"));
  EXPECT_THAT(scoring_.List(CardOf(kDinsos)), HasField("parent"));
}

TEST_F(ScoringServiceTest, WaitsUntilThePositionsAreRead) {
  AddDinsos();
  auto waiting =
      std::async(std::launch::async, [this] { return scoring_.Get(CardOf(kDinsos), 2, 1); });

  scoring_.Read(logs_);

  ASSERT_EQ(waiting.wait_for(kPatience), std::future_status::ready);
  const auto response = waiting.get();
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->scorecard().achievement().figure().value(), "99.78");
}

TEST_F(ScoringServiceTest, AReadThatScoringIsBehindOfEndsAtItsDeadline) {
  EXPECT_THAT(scoring_.Get(CardOf(kDinsos), 1, 0, absl::Milliseconds(500)),
              StatusIs(StatusCode::kDeadlineExceeded));
}

TEST_F(ScoringServiceTest, AReadThatWaitsEndsWhenTheServerDrains) {
  auto waiting = std::async(std::launch::async, [this] {
    return scoring_.Get(CardOf(kDinsos), 1, 0, absl::Seconds(55));
  });
  const absl::Time begin = absl::Now();

  scoring_.server().Drain();

  ASSERT_EQ(waiting.wait_for(kPatience), std::future_status::ready);
  EXPECT_FALSE(waiting.get().ok());
  EXPECT_LT(absl::Now() - begin, rpc::DrainOptions().grace / 2);
}

// Runs WhenFresh; sets `gone` when everything that it held is destroyed.
class Wait {
 public:
  Wait(Progress& progress, uint64_t planning, absl::Duration timeout,
       absl::Duration unknown_patience = kUnknownPatience) {
    struct Held {
      std::promise<void> gone;
      ~Held() { gone.set_value(); }
    };
    auto held = std::make_shared<Held>();
    gone = held->gone.get_future();
    auto answer_promise = std::make_shared<std::promise<absl::Status>>();
    answer = answer_promise->get_future();
    WhenFresh(
        progress, Positions{planning, 0}, absl::Now() + timeout,
        [held, answer_promise](const absl::Status& status) { answer_promise->set_value(status); },
        unknown_patience);
  }

  std::future<absl::Status> answer;
  std::future<void> gone;
};

TEST(WhenFresh, TellsHowFarScoringIsAtTheDeadline) {
  Progress progress;
  progress.Advance(Source::kRealization, 4);
  Wait wait(progress, 1, absl::Milliseconds(100));

  ASSERT_EQ(wait.answer.wait_for(kPatience), std::future_status::ready);
  const absl::Status status = wait.answer.get();
  EXPECT_THAT(status, StatusIs(StatusCode::kDeadlineExceeded, "SCORING_BEHIND"));
  EXPECT_THAT(ErrorFacts(status),
              ElementsAre(ErrorFact{"planning", "0"}, ErrorFact{"planning_lag", "1"},
                          ErrorFact{"realization", "4"}, ErrorFact{"realization_lag", "0"}));
  EXPECT_EQ(wait.gone.wait_for(kPatience), std::future_status::ready);
}

TEST(WhenFresh, DoesNotWaitForWhatNoLogIsKnownToHave) {
  Progress progress;
  progress.LearnEnd(Source::kPlanning, 5);
  progress.LearnEnd(Source::kRealization, 0);
  Wait beyond(progress, 6, absl::Hours(1)), known(progress, 5, absl::Hours(1));
  Wait never(progress, 7, absl::Hours(1), absl::Milliseconds(50));
  progress.LearnEnd(Source::kPlanning, 6);

  ASSERT_EQ(never.answer.wait_for(kPatience), std::future_status::ready);
  EXPECT_THAT(never.answer.get(), StatusIs(StatusCode::kDeadlineExceeded, "SCORING_BEHIND"));
  progress.Advance(Source::kPlanning, 6);
  for (Wait* wait : {&beyond, &known}) {
    ASSERT_EQ(wait->answer.wait_for(kPatience), std::future_status::ready);
    EXPECT_THAT(wait->answer.get(), IsOk());
  }
}

TEST(WhenFresh, LetsSoManyWaitForWhatNoLogIsKnownToHave) {
  Progress progress;
  progress.LearnEnd(Source::kPlanning, 5);
  std::vector<std::unique_ptr<Wait>> waits;
  for (int i = 0; i < Progress::kUnknownPlaces; ++i) {
    waits.push_back(std::make_unique<Wait>(progress, 6, absl::Hours(1), absl::Hours(1)));
  }
  Wait refused(progress, 6, absl::Hours(1)), known(progress, 5, absl::Hours(1));
  ASSERT_EQ(refused.answer.wait_for(kPatience), std::future_status::ready);
  EXPECT_THAT(refused.answer.get(), StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));

  progress.Advance(Source::kPlanning, 6);

  for (const auto& wait : waits) EXPECT_THAT(wait->answer.get(), IsOk());
  EXPECT_THAT(known.answer.get(), IsOk());
  Wait again(progress, 7, absl::Hours(1));
  progress.Advance(Source::kPlanning, 7);
  EXPECT_THAT(again.answer.get(), IsOk());
}

TEST(WhenFresh, GivesALaterEndItsTimeUntilTheDeadline) {
  Progress progress;
  progress.LearnEnd(Source::kPlanning, 5);
  const absl::Time since = absl::FromUnixSeconds(1000), deadline = since + absl::Minutes(1);
  EXPECT_EQ(WaitsUntil(progress, {6, 0}, since, deadline), since + kUnknownPatience);
  EXPECT_EQ(WaitsUntil(progress, {6, 0}, since, since + absl::Seconds(1)),
            since + absl::Seconds(1));
  progress.LearnEnd(Source::kPlanning, 6);
  EXPECT_EQ(WaitsUntil(progress, {6, 0}, since, deadline), deadline);
}

TEST(WhenFresh, WaitsWhileAFirstStoreIsBuilt) {
  Progress progress;
  progress.HoldBack();
  Wait late(progress, 0, absl::Milliseconds(100));
  Wait in_time(progress, 0, absl::Hours(1));

  ASSERT_EQ(late.answer.wait_for(kPatience), std::future_status::ready);
  EXPECT_THAT(late.answer.get(), StatusIs(StatusCode::kDeadlineExceeded, "SCORING_BEHIND"));
  progress.Release();
  ASSERT_EQ(in_time.answer.wait_for(kPatience), std::future_status::ready);
  EXPECT_THAT(in_time.answer.get(), IsOk());
}

TEST(WhenFresh, LetsGoOfEverythingAfterTheAnswer) {
  Progress progress;
  Wait at_once(progress, 0, absl::Seconds(60));
  Wait later(progress, 1, absl::Hours(1));
  progress.Advance(Source::kPlanning, 1);

  for (Wait* wait : {&at_once, &later}) {
    ASSERT_EQ(wait->answer.wait_for(kPatience), std::future_status::ready);
    EXPECT_THAT(wait->answer.get(), IsOk());
    EXPECT_EQ(wait->gone.wait_for(std::chrono::seconds(10)), std::future_status::ready);
  }
}

TEST_F(ScoringServiceTest, ServesPoliciesAndProgress) {
  const auto all = rpc::CallNow(scoring_.stub(), &Stub::ListPolicies, {});
  ASSERT_THAT(all, IsOk());
  ASSERT_GE(all->policies_size(), 3);
  for (const types::v1::ScoringPolicy& policy : all->policies()) {
    v1::GetPolicyRequest request;
    request.set_name(policy.name());
    const auto one = rpc::CallNow(scoring_.stub(), &Stub::GetPolicy, request);
    ASSERT_THAT(one, IsOk());
    EXPECT_EQ(DeterministicBytes(one->policy()), DeterministicBytes(policy));
  }
  for (int i = 1; i < all->policies_size(); ++i) {
    EXPECT_LT(all->policies(i - 1).name(), all->policies(i).name());
  }
  v1::GetPolicyRequest unknown;
  unknown.set_name("policies/permenpanrb-53-2014/versions/99");
  EXPECT_THAT(rpc::CallNow(scoring_.stub(), &Stub::GetPolicy, unknown),
              StatusIs(StatusCode::kNotFound, "POLICY_NOT_FOUND"));

  AddDinsos();
  scoring_.Read(logs_);
  const auto progress = rpc::CallNow(scoring_.stub(), &Stub::GetProgress, {});
  ASSERT_THAT(progress, IsOk());
  EXPECT_EQ(progress->read().planning(), 2);
  EXPECT_EQ(progress->read().realization(), 1);
  EXPECT_EQ(progress->end().planning(), 70);
  EXPECT_EQ(progress->end().realization(), 80);
  EXPECT_EQ(progress->lag().planning(), 68);
  EXPECT_EQ(progress->lag().realization(), 79);
}

TEST_F(ScoringServiceTest, ARebuiltViewGivesTheSameBytes) {
  AddDinsos();
  planning::v1::PlanDocument second = TestPlan();
  second.set_revision(2);
  second.set_effective_date("2023-11-21");
  logs_.Add(second);
  realization::v1::Submission correction = TestSubmission();
  correction.set_revision(2);
  correction.mutable_indicators(1)->set_quantity("61");
  logs_.Add(correction);
  scoring_.Read(logs_, 1);
  ScoringServer rebuilt;

  rebuilt.Read(logs_);

  for (const char* period : {"2023Q1", "2023Q3", "2023Q4"}) {
    const auto first = scoring_.Get(CardOf(kDinsos, period));
    const auto again = rebuilt.Get(CardOf(kDinsos, period));
    ASSERT_THAT(first, IsOk());
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(DeterministicBytes(*first), DeterministicBytes(*again)) << period;
  }
  EXPECT_EQ(DeterministicBytes(*scoring_.List("regions/35")),
            DeterministicBytes(*rebuilt.List("regions/35")));
}

}  // namespace
}  // namespace sakip::scoring
