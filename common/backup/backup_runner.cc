#include "common/backup/backup_runner.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/backup/log_backup.h"
#include "common/base/error.h"
#include "common/base/log.h"

namespace sakip::backup {
namespace {

absl::Status Failed(const absl::Status& why) {
  return MakeError(absl::StatusCode::kUnavailable, "SNAPSHOT_FAILED", why.message());
}

}  // namespace

BackupRunner::BackupRunner(const eventlog::RocksEventLog& log, BackupFolder folder,
                           const Clock& clock, BackupRunnerOptions options)
    : log_(log), folder_(std::move(folder)), clock_(clock), options_(std::move(options)) {}

BackupRunner::~BackupRunner() {
  std::thread last;
  {
    MutexLock lock(mutex_);
    last = std::move(thread_);
  }
  if (last.joinable()) last.join();
}

void BackupRunner::Start(Done done) {
  {
    MutexLock lock(mutex_);
    if (!running_) {
      running_ = true;
      // It has nothing left to do but to return from its answer.
      if (thread_.joinable()) thread_.join();
      thread_ = std::thread([this, done = std::move(done)] { done(Run()); });
      return;
    }
  }
  done(MakeError(absl::StatusCode::kFailedPrecondition, "BACKUP_RUNNING",
                 "a backup of this log is being made"));
}

absl::StatusOr<BackupResult> BackupRunner::Run() {
  auto result = BackUpLog(log_, options_.log_directory, options_.checkpoint_note(),
                          options_.keys.signers, folder_, clock_.Now());
  if (result.ok()) {
    Log(LogLevel::kInfo, "log_backed_up",
        {{"id", result->manifest.id},
         {"bytes", absl::StrCat(result->manifest.bytes())},
         {"new_bytes", absl::StrCat(result->new_bytes)}});
  } else {
    Log(LogLevel::kError, "log_not_backed_up", {{"error", result.status().ToString()}});
  }
  // Before the answer: who got it may ask for the next one.
  MutexLock lock(mutex_);
  running_ = false;
  if (!result.ok()) return Failed(result.status());
  return result;
}

absl::StatusOr<std::vector<ListedBackup>> BackupRunner::List() const {
  auto listed = folder_.List(options_.keys.verifiers);
  if (!listed.ok()) return Failed(listed.status());
  return listed;
}

}  // namespace sakip::backup
