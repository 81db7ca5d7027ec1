#include "common/eventlog/backoff.h"

#include <gtest/gtest.h>

namespace sakip::eventlog {
namespace {

TEST(Backoff, DoublesUpToTheMaximumWithinHalfOfIt) {
  Backoff backoff(absl::Milliseconds(50), absl::Milliseconds(300), 1);

  for (const int longest_ms : {50, 100, 200, 300, 300}) {
    const absl::Duration wait = backoff.Next();
    EXPECT_GE(wait, absl::Milliseconds(longest_ms) / 2);
    EXPECT_LE(wait, absl::Milliseconds(longest_ms));
  }
}

TEST(Backoff, StartsOverAfterAReset) {
  Backoff backoff(absl::Milliseconds(50), absl::Seconds(5), 1);
  for (int i = 0; i < 10; ++i) backoff.Next();

  backoff.Reset();

  EXPECT_LE(backoff.Next(), absl::Milliseconds(50));
}

TEST(Backoff, DiffersBetweenClients) {
  Backoff one(absl::Seconds(1), absl::Seconds(1), 1), other(absl::Seconds(1), absl::Seconds(1), 2);

  EXPECT_NE(one.Next(), other.Next());
}

}  // namespace
}  // namespace sakip::eventlog
