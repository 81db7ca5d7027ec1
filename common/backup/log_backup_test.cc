// Backs up a log that is written to, restores it, and damages backups in every way.
#include "common/backup/log_backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/note/checkpoint.h"
#include "common/note/note.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::backup {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;
using eventlog::AppendNow;
using eventlog::TestRequest;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const absl::Time kNow = absl::FromUnixSeconds(1'704'067'199);

bool GoOn(uint64_t, uint64_t) { return true; }

class LogBackupTest : public ::testing::Test {
 protected:
  LogBackupTest() { OpenLog(); }

  void OpenLog() {
    log_ = nullptr;
    log_ = eventlog::RocksEventLog::Open({.directory = LogPath()}).value();
  }

  void Append(int count) {
    for (int i = 0; i < count; ++i) {
      const uint64_t at = log_->end_position();
      ASSERT_THAT(AppendNow(*log_, TestRequest(absl::StrCat("r", at), at)), IsOk());
    }
  }

  std::string SignedCheckpoint() {
    const uint64_t size = log_->end_position();
    return Signed(size, std::string(merkle::View(log_->Tree(size)->Root())));
  }

  std::string Signed(uint64_t size, const std::string& root) {
    return note::SignNote(note::CheckpointText({"example/log", size, root}), keys_.signers).value();
  }

  absl::StatusOr<BackupResult> BackUp() {
    return BackUpLog(*log_, LogPath(), SignedCheckpoint(), keys_.signers, folder_, kNow);
  }

  absl::StatusOr<RestoredLog> Restore(absl::string_view id) {
    return RestoreLog(folder_, id, keys_.verifiers, RestoredPath(), &GoOn);
  }

  std::string LogPath() const { return absl::StrCat(directory_.path(), "/log"); }
  std::string BackupPath() const { return absl::StrCat(directory_.path(), "/backup"); }
  std::string RestoredPath() const { return absl::StrCat(directory_.path(), "/restored"); }

  std::vector<std::string> BackupFiles() const {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(BackupPath())) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
    return files;
  }

  void ExpectNothingRestored() const {
    EXPECT_FALSE(fs::exists(RestoredPath()));
    EXPECT_FALSE(fs::exists(RestoredPath() + ".restoring"));
  }

  sakip::testing::TempDir directory_;
  const note::KeyRing keys_ = note::ParseKeyRing(note::GenerateKey("example/log").value()).value();
  std::unique_ptr<eventlog::RocksEventLog> log_;
  BackupFolder folder_ = BackupFolder::Open(BackupPath()).value();
};

TEST_F(LogBackupTest, RestoresTheSameBytes) {
  Append(50);
  const auto backup = BackUp();
  ASSERT_THAT(backup, IsOk());
  const auto before = ReadAll(*log_).value();

  const auto restored = Restore(backup->manifest.id);

  ASSERT_THAT(restored, IsOk());
  EXPECT_EQ(restored->end_position, 50u);
  EXPECT_EQ(restored->checkpoint.size, 50u);
  auto log = eventlog::RocksEventLog::Open({.directory = RestoredPath()});
  ASSERT_THAT(log, IsOk());
  const auto after = ReadAll(**log).value();
  ASSERT_EQ(after.size(), before.size());
  for (size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i].record, before[i].record);
  // Requests are known, and writing goes on where it stopped.
  EXPECT_TRUE(AppendNow(**log, TestRequest("r7", 7))->repeated);
  EXPECT_EQ(AppendNow(**log, TestRequest("new", 50))->first_position, 50u);
}

TEST_F(LogBackupTest, RestoresAnEmptyLog) {
  const auto backup = BackUp();
  ASSERT_THAT(backup, IsOk());
  EXPECT_THAT(Restore(backup->manifest.id), IsOk());
}

TEST_F(LogBackupTest, CopiesOnlyWhatIsNew) {
  Append(50);
  const auto first = BackUp();
  Append(1);
  const auto second = BackUp();

  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_NE(first->manifest.id, second->manifest.id);
  EXPECT_GT(first->new_bytes, second->new_bytes);
  const auto listed = folder_.List(keys_.verifiers);
  ASSERT_THAT(listed, IsOk());
  ASSERT_THAT(*listed, SizeIs(2));
  for (const ListedBackup& backup : *listed) EXPECT_THAT(backup.status, IsOk());
  EXPECT_EQ(Restore(first->manifest.id)->end_position, 50u);
}

TEST_F(LogBackupTest, BacksUpWhileTheLogIsWrittenTo) {
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 0; !done; ++i) {
      EXPECT_THAT(AppendNow(*log_, TestRequest(absl::StrCat("r", i), i)), IsOk());
    }
  });
  std::vector<std::pair<std::string, uint64_t>> backups;
  for (int i = 0; i < 5; ++i) {
    const uint64_t acknowledged = log_->end_position();
    const auto backup = BackUp();
    EXPECT_THAT(backup, IsOk());
    if (backup.ok()) backups.emplace_back(backup->manifest.id, acknowledged);
  }
  done = true;
  writer.join();

  for (const auto& [id, acknowledged] : backups) {
    const auto restored = Restore(id);
    ASSERT_THAT(restored, IsOk());
    EXPECT_GE(restored->end_position, acknowledged);
    fs::remove_all(RestoredPath());
  }
}

// Any byte of any file of a backup.
TEST_F(LogBackupTest, IsRefusedWithAFlippedByteAnywhere) {
  Append(3);
  const auto backup = BackUp();
  ASSERT_THAT(backup, IsOk());
  int flipped = 0;
  for (const std::string& path : BackupFiles()) {
    const std::string good = ReadFile(path, 1 << 24).value();
    const size_t step = good.size() > 500 ? 97 : 1;
    for (size_t i = 0; i < good.size(); i += step) {
      std::string bad = good;
      bad[i] ^= 1;
      std::ofstream(path, std::ios::binary) << bad;
      EXPECT_FALSE(Restore(backup->manifest.id).ok()) << path << " at " << i;
      ++flipped;
    }
    std::ofstream(path, std::ios::binary) << good;
    ExpectNothingRestored();
  }
  EXPECT_GT(flipped, 500);
  EXPECT_THAT(Restore(backup->manifest.id), IsOk());
}

// Whoever restores has sent no note: a manifest that is none is a damaged backup.
TEST_F(LogBackupTest, NamesTheBackupOfADamagedManifest) {
  Append(3);
  const auto backup = BackUp();
  ASSERT_THAT(backup, IsOk());
  const std::string& id = backup->manifest.id;
  const std::string path = absl::StrCat(BackupPath(), "/backups/", id, "/MANIFEST");
  const std::string good = ReadFile(path, 1 << 20).value();
  std::string flipped = good;
  flipped[good.find("file ")] ^= 1;
  const std::string without_end = good.substr(0, good.size() - 1);

  for (const std::string& bad : {std::string(), flipped, without_end, std::string(2 << 20, 'x')}) {
    std::ofstream(path, std::ios::binary) << bad;
    const absl::Status refused = Restore(id).status();
    EXPECT_THAT(refused, StatusIs(StatusCode::kDataLoss, "BACKUP_DAMAGED"));
    EXPECT_THAT(refused.message(), HasSubstr(id));
  }
  ExpectNothingRestored();
}

TEST_F(LogBackupTest, IsRefusedWithAFileMissingOrCut) {
  Append(3);
  const auto backup = BackUp();
  ASSERT_THAT(backup, IsOk());
  for (const std::string& path : BackupFiles()) {
    const std::string good = ReadFile(path, 1 << 24).value();
    fs::remove(path);
    EXPECT_FALSE(Restore(backup->manifest.id).ok()) << path;
    if (!good.empty()) {
      std::ofstream(path, std::ios::binary) << good.substr(0, good.size() - 1);
      EXPECT_FALSE(Restore(backup->manifest.id).ok()) << path;
    }
    std::ofstream(path, std::ios::binary) << good;
  }
  ExpectNothingRestored();
  EXPECT_THAT(Restore(backup->manifest.id), IsOk());
}

TEST_F(LogBackupTest, ReplacesADamagedFileInTheNextBackup) {
  Append(3);
  const auto first = BackUp();
  ASSERT_THAT(first, IsOk());
  const std::string table =
      absl::StrCat(BackupPath(), "/objects/", first->manifest.files.front().digest);
  std::ofstream(table, std::ios::binary) << "damaged";
  EXPECT_THAT(folder_.Check(first->manifest), StatusIs(StatusCode::kDataLoss, "BACKUP_DAMAGED"));

  ASSERT_THAT(BackUp(), IsOk());

  EXPECT_THAT(folder_.Check(first->manifest), IsOk());
}

TEST_F(LogBackupTest, NeverWritesOverALog) {
  Append(3);
  const auto backup = BackUp();
  ASSERT_THAT(backup, IsOk());

  const auto restored = RestoreLog(folder_, backup->manifest.id, keys_.verifiers, LogPath(), &GoOn);

  EXPECT_THAT(restored.status(), StatusIs(StatusCode::kAlreadyExists, "LOG_EXISTS"));
}

TEST_F(LogBackupTest, RefusesABackupThatSomebodyElseSigned) {
  Append(3);
  const note::KeyRing others = note::ParseKeyRing(note::GenerateKey("example/log").value()).value();
  const auto backup =
      BackUpLog(*log_, LogPath(), SignedCheckpoint(), others.signers, folder_, kNow);
  ASSERT_THAT(backup, IsOk());

  EXPECT_THAT(Restore(backup->manifest.id).status(),
              StatusIs(StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
  EXPECT_THAT(Restore("20200101T000000Z").status(),
              StatusIs(StatusCode::kNotFound, "BACKUP_NOT_FOUND"));
  EXPECT_THAT(Restore("../log").status(), StatusIs(StatusCode::kNotFound, "BACKUP_NOT_FOUND"));
}

// A store whose files are all as they were backed up, and yet not what the log signed.
TEST_F(LogBackupTest, RefusesALogThatIsNotTheOneThatWasSigned) {
  Append(3);
  const std::string other_root(note::kRootBytes, 'r');
  const auto other =
      BackUpLog(*log_, LogPath(), Signed(3, other_root), keys_.signers, folder_, kNow);
  const auto larger =
      BackUpLog(*log_, LogPath(), Signed(4, other_root), keys_.signers, folder_, kNow);
  ASSERT_THAT(other, IsOk());
  ASSERT_THAT(larger, IsOk());

  EXPECT_THAT(Restore(other->manifest.id).status(), StatusIs(StatusCode::kDataLoss, "LOG_DAMAGED"));
  EXPECT_THAT(Restore(larger->manifest.id).status(),
              StatusIs(StatusCode::kDataLoss, "LOG_INCOMPLETE"));
  ExpectNothingRestored();
}

// What a backup was interrupted at is no backup, and does not hinder the next.
TEST_F(LogBackupTest, DoesNotListABackupWithoutAManifestAsGood) {
  Append(3);
  fs::create_directories(absl::StrCat(BackupPath(), "/backups/20231231T235959Z"));
  std::ofstream(absl::StrCat(BackupPath(), "/objects/half.part")) << "half";

  EXPECT_EQ(folder_.List(keys_.verifiers)->at(0).status.code(), StatusCode::kNotFound);
  ASSERT_THAT(BackUp(), IsOk());
  EXPECT_THAT(folder_.List(keys_.verifiers)->at(0).status, IsOk());
}

}  // namespace
}  // namespace sakip::backup
