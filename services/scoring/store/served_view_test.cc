#include "services/scoring/store/served_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using sakip::testing::IsOk;

// The logs as followers see them: what was added so far, a few events a batch. Thread-safe but for
// what adds to `logs`, which holds the mutex.
class LiveLogs {
 public:
  void Add(int submissions) {
    MutexLock lock(mutex_);
    for (int i = 0; i < submissions; ++i) {
      logs_.AddAgency(absl::StrCat("regions/35.09/agencies/a", added_));
      realization::v1::Submission submission = TestSubmission();
      submission.set_revision(static_cast<uint32_t>(++added_));
      logs_.Add(submission);
    }
    changed_.notify_all();
  }

  // Followers that start from now on read what is before `planning` only; the others go on.
  void HoldPlanningAt(uint64_t planning) {
    MutexLock lock(mutex_);
    held_at_ = planning;
  }
  void LetGo() {
    MutexLock lock(mutex_);
    held_at_ = kNoLimits.planning;
    changed_.notify_all();
  }

  Positions ends() const {
    MutexLock lock(mutex_);
    return EndsLocked();
  }

  Follow follow() {
    return [this](Projection& projection, const Positions& limits, const OnRead& on_read) {
      MutexLock lock(mutex_);
      return std::make_unique<Follower>(*this, projection, limits, on_read,
                                        held_at_ != kNoLimits.planning);
    };
  }

 private:
  // Both sources on one thread.
  class Follower final : public Following {
   public:
    Follower(LiveLogs& logs, Projection& projection, Positions limits, OnRead on_read, bool held)
        : logs_(logs),
          projection_(projection),
          limits_(limits),
          on_read_(std::move(on_read)),
          held_(held),
          thread_([this] { Run(); }) {}
    ~Follower() override {
      {
        MutexLock lock(logs_.mutex_);
        stopping_ = true;
        logs_.changed_.notify_all();
      }
      thread_.join();
    }
    Positions ends() const override { return logs_.ends(); }

   private:
    void Run() {
      bool told = false;
      while (true) {
        Positions before, after, ends;
        {
          MutexLock lock(logs_.mutex_);
          if (stopping_) return;
          before = At();
          Positions limits = limits_;
          if (held_) limits.planning = std::min(limits.planning, logs_.held_at_);
          logs_.logs_.ApplyTo(projection_, kBatch, limits, /*batches=*/1);
          after = At();
          ends = logs_.EndsLocked();
          if (told && before.Reach(after)) logs_.changed_.wait(logs_.mutex_);
        }
        if (told && before.Reach(after)) continue;
        told = true;
        on_read_(Source::kPlanning, after.planning, ends.planning);
        on_read_(Source::kRealization, after.realization, ends.realization);
      }
    }
    Positions At() const {
      return {projection_.Position(Source::kPlanning).value(),
              projection_.Position(Source::kRealization).value()};
    }

    static constexpr size_t kBatch = 7;

    LiveLogs& logs_;
    Projection& projection_;
    const Positions limits_;
    const OnRead on_read_;
    const bool held_;
    bool stopping_ = false;
    std::thread thread_;
  };

  Positions EndsLocked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return {logs_.End(Source::kPlanning), logs_.End(Source::kRealization)};
  }

  mutable Mutex mutex_;
  ConditionVariable changed_;
  TestLogs logs_ ABSL_GUARDED_BY(mutex_);
  uint64_t held_at_ ABSL_GUARDED_BY(mutex_) = kNoLimits.planning;
  int added_ ABSL_GUARDED_BY(mutex_) = 0;
};

class ServedViewTest : public ::testing::Test {
 protected:
  // A process of its own: progress and all.
  struct Process {
    Progress progress;
    std::atomic<int> compared{0};
    std::atomic<uint64_t> different{0};
    std::unique_ptr<ServedView> view;

    // Waits until `at_least` is read, and may be told.
    void WaitFor(const Positions& at_least) {
      std::atomic<bool> reached = false;
      progress.Wait(at_least, [&] {
        reached = true;
        reached.notify_all();
      });
      reached.wait(false);
    }
    void WaitForComparison() { compared.wait(0); }
  };

  std::unique_ptr<Process> Start(const std::string& version = "test/1",
                                 std::vector<std::string> older_versions = {},
                                 bool rebuild = false) {
    auto process = std::make_unique<Process>();
    ServedViewOptions options;
    options.directory = path_;
    options.version = version;
    options.older_versions = std::move(older_versions);
    options.rebuild = rebuild;
    options.on_compared = [&process = *process](const views::RowComparison& comparison) {
      process.different = comparison.different;
      process.compared = 1;
      process.compared.notify_all();
    };
    auto view = ServedView::Open(std::move(options), logs_.follow(), process->progress);
    EXPECT_THAT(view, IsOk());
    process->view = *std::move(view);
    return process;
  }

  // Of the submission that counts.
  static uint32_t RevisionIn(const ServedView& view) {
    const auto facts = view.projection().Load(kDinsos, 2023);
    EXPECT_THAT(facts, IsOk());
    const auto& quarters = facts->submissions.by_quarter;
    return quarters.empty() ? 0 : quarters.at(4).revision;
  }

  void WaitUntilServing(uint64_t number) const {
    const std::string wanted = absl::StrCat(number, " ");
    std::string text;
    while (!text.starts_with(wanted)) {
      text = ReadFile(path_ + "/serving", 100).value_or("");
      std::this_thread::yield();
    }
  }

  sakip::testing::TempDir directory_;
  const std::string path_ = directory_.path() + "/views";
  LiveLogs logs_;
};

TEST_F(ServedViewTest, ReadsOfAFirstStoreWaitUntilItHasCaughtUp) {
  logs_.Add(20);
  logs_.HoldPlanningAt(3);
  const auto process = Start();

  EXPECT_FALSE(process->progress.Reached({}));
  EXPECT_FALSE(std::filesystem::exists(path_ + "/serving"));

  logs_.LetGo();
  process->WaitFor({});
  EXPECT_TRUE(process->progress.read().Reach({20, 20}));
  EXPECT_EQ(RevisionIn(*process->view), 20);
}

TEST_F(ServedViewTest, EmptyLogsAreCaughtUpWith) {
  const auto process = Start();
  process->WaitFor({});
  EXPECT_EQ(RevisionIn(*process->view), 0);
}

TEST_F(ServedViewTest, AFirstStoreThatWasBegunIsNotServedAfterARestart) {
  logs_.Add(20);
  logs_.HoldPlanningAt(3);
  {
    const auto process = Start();
    process->view->Stop();
    EXPECT_FALSE(process->progress.Reached({}));
  }
  const auto process = Start();
  EXPECT_FALSE(process->progress.Reached({}));
  logs_.LetGo();
  process->WaitFor({20, 20});
}

TEST_F(ServedViewTest, ServesAtOnceAfterARestartAndGoesOn) {
  logs_.Add(20);
  Start()->WaitFor({20, 20});
  logs_.Add(1);
  logs_.HoldPlanningAt(0);

  const auto process = Start();

  EXPECT_TRUE(process->progress.Reached({20, 20}));
  logs_.LetGo();
  process->WaitFor({21, 21});
  EXPECT_EQ(RevisionIn(*process->view), 21);
}

TEST_F(ServedViewTest, RebuildsBesideTheStoreThatServesAndFindsItEqual) {
  logs_.Add(50);
  Start()->WaitFor({50, 50});

  const auto process = Start("test/1", {}, /*rebuild=*/true);
  EXPECT_TRUE(process->progress.Reached({50, 50}));
  process->WaitForComparison();
  EXPECT_EQ(process->different, 0);
  WaitUntilServing(2);

  logs_.Add(1);
  process->WaitFor({51, 51});
  EXPECT_EQ(RevisionIn(*process->view), 51);
}

TEST_F(ServedViewTest, RebuildsWhileMoreIsLogged) {
  logs_.Add(300);
  Start()->WaitFor({300, 300});
  const auto process = Start("test/1", {}, /*rebuild=*/true);
  std::atomic<bool> done = false;
  // Not without end: on a machine that others use the store that is built could come too late for
  // ever.
  std::thread writer([&] {
    for (int i = 0; i < 3000 && !done; ++i) logs_.Add(1);
  });
  process->WaitForComparison();
  done = true;
  writer.join();

  EXPECT_EQ(process->different, 0);
  WaitUntilServing(2);
  process->WaitFor(logs_.ends());
  EXPECT_EQ(RevisionIn(*process->view), logs_.ends().realization);
}

TEST_F(ServedViewTest, FindsARowThatIsNotWhatTheLogsSay) {
  logs_.Add(20);
  Start()->WaitFor({20, 20});
  {
    auto store = views::RocksViewStore::Open({.directory = path_ + "/1", .version = "test/1"});
    ASSERT_THAT(store, IsOk());
    views::ViewBatch batch;
    batch.Put("a/regions/35.09/agencies/nobody 00000000000000000000", "");
    ASSERT_THAT((*store)->Apply(batch, "planning", 20, 20), IsOk());
  }

  const auto process = Start("test/1", {}, /*rebuild=*/true);
  process->WaitForComparison();
  EXPECT_EQ(process->different, 1);
  WaitUntilServing(2);  // What the logs say.
}

TEST_F(ServedViewTest, ServesAnOlderVersionUntilTheNewOneIsBuilt) {
  logs_.Add(20);
  Start("test/1")->WaitFor({20, 20});
  logs_.Add(1);

  const auto process = Start("test/2", {"test/1"});
  EXPECT_TRUE(process->progress.Reached({20, 20}));
  WaitUntilServing(2);
  process->WaitFor({21, 21});

  EXPECT_EQ(RevisionIn(*process->view), 21);
  EXPECT_EQ(process->compared, 0);
  EXPECT_EQ(ReadFile(path_ + "/serving", 100).value(), "2 test/2\n");
}

TEST_F(ServedViewTest, DoesNotServeAVersionThatItCannotRead) {
  logs_.Add(20);
  Start("test/1")->WaitFor({20, 20});
  logs_.HoldPlanningAt(3);

  const auto process = Start("test/2");
  EXPECT_FALSE(process->progress.Reached({}));
  logs_.LetGo();
  process->WaitFor({20, 20});
  EXPECT_EQ(RevisionIn(*process->view), 20);
}

TEST_F(ServedViewTest, ARebuildThatWasStoppedLeavesTheStoreThatServes) {
  logs_.Add(20'000);
  Start()->WaitFor({20'000, 20'000});
  logs_.HoldPlanningAt(3);
  {
    const auto process = Start("test/1", {}, /*rebuild=*/true);
    EXPECT_TRUE(process->progress.Reached({20'000, 20'000}));
    process->view->Stop();
  }
  EXPECT_EQ(ReadFile(path_ + "/serving", 100).value(), "1 test/1\n");

  logs_.LetGo();
  const auto process = Start("test/1", {}, /*rebuild=*/true);
  process->WaitForComparison();
  EXPECT_EQ(process->different, 0);
  WaitUntilServing(2);
}

}  // namespace
}  // namespace sakip::scoring
