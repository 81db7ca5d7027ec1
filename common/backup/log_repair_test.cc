// Damages logs, looks at what a repair would lose, and repairs them.
#include "common/backup/log_repair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/eventlog/keys.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/note/checkpoint.h"
#include "common/note/key_file.h"
#include "common/note/note.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::backup {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;
using eventlog::AppendNow;
using eventlog::RecordKey;
using eventlog::TestRequest;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'704'067'199);

class LogRepairTest : public ::testing::Test {
 protected:
  // Makes a log of `count` records and closes it.
  void Fill(int count) {
    auto log = Open();
    for (int i = 0; i < count; ++i) {
      ASSERT_THAT(AppendNow(*log, TestRequest(absl::StrCat("r", i), i)), IsOk());
    }
  }

  std::unique_ptr<eventlog::RocksEventLog> Open() {
    auto log = eventlog::RocksEventLog::Open({.directory = log_});
    EXPECT_THAT(log.status(), IsOk());
    return log.ok() ? *std::move(log) : nullptr;
  }

  // Signs the first `size` records, as far as the file tells.
  void Sign(uint64_t size) {
    const note::KeyRing keys = note::ParseKeyRing(note::GenerateKey("example/log").value()).value();
    const std::string text = note::CheckpointText({"example/log", size, std::string(32, 'r')});
    ASSERT_THAT(ReplaceFile(log_ + "/CHECKPOINT", note::SignNote(text, keys.signers).value()),
                IsOk());
  }

  void FlipByte(uint64_t position) {
    rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open({}, log_ + "/store", &opened).ok());
    const std::unique_ptr<rocksdb::DB> db(opened);
    std::string value;
    ASSERT_TRUE(db->Get({}, RecordKey(position), &value).ok());
    value[50] ^= 1;
    ASSERT_TRUE(db->Put({}, RecordKey(position), value).ok());
  }

  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(directory_.path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      files[entry.path().string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return files;
  }

  sakip::testing::TempDir directory_;
  const std::string log_ = absl::StrCat(directory_.path(), "/log");
};

TEST_F(LogRepairTest, FindsNothingInAHealthyLog) {
  Fill(20);
  const auto files = Files();

  const auto diagnosis = DiagnoseLog(log_);

  ASSERT_THAT(diagnosis, IsOk());
  EXPECT_THAT(diagnosis->problem, IsOk());
  EXPECT_EQ(diagnosis->intact, 20u);
  EXPECT_EQ(diagnosis->acknowledged, 20u);
  EXPECT_EQ(diagnosis->lost(), 0u);
  EXPECT_THAT(RepairLog(log_, 20, kNow).status(),
              StatusIs(StatusCode::kFailedPrecondition, "LOG_HEALTHY"));
  EXPECT_EQ(Files(), files);
}

TEST_F(LogRepairTest, ShowsWhatWouldBeLostAndDoesNothing) {
  Fill(20);
  FlipByte(12);
  const auto files = Files();

  const auto diagnosis = DiagnoseLog(log_);

  ASSERT_THAT(diagnosis, IsOk());
  EXPECT_THAT(diagnosis->problem, StatusIs(StatusCode::kDataLoss, "LOG_DAMAGED"));
  EXPECT_EQ(diagnosis->intact, 12u);
  EXPECT_EQ(diagnosis->acknowledged, 20u);
  EXPECT_EQ(diagnosis->lost(), 8u);
  for (const uint64_t wrong : {0, 11, 13, 20}) {
    EXPECT_THAT(RepairLog(log_, wrong, kNow).status(),
                StatusIs(StatusCode::kFailedPrecondition, "LOSS_NOT_AS_ACCEPTED"));
  }
  EXPECT_EQ(Files(), files);
}

TEST_F(LogRepairTest, KeepsTheIntactRecordsAndSetsTheRestAside) {
  Fill(20);
  const auto before = ReadAll(*Open()).value();
  Sign(12);
  FlipByte(12);

  const auto repair = RepairLog(log_, 12, kNow);

  ASSERT_THAT(repair, IsOk());
  const auto log = Open();
  ASSERT_NE(log, nullptr);
  const auto after = ReadAll(*log).value();
  ASSERT_EQ(after.size(), 12u);
  for (size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].record, before[i].record);
  EXPECT_THAT(log->Verify([](uint64_t, uint64_t) { return true; }), IsOk());
  EXPECT_TRUE(AppendNow(*log, TestRequest("r5", 5))->repeated);
  EXPECT_EQ(AppendNow(*log, TestRequest("r12", 12))->first_position, 12u);
  EXPECT_TRUE(fs::exists(log_ + "/CHECKPOINT"));
  EXPECT_EQ(repair->set_aside, log_ + ".damaged-20231231T235959Z");
  EXPECT_TRUE(fs::exists(repair->set_aside + "/HEAD"));
  EXPECT_FALSE(fs::exists(log_ + ".salvage"));
}

TEST_F(LogRepairTest, DropsACheckpointOfRecordsThatAreLost) {
  Fill(20);
  Sign(13);
  FlipByte(12);

  ASSERT_THAT(RepairLog(log_, 12, kNow), IsOk());

  EXPECT_FALSE(fs::exists(log_ + "/CHECKPOINT"));
}

TEST_F(LogRepairTest, MendsADamagedHeadWithoutLoss) {
  Fill(20);
  std::ofstream(log_ + "/HEAD", std::ios::binary) << std::string(8192, 'x');

  const auto diagnosis = DiagnoseLog(log_);

  ASSERT_THAT(diagnosis, IsOk());
  EXPECT_THAT(diagnosis->head_problem, StatusIs(StatusCode::kDataLoss, "LOG_DAMAGED"));
  EXPECT_EQ(diagnosis->intact, 20u);
  EXPECT_EQ(diagnosis->lost(), 0u);
  ASSERT_THAT(RepairLog(log_, 20, kNow), IsOk());
  EXPECT_EQ(Open()->end_position(), 20u);
}

TEST_F(LogRepairTest, SavesWhatADamagedWriteAheadLogStillHolds) {
  Fill(20);
  for (const auto& entry : fs::directory_iterator(log_ + "/store")) {
    if (entry.path().extension() != ".log" || entry.file_size() == 0) continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(entry.file_size() / 2));
    file.put('~');
  }

  const auto diagnosis = DiagnoseLog(log_);

  ASSERT_THAT(diagnosis, IsOk());
  EXPECT_FALSE(diagnosis->problem.ok());
  EXPECT_GT(diagnosis->intact, 0u);
  EXPECT_GT(diagnosis->lost(), 0u);
  EXPECT_EQ(diagnosis->acknowledged, 20u);
  ASSERT_THAT(RepairLog(log_, diagnosis->intact, kNow), IsOk());
  EXPECT_EQ(Open()->end_position(), diagnosis->intact);
}

TEST_F(LogRepairTest, TellsThatEverythingIsGone) {
  Fill(20);
  fs::remove_all(log_ + "/store");

  const auto diagnosis = DiagnoseLog(log_);

  ASSERT_THAT(diagnosis, IsOk());
  EXPECT_THAT(diagnosis->problem, StatusIs(StatusCode::kDataLoss, "LOG_INCOMPLETE"));
  EXPECT_EQ(diagnosis->intact, 0u);
  EXPECT_EQ(diagnosis->lost(), 20u);
}

// A request whose records are read in more than one piece.
TEST_F(LogRepairTest, KeepsARequestOfManyRecordsWhole) {
  const std::vector<std::string> payloads(1500, "payload");
  {
    const auto log = Open();
    ASSERT_THAT(AppendNow(*log, TestRequest("many", 0, eventlog::kTestStream, payloads)), IsOk());
    ASSERT_THAT(AppendNow(*log, TestRequest("last", 1500)), IsOk());
  }
  FlipByte(1500);

  ASSERT_THAT(RepairLog(log_, 1500, kNow), IsOk());

  const auto log = Open();
  const auto again = AppendNow(*log, TestRequest("many", 0, eventlog::kTestStream, payloads));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->first_position, 0u);
  EXPECT_EQ(again->last_position, 1499u);
  EXPECT_THAT(log->Verify([](uint64_t, uint64_t) { return true; }), IsOk());
}

// The lock of the store is of a process, so another process has to hold it.
TEST_F(LogRepairTest, LeavesALogAloneThatIsOpen) {
  int opened[2], go_on[2];
  ASSERT_EQ(pipe(opened), 0);
  ASSERT_EQ(pipe(go_on), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(go_on[1]);
    const auto log = eventlog::RocksEventLog::Open({.directory = log_});
    char byte = log.ok() ? 'y' : 'n';
    if (write(opened[1], &byte, 1) == 1 && read(go_on[0], &byte, 1) >= 0) _exit(0);
    _exit(1);
  }
  close(go_on[0]);
  char answer = 'n';
  ASSERT_EQ(read(opened[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');

  EXPECT_THAT(DiagnoseLog(log_).status(), StatusIs(StatusCode::kUnavailable, "LOG_NOT_OPENED"));
  EXPECT_THAT(RepairLog(log_, 0, kNow).status(),
              StatusIs(StatusCode::kUnavailable, "LOG_NOT_OPENED"));
  close(go_on[1]);
  int status = 1;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST_F(LogRepairTest, FindsNoLogWhereThereIsNone) {
  EXPECT_THAT(DiagnoseLog(log_).status(), StatusIs(StatusCode::kNotFound, "LOG_NOT_FOUND"));
}

}  // namespace
}  // namespace sakip::backup
