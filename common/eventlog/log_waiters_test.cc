#include "common/eventlog/log_waiters.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace sakip::eventlog {
namespace {

TEST(LogWaiters, CallAtOnceWhereThereIsMoreAlready) {
  LogWaiters waiters(3);
  int calls = 0;

  waiters.Add(2, [&] { ++calls; });
  EXPECT_EQ(calls, 1);
  waiters.Add(3, [&] { ++calls; });
  EXPECT_EQ(calls, 1);
}

TEST(LogWaiters, CallOnceAndOnlyThoseWhosePositionIsReached) {
  LogWaiters waiters(0);
  int low = 0, high = 0;
  waiters.Add(0, [&] { ++low; });
  waiters.Add(5, [&] { ++high; });

  waiters.Advance(5);
  EXPECT_EQ(low, 1);
  EXPECT_EQ(high, 0);
  waiters.Advance(6);
  waiters.Advance(7);
  EXPECT_EQ(low, 1);
  EXPECT_EQ(high, 1);
}

TEST(LogWaiters, DoNotCallWhatWasCancelled) {
  LogWaiters waiters(0);
  int calls = 0;
  const WaitId cancelled = waiters.Add(0, [&] { calls += 100; });
  waiters.Add(0, [&] { ++calls; });

  waiters.Cancel(cancelled);
  waiters.Cancel(cancelled);
  waiters.Advance(1);

  EXPECT_EQ(calls, 1);
}

TEST(LogWaiters, CallEverybodyOnceStopped) {
  LogWaiters waiters(0);
  int calls = 0;
  waiters.Add(1000, [&] { ++calls; });

  waiters.Stop();
  waiters.Add(1000, [&] { ++calls; });

  EXPECT_EQ(calls, 2);
}

TEST(LogWaiters, LetACallbackWaitAgainAndCancelItself) {
  LogWaiters waiters(0);
  int calls = 0;
  WaitId id = 0;
  id = waiters.Add(0, [&] {
    ++calls;
    waiters.Cancel(id);
    waiters.Add(1, [&] { ++calls; });
  });

  waiters.Advance(1);
  EXPECT_EQ(calls, 1);
  waiters.Advance(2);
  EXPECT_EQ(calls, 2);
}

TEST(LogWaiters, CancelWaitsForACallbackThatRuns) {
  LogWaiters waiters(0);
  std::promise<void> started, release;
  std::atomic<bool> ended = false;
  const WaitId id = waiters.Add(0, [&] {
    started.set_value();
    release.get_future().wait();
    ended = true;
  });
  auto advance = std::async(std::launch::async, [&] { waiters.Advance(1); });
  started.get_future().wait();

  auto cancel = std::async(std::launch::async, [&] {
    waiters.Cancel(id);
    return ended.load();
  });
  // A canceller that does not wait would most likely be back before the callback is released.
  EXPECT_EQ(cancel.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  release.set_value();

  EXPECT_TRUE(cancel.get());
}

}  // namespace
}  // namespace sakip::eventlog
