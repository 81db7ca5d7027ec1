// BackupRunner makes backups of an open log, one at a time, on a thread of its own.
#ifndef SAKIP_COMMON_BACKUP_BACKUP_RUNNER_H_
#define SAKIP_COMMON_BACKUP_BACKUP_RUNNER_H_

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/backup/backup_folder.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/note/key_file.h"

namespace sakip::backup {

struct BackupRunnerOptions {
  std::string log_directory;
  note::KeyRing keys;                            // Those of the log.
  std::function<std::string()> checkpoint_note;  // The newest that the log signed.
};

// Thread-safe.
class BackupRunner {
 public:
  using Done = std::function<void(absl::StatusOr<BackupResult>)>;

  // Borrows the log and the clock.
  BackupRunner(const eventlog::RocksEventLog& log, BackupFolder folder, const Clock& clock,
               BackupRunnerOptions options);
  ~BackupRunner();  // Waits for a backup that runs.

  // Makes a backup and calls `done` on the runner's thread, or at once where it is refused. `done`
  // must not call the runner.
  //
  //   FAILED_PRECONDITION  BACKUP_RUNNING
  //   UNAVAILABLE          SNAPSHOT_FAILED
  void Start(Done done);

  //   UNAVAILABLE  SNAPSHOT_FAILED
  absl::StatusOr<std::vector<ListedBackup>> List() const;

 private:
  absl::StatusOr<BackupResult> Run();

  const eventlog::RocksEventLog& log_;
  BackupFolder folder_;  // Written to by the thread only.
  const Clock& clock_;
  const BackupRunnerOptions options_;
  Mutex mutex_;
  bool running_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_ ABSL_GUARDED_BY(mutex_);  // Of the last backup.
};

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_BACKUP_RUNNER_H_
