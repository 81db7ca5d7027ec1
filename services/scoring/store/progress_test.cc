#include "services/scoring/store/progress.h"

#include <gtest/gtest.h>

namespace sakip::scoring {
namespace {

TEST(Progress, TellsHowFarEachLogWasRead) {
  Progress progress;
  progress.Advance(Source::kPlanning, 3);
  progress.Advance(Source::kRealization, 5);

  EXPECT_EQ(progress.read().planning, 3);
  EXPECT_EQ(progress.read().realization, 5);
}

TEST(Progress, KnowsWhatTheLogsHaveOnceItHasHeardOfBoth) {
  Progress progress;
  EXPECT_TRUE(progress.IsKnown({1'000'000, 1'000'000}));
  progress.LearnEnd(Source::kPlanning, 3);
  EXPECT_TRUE(progress.IsKnown({3, 1'000'000}));
  EXPECT_FALSE(progress.IsKnown({4, 0}));

  progress.LearnEnd(Source::kRealization, 5);
  EXPECT_TRUE(progress.IsKnown({3, 5}));
  EXPECT_FALSE(progress.IsKnown({3, 6}));
  progress.LearnEnd(Source::kPlanning, 2);  // Of an answer that came late.
  EXPECT_TRUE(progress.IsKnown({3, 5}));
  progress.ForgetEnds();
  EXPECT_TRUE(progress.IsKnown({1'000'000, 1'000'000}));
}

TEST(Progress, CallsAtOnceWhereThePositionsAreReached) {
  Progress progress;
  progress.Advance(Source::kPlanning, 3);
  int calls = 0;

  progress.Wait({}, [&] { ++calls; });
  progress.Wait({3, 0}, [&] { ++calls; });

  EXPECT_EQ(calls, 2);
}

TEST(Progress, CallsOnceWhenBothPositionsAreReached) {
  Progress progress;
  int calls = 0;
  progress.Wait({3, 2}, [&] { ++calls; });

  progress.Advance(Source::kPlanning, 3);
  EXPECT_EQ(calls, 0);
  progress.Advance(Source::kRealization, 1);
  EXPECT_EQ(calls, 0);
  progress.Advance(Source::kRealization, 2);
  EXPECT_EQ(calls, 1);
  progress.Advance(Source::kRealization, 3);
  EXPECT_EQ(calls, 1);
}

TEST(Progress, DoesNotCallWhatWasForgotten) {
  Progress progress;
  int calls = 0;
  const Progress::WaitId id = progress.Wait({1, 0}, [&] { ++calls; });
  progress.Wait({1, 0}, [&] { calls += 10; });

  progress.Forget(id);
  progress.Forget(id);
  progress.Advance(Source::kPlanning, 1);

  EXPECT_EQ(calls, 10);
}

TEST(Progress, ACallbackMayWaitAgain) {
  Progress progress;
  int calls = 0;
  progress.Wait({1, 0}, [&] { progress.Wait({2, 0}, [&] { ++calls; }); });

  progress.Advance(Source::kPlanning, 1);
  EXPECT_EQ(calls, 0);
  progress.Advance(Source::kPlanning, 2);
  EXPECT_EQ(calls, 1);
}

TEST(Progress, NobodyIsLetOnWhileItHoldsBack) {
  Progress progress;
  progress.HoldBack();
  int calls = 0;
  progress.Wait({}, [&] { ++calls; });
  progress.Wait({2, 0}, [&] { calls += 10; });
  progress.Advance(Source::kPlanning, 1);
  EXPECT_FALSE(progress.Reached({}));
  EXPECT_EQ(progress.read().planning, 1u);
  EXPECT_EQ(calls, 0);

  progress.Release();
  EXPECT_TRUE(progress.Reached({1, 0}));
  EXPECT_EQ(calls, 1);
  progress.Advance(Source::kPlanning, 2);
  EXPECT_EQ(calls, 11);
}

TEST(Progress, WakesAllWhoWaitAndWillWait) {
  Progress progress;
  int calls = 0;
  progress.Wait({1, 0}, [&] { ++calls; });
  progress.Wait({0, 9}, [&] { ++calls; });

  progress.WakeAll();
  EXPECT_EQ(calls, 2);
  progress.Wait({1, 0}, [&] { ++calls; });
  EXPECT_EQ(calls, 3);
}

TEST(Progress, CallsOnceWhenMoreIsReadOfAnyLog) {
  Progress progress;
  progress.Advance(Source::kPlanning, 3);
  int calls = 0;
  progress.WaitForMore({3, 0}, [&] { ++calls; });

  progress.Advance(Source::kPlanning, 3);
  EXPECT_EQ(calls, 0);
  progress.Advance(Source::kRealization, 1);
  EXPECT_EQ(calls, 1);
  progress.WaitForMore({3, 0}, [&] { ++calls; });
  EXPECT_EQ(calls, 2) << "more is read already";
}

TEST(Progress, TheLagIsWhatIsMissing) {
  EXPECT_EQ(Lag({3, 5}, {4, 9}), (Positions{1, 4}));
  EXPECT_EQ(Lag({3, 5}, {2, 5}), (Positions{0, 0})) << "the end is known later than the records";
}

}  // namespace
}  // namespace sakip::scoring
