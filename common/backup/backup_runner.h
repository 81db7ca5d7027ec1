// BackupRunner makes backups of the open logs of a service, one at a time, on a thread of its own.
// Why one fails stands in the log of the service; errors name no path.
#ifndef SAKIP_COMMON_BACKUP_BACKUP_RUNNER_H_
#define SAKIP_COMMON_BACKUP_BACKUP_RUNNER_H_

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/backup/backup_folder.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/note/key_file.h"

namespace sakip::backup {

// A log, and where its backups are.
struct BackedUpLog {
  const eventlog::RocksEventLog* log = nullptr;  // Borrowed.
  BackupFolder folder;                           // Of this log alone.
  std::string directory;                         // Of the log.
  note::KeyRing keys;                            // Those of the log.
  std::function<std::string()> checkpoint_note;  // The newest that the log signed.
};

// The logs of a service. The trail is backed up after the log: what is acknowledged in the backup
// of the log has its entry in that of the trail.
struct BackedUpLogs {
  std::optional<BackedUpLog> log;    // Nothing where the service owns none.
  std::optional<BackedUpLog> trail;  // Its audit trail.
};

// What each of them has; nothing for one that is not there.
struct BackupResults {
  std::optional<BackupResult> log;
  std::optional<BackupResult> trail;
};
struct ListedBackups {
  std::vector<ListedBackup> log;
  std::vector<ListedBackup> trail;
};

// Thread-safe.
class BackupRunner {
 public:
  using Done = std::function<void(absl::StatusOr<BackupResults>)>;

  // Borrows the clock.
  BackupRunner(BackedUpLogs logs, const Clock& clock) : logs_(std::move(logs)), clock_(clock) {}
  ~BackupRunner();  // Waits for a backup that runs.

  // Makes a backup of each log and calls `done` on the runner's thread, or at once where it is
  // refused. `done` must not call the runner.
  //
  //   FAILED_PRECONDITION  BACKUP_RUNNING
  //   UNAVAILABLE          SNAPSHOT_FAILED  where only that of the trail was not made, that of the
  //                                         log is there.
  void Start(Done done);

  //   UNAVAILABLE  SNAPSHOT_FAILED
  absl::StatusOr<ListedBackups> List() const;

 private:
  absl::StatusOr<BackupResults> BackUpAll();
  absl::StatusOr<BackupResults> Run();

  BackedUpLogs logs_;  // Their folders are written to by the thread only.
  const Clock& clock_;
  Mutex mutex_;
  bool running_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_ ABSL_GUARDED_BY(mutex_);  // Of the last backup.
};

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_BACKUP_RUNNER_H_
