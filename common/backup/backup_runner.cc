#include "common/backup/backup_runner.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/backup/log_backup.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::backup {
namespace {

// What system and engine say may name files: it is for the log of the service, and no caller's.
absl::Status Failed(absl::string_view what) {
  return MakeError(absl::StatusCode::kUnavailable, "SNAPSHOT_FAILED",
                   absl::StrCat(what, "; the log of the service says why"));
}

void LogUnread(const absl::Status& why) {
  Log(LogLevel::kError, "backup_unreadable", {{"error", why.ToString()}});
}

absl::StatusOr<std::vector<ListedBackup>> ListOf(const BackedUpLog& backed_up) {
  auto listed = backed_up.folder.List(backed_up.keys.verifiers);
  if (!listed.ok()) {
    LogUnread(listed.status());
    return Failed("the folder of backups could not be read");
  }
  for (ListedBackup& backup : *listed) {
    // Where it has a reason the text is our own.
    if (backup.status.ok() || !ErrorReason(backup.status).empty()) continue;
    LogUnread(backup.status);
    backup.status = Failed("its manifest could not be read");
  }
  return listed;
}

absl::StatusOr<BackupResult> BackUp(BackedUpLog& backed_up, absl::Time now) {
  ASSIGN_OR_RETURN(BackupResult result,
                   BackUpLog(*backed_up.log, backed_up.directory, backed_up.checkpoint_note(),
                             backed_up.keys.signers, backed_up.folder, now));
  Log(LogLevel::kInfo, "log_backed_up",
      {{"directory", backed_up.directory},
       {"id", result.manifest.id},
       {"bytes", absl::StrCat(result.manifest.bytes())},
       {"new_bytes", absl::StrCat(result.new_bytes)}});
  return result;
}

}  // namespace

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

absl::StatusOr<BackupResults> BackupRunner::BackUpAll() {
  BackupResults results;
  const absl::Time now = clock_.Now();
  if (logs_.log.has_value()) {
    ASSIGN_OR_RETURN(results.log, BackUp(*logs_.log, now));
  }
  if (logs_.trail.has_value()) {
    ASSIGN_OR_RETURN(results.trail, BackUp(*logs_.trail, now));
  }
  return results;
}

absl::StatusOr<BackupResults> BackupRunner::Run() {
  auto results = BackUpAll();
  if (!results.ok()) {
    Log(LogLevel::kError, "log_not_backed_up", {{"error", results.status().ToString()}});
  }
  // Before the answer: who got it may ask for the next one.
  MutexLock lock(mutex_);
  running_ = false;
  if (!results.ok()) return Failed("not every backup was made");
  return results;
}

absl::StatusOr<ListedBackups> BackupRunner::List() const {
  ListedBackups listed;
  if (logs_.log.has_value()) {
    ASSIGN_OR_RETURN(listed.log, ListOf(*logs_.log));
  }
  if (logs_.trail.has_value()) {
    ASSIGN_OR_RETURN(listed.trail, ListOf(*logs_.trail));
  }
  return listed;
}

}  // namespace sakip::backup
