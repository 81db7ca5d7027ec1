#include "services/scoring/rpc/scorecard_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/policy/policy.h"
#include "common/policy/proto/policy_proto.h"
#include "common/testing/status_matchers.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/scoring/rpc/testing/scoring_server.h"

namespace sakip::scoring {
namespace {

using realization::v1::QuarterClosed;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

std::string Text(const grpc::Slice& slice) {
  return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
}

TEST(PackedBytes, ComeBackAsTheyWere) {
  std::string bytes(100'000, 'a');
  bytes += "z";
  const PackedBytes packed(bytes);

  EXPECT_EQ(Text(packed.Unpack()), bytes);
  EXPECT_LT(packed.size(), bytes.size() / 10);
  EXPECT_EQ(Text(PackedBytes("").Unpack()), "");
}

TEST(ScorecardCache, GivesWhatHoldsTheLatestChange) {
  ScorecardCache cache;
  cache.Keep("a", {.planning = 5, .realization = 7}, grpc::Slice("one"));

  EXPECT_FALSE(cache.Find("b", {}, AsOf()).has_value());
  ASSERT_TRUE(cache.Find("a", {.planning = 5, .realization = 7}, AsOf()).has_value());
  EXPECT_EQ(Text(*cache.Find("a", {}, AsOf())), "one");
  EXPECT_FALSE(cache.Find("a", {.planning = 5, .realization = 8}, AsOf()).has_value());
}

TEST(ScorecardCache, PacksInItsOwnTime) {
  const std::string bytes(100'000, 'a');
  ScorecardCache cache;
  cache.Keep("a", {}, grpc::Slice(bytes));
  EXPECT_EQ(Text(*cache.Find("a", {}, AsOf())), bytes);

  cache.WaitUntilPacked();

  EXPECT_LT(cache.size(), bytes.size() / 10);
  EXPECT_EQ(Text(*cache.Find("a", {}, AsOf())), bytes);
}

TEST(ScorecardCache, PacksAtOnceWhereTooMuchWaits) {
  const std::string bytes(100'000, 'a');
  ScorecardCache cache(ScorecardCache::kBytesMax, /*waiting_bytes_max=*/bytes.size() - 1);

  cache.Keep("a", {}, grpc::Slice(bytes));

  EXPECT_LT(cache.size(), bytes.size() / 10);
  EXPECT_EQ(Text(*cache.Find("a", {}, AsOf())), bytes);
}

// What was kept under `key` as of so many records.
std::string KeptAt(const std::string& key, uint64_t position) {
  return absl::StrCat(key, " ", position, " ", std::string(10'000 + position % 7, 'x'));
}

TEST(ScorecardCache, IsReadAndWrittenByManyAtOnce) {
  constexpr int kThreads = 4, kRounds = 2000, kKeys = 3;
  constexpr size_t kBytes = 25'000;  // Now and then some have to go, and some are packed at once.
  ScorecardCache cache(kBytes, /*waiting_bytes_max=*/35'000);
  std::atomic<uint64_t> records{100};
  std::atomic<int> found{0};
  const auto use = [&](uint32_t seed) {
    std::mt19937 random(seed);
    for (int i = 0; i < kRounds; ++i) {
      const std::string key = absl::StrCat("agency", random() % kKeys);
      const uint64_t now = ++records, changed = now - random() % 10;
      const AsOf state{.planning = now, .realization = now};
      if (random() % 2 == 0) cache.Keep(key, state, grpc::Slice(KeptAt(key, now)));
      const auto kept = cache.Find(key, {.planning = changed, .realization = changed}, state);
      if (!kept.has_value()) continue;
      ++found;
      const std::vector<std::string> parts = absl::StrSplit(Text(*kept), ' ');
      uint64_t position = 0;
      ASSERT_TRUE(parts.size() == 3 && parts[0] == key && absl::SimpleAtoi(parts[1], &position));
      ASSERT_EQ(Text(*kept), KeptAt(key, position));
      ASSERT_TRUE(changed <= position && position <= now) << position << " as of " << now;
    }
  };
  std::vector<std::thread> threads;
  for (uint32_t seed = 0; seed < kThreads; ++seed) threads.emplace_back(use, seed);
  for (std::thread& thread : threads) thread.join();

  cache.WaitUntilPacked();
  EXPECT_LE(cache.size(), kBytes);
  EXPECT_GT(found, kRounds / 10);  // Otherwise it would prove little.
}

TEST(ScorecardCache, GivesNothingThatHoldsMoreThanWasAskedFor) {
  ScorecardCache cache;
  cache.Keep("a", {.planning = 5, .realization = 7}, grpc::Slice("one"));

  EXPECT_FALSE(cache.Find("a", {}, {.planning = 5, .realization = 6}).has_value());
  EXPECT_FALSE(cache.Find("a", {}, {.planning = 4, .realization = 7}).has_value());
  EXPECT_TRUE(cache.Find("a", {}, {.planning = 5, .realization = 7}).has_value());
}

TEST(ScorecardCache, DropsWhatWasReadLongestAgo) {
  ScorecardCache cache(1000);  // Room for four small ones.
  for (const char* key : {"a", "b", "c", "d"}) cache.Keep(key, {}, grpc::Slice("x"));
  EXPECT_TRUE(cache.Find("a", {}, AsOf()).has_value());

  cache.Keep("e", {}, grpc::Slice("x"));

  EXPECT_FALSE(cache.Find("b", {}, AsOf()).has_value());
  for (const char* key : {"a", "c", "d", "e"})
    EXPECT_TRUE(cache.Find(key, {}, AsOf()).has_value()) << key;
}

TEST(ScorecardCache, KeepsNothingThatTakesAllItsRoom) {
  ScorecardCache cache(100);
  cache.Keep("a", {}, grpc::Slice("x"));
  EXPECT_FALSE(cache.Find("a", {}, AsOf()).has_value());
}

// Random histories of agencies of three governments: after each event every scorecard that was read
// before is read again, and is byte for byte what a server that keeps nothing answers.
class KeptScorecardsTest : public ::testing::Test {
 protected:
  static constexpr int kEvents = 60;

  const std::vector<std::string> agencies_ = {
      "regions/35/agencies/dinas", "regions/35.09/agencies/dinas", "regions/35.09/agencies/badan",
      "regions/35.10/agencies/dinas"};

  const std::string& AnyAgency() { return agencies_[random_() % agencies_.size()]; }

  void AddAny() {
    switch (random_() % 6) {
      case 0:
        return logs_.AddAgency(AnyAgency());
      case 1:
        return AddPlan(AnyAgency());
      case 2:
        return AddPolicy();
      case 3:
        return AddClose();
      default:
        return AddSubmission(AnyAgency());
    }
  }

  void AddPlan(const std::string& agency) {
    planning::v1::PlanDocument plan = TestPlan(agency);
    plan.set_revision(++revisions_[plan.name()]);
    plan.mutable_annual_plan()->mutable_objectives(0)->set_display_name(
        absl::StrCat("Sasaran ", random_() % 100));
    logs_.Add(plan);
  }

  void AddPolicy() {
    const std::string region = std::vector<std::string>{"35", "35.09", "35.10"}[random_() % 3];
    planning::v1::PlanEvent event;
    types::v1::ScoringPolicy& policy =
        *event.mutable_scoring_policy_published()->mutable_scoring_policy();
    policy = policy::ToProto(policy::DefaultPolicy());
    policy.set_name(absl::StrCat("regions/", region, "/scoringPolicies/", ++revisions_[region]));
    policy.set_legal_basis("Perbup");
    policy.set_first_year(2023);
    policy.set_log_position(logs_.End(Source::kPlanning));
    policy.set_digits(static_cast<int>(random_() % 5));
    logs_.AddEvent(std::move(event));
  }

  void AddSubmission(const std::string& agency) {
    realization::v1::Submission submission = TestSubmission(agency);
    submission.set_revision(++revisions_[submission.name()]);
    submission.mutable_indicators(1)->set_quantity(absl::StrCat(random_() % 100));
    logs_.Add(submission);
  }

  void AddClose() {
    QuarterClosed event;
    event.set_name(absl::StrCat(kDinsos, "/submissions/2023Q4"));
    logs_.AddEvent(eventlog::MakeEvent(event));
  }

  TestLogs logs_;
  std::mt19937_64 random_{5386};
  std::map<std::string, uint32_t> revisions_;  // By document, submission or region.
};

TEST_F(KeptScorecardsTest, AreWhatWouldBeComputedAnew) {
  ScoringServer keeps;
  for (const std::string& agency : agencies_) {
    logs_.AddAgency(agency);
    AddPlan(agency);
  }
  std::vector<std::string> scored = agencies_;
  scored.push_back(kDinsos);  // Has a plan later than submissions.
  for (int i = 0; i < kEvents; ++i) {
    if (i == kEvents / 2) AddPlan(kDinsos);
    AddAny();
    keeps.Read(logs_);
    ScoringServer fresh;
    fresh.Read(logs_);
    for (const std::string& agency : scored) {
      const auto kept = keeps.Get(CardOf(agency));
      const auto computed = fresh.Get(CardOf(agency));
      ASSERT_EQ(kept.status(), computed.status()) << agency << " after event " << i;
      if (!kept.ok()) continue;
      ASSERT_EQ(kept->SerializeAsString(), computed->SerializeAsString())
          << agency << " after event " << i;
      // From what was kept a moment ago.
      const auto again = keeps.Get(CardOf(agency));
      ASSERT_THAT(again, IsOk());
      ASSERT_EQ(again->SerializeAsString(), computed->SerializeAsString());
    }
  }
}

TEST_F(KeptScorecardsTest, TellStatesOfThePastToo) {
  ScoringServer server;
  logs_.AddAgency(kDinsos);
  AddPlan(kDinsos);
  AddSubmission(kDinsos);
  server.Read(logs_);
  const auto before = server.Get(CardOf(kDinsos));
  ASSERT_THAT(before, IsOk());
  AddSubmission(kDinsos);
  server.Read(logs_);
  const auto after = server.Get(CardOf(kDinsos));
  ASSERT_THAT(after, IsOk());
  ASSERT_NE(before->scorecard().SerializeAsString(), after->scorecard().SerializeAsString());

  v1::GetScorecardRequest request;
  request.set_name(CardOf(kDinsos));
  *request.mutable_as_of()->mutable_positions() = before->read();
  const auto told = server.Get(request);

  ASSERT_THAT(told, IsOk());
  EXPECT_EQ(told->SerializeAsString(), before->SerializeAsString());
  EXPECT_EQ(server.Get(CardOf(kDinsos))->SerializeAsString(), after->SerializeAsString());
}

TEST_F(KeptScorecardsTest, AreKeptByBasis) {
  ScoringServer server;
  logs_.AddAgency(kDinsos);
  AddPlan(kDinsos);
  AddSubmission(kDinsos);
  server.Read(logs_);
  v1::GetScorecardRequest verified;
  verified.set_name(CardOf(kDinsos));
  verified.set_basis(v1::Sources::BASIS_VERIFIED);

  const auto submitted = server.Get(CardOf(kDinsos));
  const auto of_verified = server.Get(verified);

  ASSERT_THAT(submitted, IsOk());
  ASSERT_THAT(of_verified, IsOk());
  EXPECT_EQ(submitted->scorecard().sources().basis(), v1::Sources::BASIS_SUBMITTED);
  EXPECT_EQ(of_verified->scorecard().sources().basis(), v1::Sources::BASIS_VERIFIED);
}

TEST_F(KeptScorecardsTest, AreKeptByView) {
  ScoringServer server;
  logs_.AddAgency(kDinsos);
  AddPlan(kDinsos);
  AddSubmission(kDinsos);
  server.Read(logs_);
  v1::GetScorecardRequest request;
  request.set_name(CardOf(kDinsos));
  const auto whole = server.Get(request);
  ASSERT_THAT(whole, IsOk());
  for (int round = 0; round < 2; ++round) {  // Computed, and kept.
    request.set_view(v1::SCORECARD_VIEW_BASIC);
    const auto basic = server.Get(request);
    request.set_view(v1::SCORECARD_VIEW_PROGRAMS);
    const auto programs = server.Get(request);
    request.set_view(v1::SCORECARD_VIEW_FULL);

    EXPECT_EQ(server.Get(request)->SerializeAsString(), whole->SerializeAsString());
    ASSERT_THAT(basic, IsOk());
    ASSERT_THAT(programs, IsOk());
    EXPECT_EQ(basic->scorecard().objectives(0).programs_size(), 0);
    EXPECT_EQ(programs->scorecard().objectives(0).programs_size(), 1);
    EXPECT_EQ(programs->scorecard().achievement().derivation_size(), 0);
    EXPECT_GT(whole->scorecard().achievement().derivation_size(), 0);
    EXPECT_EQ(basic->scorecard().achievement().figure().exact(),
              whole->scorecard().achievement().figure().exact());
  }
  request.set_view(static_cast<v1::ScorecardView>(77));
  EXPECT_THAT(server.Get(request).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FIELD"));
}

// Answers while the logs are read are those of the states that they tell.
TEST_F(KeptScorecardsTest, TellOneStateWhileTheLogsAreRead) {
  constexpr int kReaders = 3;
  ScoringServer server;
  logs_.AddAgency(kDinsos);
  AddPlan(kDinsos);
  AddSubmission(kDinsos);
  server.Read(logs_);
  std::atomic<bool> done{false};
  std::vector<std::vector<v1::GetScorecardResponse>> answers(kReaders);
  std::vector<std::thread> readers;
  for (auto& own : answers) {
    readers.emplace_back([&] {
      do {
        auto answer = server.Get(CardOf(kDinsos));
        ASSERT_THAT(answer, IsOk());
        own.push_back(*std::move(answer));
      } while (!done);
    });
  }
  for (int i = 0; i < kEvents; ++i) {
    AddSubmission(kDinsos);
    server.Read(logs_);
    // Somebody saw it before the next.
    ASSERT_THAT(
        server.Get(CardOf(kDinsos), logs_.End(Source::kPlanning), logs_.End(Source::kRealization)),
        IsOk());
  }
  done = true;
  for (std::thread& reader : readers) reader.join();

  for (const auto& own : answers) {
    for (const v1::GetScorecardResponse& answer : own) {
      v1::GetScorecardRequest request;
      request.set_name(CardOf(kDinsos));
      *request.mutable_as_of()->mutable_positions() = answer.read();
      ASSERT_EQ(server.Get(request)->SerializeAsString(), answer.SerializeAsString());
    }
  }
}

}  // namespace
}  // namespace sakip::scoring
