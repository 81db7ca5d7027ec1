// Backs up a running log and restores it, verified against its tree and its signed checkpoint.
#ifndef SAKIP_COMMON_BACKUP_LOG_BACKUP_H_
#define SAKIP_COMMON_BACKUP_LOG_BACKUP_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/backup/backup_folder.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/note/checkpoint.h"

namespace sakip::backup {

// Backs up `log`, which lies in `log_directory`, while it is written to. `checkpoint_note` is one
// that the log has signed. One backup of a log at a time. Errors are those of the system, with
// paths, and
//
//   UNAVAILABLE  SNAPSHOT_FAILED
absl::StatusOr<BackupResult> BackUpLog(const eventlog::RocksEventLog& log,
                                       const std::string& log_directory,
                                       absl::string_view checkpoint_note,
                                       absl::Span<const note::Signer> signers, BackupFolder& folder,
                                       absl::Time now);

// What was restored.
struct RestoredLog {
  BackupManifest manifest;
  note::Checkpoint checkpoint;  // Of the backup.
  uint64_t end_position = 0;    // Number of records; not fewer than the checkpoint's.
};

// Restores a backup to the new folder `log_directory`. The folder is there only when every file is
// as it was signed, every record, row and node was read, and the tree has the root that the log
// signed; otherwise nothing is.
//
//   ALREADY_EXISTS       LOG_EXISTS        `log_directory` is there; a log is never written over.
//   NOT_FOUND            BACKUP_NOT_FOUND
//   DATA_LOSS            BACKUP_DAMAGED, LOG_DAMAGED, LOG_INCOMPLETE
//   FAILED_PRECONDITION  SIGNATURE_MISSING
//   Those of note::OpenCheckpoint.
absl::StatusOr<RestoredLog> RestoreLog(const BackupFolder& folder, absl::string_view id,
                                       absl::Span<const note::Verifier> verifiers,
                                       const std::string& log_directory,
                                       eventlog::ProgressCallback progress);

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_LOG_BACKUP_H_
