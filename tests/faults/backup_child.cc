#include "tests/faults/backup_child.h"

#include <atomic>
#include <cstdlib>
#include <future>
#include <thread>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "common/backup/backup_folder.h"
#include "common/backup/log_backup.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/note/key_file.h"
#include "tests/faults/child.h"
#include "tests/faults/ledger.h"

namespace sakip::faults {
namespace {

using eventlog::RocksEventLog;

// So many records are appended before each backup begins, so that the load is there.
constexpr uint64_t kRecordsBefore = 300;

// On one line.
std::string FailedLine(const absl::Status& why) {
  return absl::StrCat("failed ", absl::StrReplaceAll(why.ToString(), {{"\n", " "}}), "\n");
}

template <typename T>
T OrGiveUp(absl::StatusOr<T> value) {
  if (!value.ok()) GiveUp(value.status());
  return *std::move(value);
}

// Threads that append until they are stopped.
class Load {
 public:
  explicit Load(RocksEventLog& log) : log_(log) {
    for (int writer = 0; writer < eventlog::kCrashWriters; ++writer) {
      threads_.emplace_back([this, writer] { Append(writer); });
    }
  }
  ~Load() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  void WaitForRecords(uint64_t count) {
    std::promise<void> grown;
    log_.WaitForMore(log_.end_position() + count - 1, [&] { grown.set_value(); });
    grown.get_future().wait();
  }

 private:
  void Append(int writer) {
    uint64_t revision = OrGiveUp(log_.StreamRevision(eventlog::CrashStream(writer)));
    while (!stopping_) {
      const auto result = OrGiveUp(AppendNow(log_, eventlog::CrashRequest(writer, revision)));
      Print(AcknowledgedLine(writer, revision, result.first_position));
      revision = result.stream_revision;
    }
  }

  RocksEventLog& log_;
  std::atomic<bool> stopping_ = false;
  std::vector<std::thread> threads_;
};

absl::StatusOr<backup::BackupResult> BackUp(const BackupPaths& paths, const RocksEventLog& log,
                                            const eventlog::Checkpointer& checkpointer,
                                            const note::KeyRing& keys) {
  auto folder = backup::BackupFolder::Open(paths.backups());
  if (!folder.ok()) return folder.status();
  return backup::BackUpLog(log, paths.log(), checkpointer.latest().note, keys.signers, *folder,
                           absl::Now());
}

}  // namespace

int WriteAndBackUp(const BackupPaths& paths, int backups) {
  const note::KeyRing keys = OrGiveUp(note::ReadKeyFile(paths.keys()));
  const auto log = OrGiveUp(RocksEventLog::Open(
      {.directory = paths.log(), .write_buffer_bytes = kBackedUpWriteBufferBytes}));
  const auto checkpointer = OrGiveUp(eventlog::Checkpointer::Start(
      *log, {.keys = keys, .path = absl::StrCat(paths.log(), "/CHECKPOINT")}));
  Load load(*log);
  for (int i = 0; i < backups; ++i) {
    load.WaitForRecords(kRecordsBefore);
    Print("begin\n");
    const auto made = BackUp(paths, *log, *checkpointer, keys);
    Print(made.ok() ? absl::StrCat("backed_up ", made->manifest.id, "\n")
                    : FailedLine(made.status()));
    Print("ended\n");
  }
  return EXIT_SUCCESS;
}

int RestoreOnce(const BackupPaths& paths, const std::string& id) {
  const note::KeyRing keys = OrGiveUp(note::ReadKeyFile(paths.keys()));
  const auto folder = OrGiveUp(backup::BackupFolder::Open(paths.backups()));
  Print("begin\n");
  const auto restored = backup::RestoreLog(folder, id, keys.verifiers, paths.restored(),
                                           [](uint64_t, uint64_t) { return true; });
  if (!restored.ok()) Print(FailedLine(restored.status()));
  Print("ended\n");
  return restored.ok() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace sakip::faults
