// A disk that fails under an open log. The method: the write-ahead log's file is wrapped, a fault
// is switched on between two appends, and what writers, readers and the next start see is compared
// with what was acknowledged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/eventlog/testing/faulty_file_system.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using ::testing::SizeIs;

class RocksEventLogFaultTest : public ::testing::Test {
 protected:
  // Opens the log on the disk that can fail.
  void OpenOnFaultyDisk() {
    log_ = nullptr;
    auto log = RocksEventLog::Open({.directory = directory_.path(),
                                    .on_stopped =
                                        [this](const absl::Status& why) {
                                          why_stopped_ = why;
                                          stopped_.set_value();
                                        },
                                    .env = env_.get()});
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = *std::move(log);
  }

  void WaitUntilStopped() {
    ASSERT_EQ(stopped_.get_future().wait_for(std::chrono::minutes(1)), std::future_status::ready);
  }

  // Makes `copy` what a loss of power at this moment would leave of the directory.
  void CopyAsAfterLossOfPower(const std::string& copy) {
    namespace fs = std::filesystem;
    fs::copy(directory_.path(), copy, fs::copy_options::recursive);
    for (const auto& entry : fs::directory_iterator(absl::StrCat(directory_.path(), "/store"))) {
      if (entry.path().extension() != ".log") continue;
      fs::resize_file(fs::path(copy) / "store" / entry.path().filename(),
                      faults_.SyncedBytes(entry.path()));
    }
  }

  sakip::testing::TempDir directory_;
  Faults faults_;
  std::unique_ptr<rocksdb::Env> env_ =
      rocksdb::NewCompositeEnv(std::make_shared<FaultyFileSystem>(faults_));
  absl::Status why_stopped_;
  std::promise<void> stopped_;
  std::unique_ptr<RocksEventLog> log_;
};

TEST_F(RocksEventLogFaultTest, SyncsBeforeItAnswers) {
  OpenOnFaultyDisk();

  for (int i = 0; i < 20; ++i) {
    const int before = faults_.syncs;
    ASSERT_TRUE(AppendNow(*log_, TestRequest(absl::StrCat("r", i), i)).ok());
    EXPECT_GT(faults_.syncs, before);
  }
}

TEST_F(RocksEventLogFaultTest, KeepsWhatWasAcknowledgedThroughALossOfPower) {
  OpenOnFaultyDisk();
  sakip::testing::TempDir copies;
  std::vector<AppendResult> answers;
  for (int i = 0; i < 10; ++i) {
    // Copied on the log's thread, before it can write anything more.
    std::promise<absl::StatusOr<AppendResult>> answer;
    const std::string copy = absl::StrCat(copies.path(), "/", i);
    log_->Append(TestRequest(absl::StrCat("r", i), i), [&](absl::StatusOr<AppendResult> result) {
      CopyAsAfterLossOfPower(copy);
      answer.set_value(std::move(result));
    });
    FutureAnswer future = answer.get_future();
    const auto result = Wait(future);
    ASSERT_TRUE(result.ok()) << result.status();
    answers.push_back(*result);

    const auto after = RocksEventLog::Open({.directory = copy});
    ASSERT_TRUE(after.ok()) << after.status();
    const auto records = ReadAll(**after);
    ASSERT_TRUE(records.ok()) << records.status();
    ASSERT_EQ(records->size(), answers.size());
    EXPECT_EQ(records->back().leaf_hash, answers.back().leaf_hash);
    EXPECT_TRUE(CheckHistory(*records).ok());
  }
}

TEST_F(RocksEventLogFaultTest, StopsForGoodAfterAFailedSync) {
  OpenOnFaultyDisk();
  std::vector<uint64_t> observed;
  ASSERT_TRUE(
      log_->Observe([&](uint64_t position, const StoredRecord&) { observed.push_back(position); })
          .ok());
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r0")).ok());
  faults_.sync_fails = true;

  const auto failed = AppendNow(*log_, TestRequest("r1", 1));
  WaitUntilStopped();
  const int syncs = faults_.syncs;
  faults_.sync_fails = false;
  const auto later = AppendNow(*log_, TestRequest("r2", 1));

  for (const auto& result : {failed, later}) {
    EXPECT_EQ(result.status().code(), absl::StatusCode::kUnavailable);
    EXPECT_EQ(ErrorReason(result.status()), "LOG_STOPPED");
  }
  EXPECT_FALSE(why_stopped_.ok());
  EXPECT_EQ(faults_.syncs, syncs) << "a failed sync was retried";
  EXPECT_THAT(observed, ::testing::ElementsAre(0));
}

TEST_F(RocksEventLogFaultTest, ServesReadersAfterItStopped) {
  OpenOnFaultyDisk();
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r0")).ok());
  faults_.sync_fails = true;
  EXPECT_FALSE(AppendNow(*log_, TestRequest("r1", 1)).ok());
  WaitUntilStopped();

  const auto records = ReadAll(*log_);

  ASSERT_TRUE(records.ok()) << records.status();
  EXPECT_THAT(*records, SizeIs(1));
  EXPECT_EQ(log_->end_position(), 1u);
  EXPECT_TRUE(log_->FindRequest(kTestAgency, "r0", TestRequest("r0").request_digest)->has_value());
}

TEST_F(RocksEventLogFaultTest, WakesThoseWhoWaitWhenItStops) {
  OpenOnFaultyDisk();
  std::atomic<int> woken = 0;
  log_->WaitForMore(0, [&] { ++woken; });
  faults_.sync_fails = true;

  EXPECT_FALSE(AppendNow(*log_, TestRequest("r0")).ok());
  WaitUntilStopped();
  EXPECT_EQ(woken, 1);
  log_->WaitForMore(7, [&] { ++woken; });

  EXPECT_EQ(woken, 2);
}

TEST_F(RocksEventLogFaultTest, AnswersAllThatIsQueuedWhenItStops) {
  OpenOnFaultyDisk();
  std::promise<void> entered, release;
  ASSERT_TRUE(log_->Observe([&](uint64_t, const StoredRecord&) {
                    entered.set_value();
                    release.get_future().wait();
                  })
                  .ok());
  std::vector<FutureAnswer> answers;
  answers.push_back(StartAppend(*log_, TestRequest("r0")));
  entered.get_future().wait();
  for (int i = 1; i < 20; ++i) {
    answers.push_back(StartAppend(*log_, TestRequest(absl::StrCat("r", i), i)));
  }
  faults_.sync_fails = true;
  release.set_value();

  EXPECT_TRUE(Wait(answers[0]).ok());
  for (size_t i = 1; i < answers.size(); ++i) {
    EXPECT_EQ(ErrorReason(Wait(answers[i]).status()), "LOG_STOPPED");
  }
}

TEST_F(RocksEventLogFaultTest, KeepsWhatWasAcknowledgedAndTakesTheRestAgainAfterARestart) {
  OpenOnFaultyDisk();
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r0")).ok());
  faults_.sync_fails = true;
  EXPECT_FALSE(AppendNow(*log_, TestRequest("r1", 1)).ok());
  WaitUntilStopped();
  faults_.sync_fails = false;
  stopped_ = std::promise<void>();
  OpenOnFaultyDisk();

  EXPECT_TRUE(AppendNow(*log_, TestRequest("r0"))->repeated);
  const auto retried = AppendNow(*log_, TestRequest("r1", 1));

  // Whether the failed one had reached the disk is not known; that it is there once now is.
  ASSERT_TRUE(retried.ok()) << retried.status();
  EXPECT_EQ(retried->first_position, 1u);
  EXPECT_EQ(log_->end_position(), 2u);
  EXPECT_TRUE(CheckHistory(*ReadAll(*log_)).ok());
}

TEST_F(RocksEventLogFaultTest, StopsOnAFullDiskAndGoesOnAfterARestartWithRoom) {
  OpenOnFaultyDisk();
  ASSERT_TRUE(AppendNow(*log_, TestRequest("r0")).ok());
  faults_.disk_full = true;

  EXPECT_EQ(ErrorReason(AppendNow(*log_, TestRequest("r1", 1)).status()), "LOG_STOPPED");
  WaitUntilStopped();
  faults_.disk_full = false;
  stopped_ = std::promise<void>();
  OpenOnFaultyDisk();

  EXPECT_TRUE(AppendNow(*log_, TestRequest("r1", 1)).ok());
  EXPECT_TRUE(AppendNow(*log_, TestRequest("r0"))->repeated);
}

}  // namespace
}  // namespace sakip::eventlog
