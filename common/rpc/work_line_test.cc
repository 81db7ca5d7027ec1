#include "common/rpc/work_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/status_convert.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

constexpr uint64_t kSeed = 20260119;
constexpr uint32_t kCost = 10;
// What one work takes in these tests, and what may wait in a line that stands.
constexpr absl::Duration kTook = absl::Milliseconds(10);

// A line whose only worker takes kTook for kCost. Time stands still unless it is advanced.
class WorkLineTest : public ::testing::Test {
 protected:
  WorkLineTest() { line_.Learn(kCost, kTook); }

  absl::Status Offer(const std::string& tenant, uint32_t cost = kCost,
                     absl::Duration left = absl::InfiniteDuration()) {
    evicted_.reset();
    Work work{.tenant = tenant, .cost = cost};
    return line_.Offer(work, left, clock_.Now(), evicted_);
  }

  // Fills the line until it refuses; returns how much it took.
  int Fill(const std::string& tenant) {
    int taken = 0;
    while (Offer(tenant).ok()) ++taken;
    return taken;
  }

  // Fills it so that it takes nothing of anybody, unless another makes room.
  void FillUp() {
    Fill("flood");
    ASSERT_THAT(Offer("another"), IsOk());
  }

  void DoNext() {
    line_.Next(clock_.Now());
    line_.Ended(clock_.Now());
  }

  // Its worker was not idle for a long time, and just began the last work.
  void LetStand() {
    Fill("stands");
    line_.Next(clock_.Now());
    clock_.Advance(absl::Milliseconds(150));
    while (line_.size() > 0) {
      line_.Ended(clock_.Now());
      line_.Next(clock_.Now());
    }
  }

  sakip::testing::FakeClock clock_;
  WorkLine line_{WorkLimits()};
  std::optional<Work> evicted_;
};

TEST_F(WorkLineTest, TakesABurstOfSoMuchAsMayWait) {
  EXPECT_EQ(Fill("a"), 16);
  EXPECT_EQ(line_.Wait(), absl::Milliseconds(160));

  const absl::Status refused = Offer("a");
  EXPECT_THAT(refused, StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_EQ(RetryDelayOf(refused), kOverloadedRetryDelay);
}

TEST_F(WorkLineTest, TakesLessWhereItStands) {
  LetStand();

  EXPECT_EQ(Fill("stands"), 1);
  EXPECT_FALSE(evicted_.has_value());
  EXPECT_THAT(Offer("another"), IsOk());
  EXPECT_EQ(line_.Wait(), 2 * kTook);
  // It is full, so that who had much makes room.
  EXPECT_THAT(Offer("third"), IsOk());
  ASSERT_TRUE(evicted_.has_value());
  EXPECT_EQ(evicted_->tenant, "stands");
}

TEST_F(WorkLineTest, KeepsAWorkForItsWorkersHoweverLongOneTakes) {
  WorkLine line({.workers = 2});
  line.Learn(kCost, 100 * kTook);
  const auto offer = [&](const std::string& tenant) {
    Work work{.tenant = tenant, .cost = kCost};
    return line.Offer(work, absl::InfiniteDuration(), clock_.Now(), evicted_).ok();
  };
  for (int worker = 0; worker < 2; ++worker) {
    ASSERT_TRUE(offer("running"));
    line.Next(clock_.Now());
  }
  clock_.Advance(absl::Milliseconds(150));

  EXPECT_TRUE(offer("a"));
  EXPECT_FALSE(offer("b"));
}

TEST_F(WorkLineTest, TakesBurstsAgainAfterIdleTime) {
  LetStand();
  line_.Ended(clock_.Now());

  clock_.Advance(absl::Milliseconds(10));
  EXPECT_EQ(Fill("stands"), 6) << "five for one of 10 ms, and the one that always may wait";
}

TEST_F(WorkLineTest, TakesNoBurstsWhereItsWorkerIdlesLittle) {
  LetStand();
  for (int i = 0; i < 100; ++i) {
    line_.Ended(clock_.Now());
    clock_.Advance(absl::Milliseconds(1));
    ASSERT_THAT(Offer("stands"), IsOk());
    line_.Next(clock_.Now());
    clock_.Advance(absl::Milliseconds(9));
  }

  EXPECT_EQ(Fill("stands"), 1);
}

TEST_F(WorkLineTest, TakesBurstsWhereItsWorkerIdlesAFifthOfTheTime) {
  LetStand();
  for (int i = 0; i < 500; ++i) {
    line_.Ended(clock_.Now());
    clock_.Advance(absl::Milliseconds(2));
    ASSERT_THAT(Offer("stands"), IsOk());
    line_.Next(clock_.Now());
    clock_.Advance(absl::Milliseconds(8));
  }

  EXPECT_GE(Fill("stands"), 14);
}

TEST_F(WorkLineTest, LetsNobodyFillMoreThanItsShare) {
  ASSERT_THAT(Offer("other"), IsOk());

  EXPECT_EQ(Fill("a"), 8);
  EXPECT_EQ(Fill("other"), 7);
}

TEST_F(WorkLineTest, MakesRoomForWhoHadLittle) {
  FillUp();

  ASSERT_THAT(Offer("quiet"), IsOk());

  ASSERT_TRUE(evicted_.has_value());
  EXPECT_EQ(evicted_->tenant, "flood");
}

TEST_F(WorkLineTest, MakesRoomForNobodyWhoHadMuchItself) {
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(Offer("had"), IsOk());
    DoNext();
  }
  FillUp();

  EXPECT_FALSE(Offer("had").ok());

  clock_.Advance(absl::Seconds(10));
  EXPECT_TRUE(Offer("had").ok()) << "what it had is long ago";
}

TEST_F(WorkLineTest, SendsAwayWhoWaitedAlreadyOnlyForWhoHadMuchLess) {
  LetStand();
  for (int i = 0; i < 8; ++i) {
    ASSERT_THAT(Offer("half"), IsOk());
    DoNext();
  }
  ASSERT_THAT(Offer("stands"), IsOk());
  ASSERT_THAT(Offer("another"), IsOk());

  clock_.Advance(absl::Milliseconds(4));
  EXPECT_THAT(Offer("half"), StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));

  clock_.Advance(-absl::Milliseconds(4));
  EXPECT_THAT(Offer("half"), IsOk());
  ASSERT_TRUE(evicted_.has_value());
  EXPECT_EQ(evicted_->tenant, "stands");
}

TEST_F(WorkLineTest, SendsNobodyAwayForAnEqual) {
  for (int i = 0; i < 100; ++i) Offer(absl::StrCat("tenant-", i)).IgnoreError();

  EXPECT_FALSE(evicted_.has_value());
  EXPECT_EQ(line_.size(), 17u);
}

TEST_F(WorkLineTest, RefusesWhatWouldNotBeDoneBeforeItsDeadline) {
  ASSERT_THAT(Offer("a"), IsOk());
  ASSERT_THAT(Offer("a"), IsOk());

  EXPECT_THAT(Offer("a", kCost, absl::Milliseconds(29)),
              StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_THAT(Offer("a", kCost, absl::Milliseconds(31)), IsOk());
  // Another's turn comes sooner.
  EXPECT_THAT(Offer("b", kCost, absl::Milliseconds(31)), IsOk());
}

TEST_F(WorkLineTest, LearnsHowLongWorkTakes) {
  for (int i = 0; i < 500; ++i) line_.Learn(kCost, 2 * kTook);

  EXPECT_EQ(Fill("a"), 8);
}

TEST_F(WorkLineTest, IsBoundedWhateverWorkTakes) {
  WorkLine line({.waiting_max = 5});
  int taken = 0;
  for (int i = 0; i < 10; ++i) {
    Work work{.tenant = "a"};
    std::optional<Work> evicted;
    taken += line.Offer(work, absl::InfiniteDuration(), clock_.Now(), evicted).ok();
  }

  EXPECT_EQ(taken, 5);
}

TEST(RecentUse, ForgetsWhatIsLongAgo) {
  sakip::testing::FakeClock clock;
  RecentUse recent;
  for (int i = 0; i < 10000; ++i) {
    recent.Add(absl::StrCat("tenant-", i), kCost, clock.Now());
    clock.Advance(absl::Milliseconds(100));
  }

  EXPECT_LE(recent.size(), 64u);
  EXPECT_NEAR(recent.Of("tenant-9999", clock.Now() + absl::Seconds(1)), 3.3, 0.1);
  EXPECT_EQ(recent.Of("nobody", clock.Now()), 0);
}

TEST_F(WorkLineTest, TellsToComeBackNoSoonerThanASingleRefusalWould) {
  EXPECT_EQ(RetryDelayOf(Overloaded("full", absl::Milliseconds(1))), kOverloadedRetryDelay);
}

// One worker and any mix of tenants, some of which send many times what can be done: who sends less
// than a quarter of a fair share gets all of it, the others at least most of their share; and
// what was taken waits as long as
// the line allows, but for what a burst found there before it stood.
TEST_F(WorkLineTest, IsFairToAnyMixOfTenantsAtManyTimesItsCapacity) {
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 20; ++round) {
    WorkLine line{WorkLimits()};
    line.Learn(kCost, kTook);
    const size_t tenants = 2 + random() % 6;
    std::vector<uint64_t> rates;  // Offers in a step of kTook, in hundredths.
    for (size_t tenant = 0; tenant < tenants; ++tenant) {
      rates.push_back(random() % 2 == 0 ? 5 : 100 + random() % 1000);
    }
    rates[0] = 1000;
    std::map<std::string, int> offered, done;
    int waited_long = 0;
    constexpr int kSteps = 2000;
    for (int step = 0; step < kSteps; ++step) {
      for (size_t tenant = 0; tenant < tenants; ++tenant) {
        for (uint64_t offers = (random() % 100 + rates[tenant]) / 100; offers > 0; --offers) {
          Work work{.tenant = absl::StrCat(tenant), .cost = kCost};
          std::optional<Work> evicted;
          ++offered[work.tenant];
          line.Offer(work, absl::InfiniteDuration(), clock_.Now(), evicted).IgnoreError();
        }
      }
      const std::optional<Work> work = line.Next(clock_.Now());
      clock_.Advance(kTook);
      line.Ended(clock_.Now());
      ASSERT_TRUE(work.has_value());
      ++done[work->tenant];
      const absl::Duration waited = clock_.Now() - work->since;
      ASSERT_LE(waited, absl::Seconds(1));
      waited_long += waited > 4 * kTook;
    }
    EXPECT_LE(waited_long, kSteps / 20);
    for (size_t tenant = 0; tenant < tenants; ++tenant) {
      const std::string name = absl::StrCat(tenant);
      const double share = static_cast<double>(kSteps) / static_cast<double>(tenants);
      const double sent = offered[name];
      EXPECT_GE(done[name], sent < share / 4 ? 0.95 * sent : 0.8 * std::min(share, sent))
          << "seed " << kSeed << ", round " << round << ", tenant " << name << " of " << tenants
          << " offered " << offered[name];
    }
  }
}

}  // namespace
}  // namespace sakip::rpc
