#include "common/quota/token_bucket.h"

#include <gtest/gtest.h>

#include <random>

#include "common/testing/fake_clock.h"

namespace sakip::quota {
namespace {

constexpr uint64_t kSeed = 20260118;

TEST(TokenBucket, HasItsBurstAfterAQuietTime) {
  const sakip::testing::FakeClock clock;
  TokenBucket bucket({.per_second = 10, .burst = 20});

  bucket.Spend(20, clock.Now());

  EXPECT_FALSE(bucket.IsFull(clock.Now()));
  EXPECT_EQ(bucket.TimeUntil(1, clock.Now()), absl::Milliseconds(100));
  EXPECT_EQ(bucket.TimeUntil(20, clock.Now()), absl::Seconds(2));
}

TEST(TokenBucket, FillsWithTimeAndNoFurtherThanTheBurst) {
  sakip::testing::FakeClock clock;
  TokenBucket bucket({.per_second = 10, .burst = 20});
  bucket.Spend(20, clock.Now());

  clock.Advance(absl::Milliseconds(500));
  EXPECT_EQ(bucket.TimeUntil(5, clock.Now()), absl::ZeroDuration());
  EXPECT_GT(bucket.TimeUntil(6, clock.Now()), absl::ZeroDuration());
  clock.Advance(absl::Hours(1));
  EXPECT_TRUE(bucket.IsFull(clock.Now()));
  bucket.Spend(20, clock.Now());
  EXPECT_GT(bucket.TimeUntil(1, clock.Now()), absl::ZeroDuration());
}

TEST(TokenBucket, LetsMoreThanTheBurstThroughWhenFullAndThenWaitsForAllOfIt) {
  sakip::testing::FakeClock clock;
  TokenBucket bucket({.per_second = 10, .burst = 20});
  EXPECT_EQ(bucket.TimeUntil(200, clock.Now()), absl::ZeroDuration());

  bucket.Spend(200, clock.Now());

  EXPECT_EQ(bucket.TimeUntil(1, clock.Now()), absl::Seconds(18) + absl::Milliseconds(100));
  EXPECT_EQ(bucket.Debt(clock.Now()), absl::Seconds(18));
  clock.Advance(absl::Seconds(18));
  EXPECT_EQ(bucket.Debt(clock.Now()), absl::ZeroDuration());
}

TEST(TokenBucket, KeepsWhatIsMissingWhenTheRateChanges) {
  const sakip::testing::FakeClock clock;
  TokenBucket bucket({.per_second = 10, .burst = 20});
  bucket.Spend(15, clock.Now());

  bucket.SetRate({.per_second = 100, .burst = 20}, clock.Now());

  EXPECT_EQ(bucket.TimeUntil(5, clock.Now()), absl::ZeroDuration());
  EXPECT_EQ(bucket.TimeUntil(10, clock.Now()), absl::Milliseconds(50));
}

// However it is asked, over any time no more is spent than the burst and what came in, but for one
// call that is larger than the burst; and who waits as long as told is let through.
TEST(TokenBucket, NeverGivesMoreThanItsRate) {
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 100; ++round) {
    sakip::testing::FakeClock clock;
    const absl::Time begin = clock.Now();
    const Rate rate = {.per_second = 1 + random() % 1000, .burst = 1 + random() % 1000};
    TokenBucket bucket(rate);
    uint64_t spent = 0;
    for (int call = 0; call < 500; ++call) {
      clock.Advance(absl::Microseconds(random() % 20000));
      const uint64_t cost = 1 + random() % rate.burst;
      const absl::Duration wait = bucket.TimeUntil(cost, clock.Now());
      if (wait > absl::ZeroDuration() && random() % 4 != 0) continue;
      clock.Advance(wait);
      ASSERT_EQ(bucket.TimeUntil(cost, clock.Now()), absl::ZeroDuration());
      bucket.Spend(cost, clock.Now());
      spent += cost;

      const double seconds = absl::ToDoubleSeconds(clock.Now() - begin);
      ASSERT_LE(static_cast<double>(spent), static_cast<double>(rate.burst) +
                                                seconds * static_cast<double>(rate.per_second) + 1)
          << "seed " << kSeed << ", round " << round;
    }
  }
}

}  // namespace
}  // namespace sakip::quota
