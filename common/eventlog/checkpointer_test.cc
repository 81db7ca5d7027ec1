#include "common/eventlog/checkpointer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <future>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/eventlog/keys.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/store_check.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/note/checkpoint.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

constexpr char kOrigin[] = "example.go.id/realization";

class CheckpointerTest : public ::testing::Test {
 protected:
  absl::Status Start() {
    checkpointer_ = nullptr;
    auto started = Checkpointer::Start(log_, {.keys = note::ParseKeyRing(keys_).value(),
                                              .path = path_,
                                              .interval = absl::ZeroDuration()});
    if (started.ok()) checkpointer_ = *std::move(started);
    return started.status();
  }

  void Append(int count) {
    for (int i = 0; i < count; ++i) {
      const uint64_t at = log_.end_position();
      ASSERT_THAT(AppendNow(log_, TestRequest(absl::StrCat("r", at), at)), IsOk());
    }
  }

  // Waits until `size` records are signed and opens the checkpoint.
  note::Checkpoint Signed(uint64_t size) {
    std::promise<void> ready;
    checkpointer_->WaitForSize(size, [&ready] { ready.set_value(); });
    EXPECT_EQ(ready.get_future().wait_for(std::chrono::minutes(1)), std::future_status::ready);
    const auto opened =
        note::OpenCheckpoint(checkpointer_->latest().note, note::ParseKeyRing(keys_)->verifiers);
    EXPECT_THAT(opened, IsOk());
    return opened.ok() ? opened->checkpoint : note::Checkpoint();
  }

  std::string RootAt(uint64_t size) { return std::string(merkle::View(log_.Tree(size)->Root())); }

  sakip::testing::TempDir directory_;
  const std::string path_ = absl::StrCat(directory_.path(), "/CHECKPOINT");
  std::string keys_ = note::GenerateKey(kOrigin).value();
  MemoryEventLog log_;
  std::unique_ptr<Checkpointer> checkpointer_;
};

TEST_F(CheckpointerTest, SignsAnEmptyLogAndThenWhatItHolds) {
  ASSERT_THAT(Start(), IsOk());
  EXPECT_EQ(Signed(0), (note::Checkpoint{kOrigin, 0, RootAt(0)}));

  for (uint64_t size = 1; size <= 20; ++size) {
    Append(1);
    EXPECT_EQ(Signed(size), (note::Checkpoint{kOrigin, size, RootAt(size)}));
  }
}

TEST_F(CheckpointerTest, KeepsOnDiskWhatItTells) {
  ASSERT_THAT(Start(), IsOk());
  Append(3);
  Signed(3);

  EXPECT_EQ(ReadFile(path_, 10000).value(), checkpointer_->latest().note);
}

TEST_F(CheckpointerTest, GoesOnAfterARestart) {
  ASSERT_THAT(Start(), IsOk());
  Append(3);
  Signed(3);
  checkpointer_ = nullptr;
  Append(2);

  ASSERT_THAT(Start(), IsOk());

  EXPECT_EQ(Signed(5), (note::Checkpoint{kOrigin, 5, RootAt(5)}));
}

TEST_F(CheckpointerTest, RefusesALogThatWasLonger) {
  MemoryEventLog longer;
  ASSERT_THAT(Start(), IsOk());
  Append(3);
  Signed(3);
  checkpointer_ = nullptr;

  const auto started =
      Checkpointer::Start(longer, {.keys = note::ParseKeyRing(keys_).value(), .path = path_});

  EXPECT_THAT(started.status(), StatusIs(StatusCode::kDataLoss, "LOG_INCOMPLETE"));
}

TEST_F(CheckpointerTest, RefusesALogThatHadOtherRecords) {
  MemoryEventLog other;
  for (int i = 0; i < 4; ++i) {
    ASSERT_THAT(AppendNow(other, TestRequest(absl::StrCat("other", i), i)), IsOk());
  }
  ASSERT_THAT(Start(), IsOk());
  Append(3);
  Signed(3);
  checkpointer_ = nullptr;

  const auto started =
      Checkpointer::Start(other, {.keys = note::ParseKeyRing(keys_).value(), .path = path_});

  EXPECT_THAT(started.status(), StatusIs(StatusCode::kDataLoss, "LOG_FORKED"));
}

// The nodes of the tree are right, so that only the record's own bytes tell.
TEST_F(CheckpointerTest, SignsNothingThatItCannotReadBack) {
  const std::string log_path = directory_.File("log");
  {
    const auto log = RocksEventLog::Open({.directory = log_path}).value();
    for (uint64_t i = 0; i < kCheckedRecords + 10; ++i) {
      ASSERT_THAT(AppendNow(*log, TestRequest(absl::StrCat("r", i), i)), IsOk());
    }
  }
  rocksdb::DB* store = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, absl::StrCat(log_path, "/store"), &store).ok());
  std::string value;
  ASSERT_TRUE(store->Get({}, RecordKey(2), &value).ok());
  value.back() ^= 1;
  ASSERT_TRUE(store->Put({}, RecordKey(2), value).ok());
  delete store;
  const auto log = RocksEventLog::Open({.directory = log_path});
  ASSERT_THAT(log, IsOk());

  const auto started =
      Checkpointer::Start(**log, {.keys = note::ParseKeyRing(keys_).value(), .path = path_});

  EXPECT_THAT(started.status(), StatusIs(StatusCode::kDataLoss, "RECORD_DAMAGED"));
  EXPECT_TRUE(absl::IsNotFound(ReadFile(path_, 10000).status()));
}

TEST_F(CheckpointerTest, SignsWithANewKeyBesideAndAfterTheOld) {
  ASSERT_THAT(Start(), IsOk());
  Append(1);
  Signed(1);
  const note::KeyRing old = note::ParseKeyRing(keys_).value();
  const std::string fresh = note::GenerateKey(kOrigin).value();

  // Both sign; then only the new one does and the old one is known.
  keys_ = absl::StrCat(fresh, "\n", keys_, "\n");
  ASSERT_THAT(Start(), IsOk());
  Append(1);
  Signed(2);
  const std::string both = checkpointer_->latest().note;
  EXPECT_THAT(note::OpenCheckpoint(both, old.verifiers), IsOk());
  EXPECT_THAT(note::OpenCheckpoint(both, note::ParseKeyRing(fresh)->verifiers), IsOk());

  keys_ = absl::StrCat(fresh, "\n", old.verifiers[0].vkey(), "\n");
  ASSERT_THAT(Start(), IsOk());
  Append(1);
  Signed(3);
  EXPECT_THAT(note::OpenCheckpoint(checkpointer_->latest().note, old.verifiers),
              StatusIs(StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
}

TEST_F(CheckpointerTest, RefusesACheckpointOfAKeyThatIsNotKnown) {
  ASSERT_THAT(Start(), IsOk());
  keys_ = note::GenerateKey(kOrigin).value();

  EXPECT_THAT(Start(), StatusIs(StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
}

TEST_F(CheckpointerTest, RefusesAChangedCheckpointFile) {
  ASSERT_THAT(Start(), IsOk());
  Append(2);
  Signed(2);
  checkpointer_ = nullptr;
  const std::string good = ReadFile(path_, 10000).value();
  for (size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] ^= 1;
    ASSERT_THAT(ReplaceFile(path_, changed), IsOk());
    EXPECT_FALSE(Start().ok()) << i;
  }
  ASSERT_THAT(ReplaceFile(path_, good), IsOk());
  EXPECT_THAT(Start(), IsOk());
}

}  // namespace
}  // namespace sakip::eventlog
