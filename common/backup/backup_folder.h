// BackupFolder makes backups of a running log, lists, checks and restores them.
//
//   objects/<SHA-256>             files, shared by all backups
//   backups/<id>/MANIFEST         signed with the log's keys; written last
//
// A backup that was interrupted has no manifest and is none. How-to: README.md beside this file.
#ifndef SAKIP_COMMON_BACKUP_BACKUP_FOLDER_H_
#define SAKIP_COMMON_BACKUP_BACKUP_FOLDER_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/backup/backup_manifest.h"
#include "common/backup/object_store.h"
#include "common/note/key_file.h"

namespace sakip::backup {

// What a backup consists of and how much of it had to be copied.
struct BackupResult {
  BackupManifest manifest;
  uint64_t new_bytes = 0;
};

// One entry of the list.
struct ListedBackup {
  std::string id;
  absl::Status status;      // Why it cannot be used; OK where the manifest is whole and signed.
  BackupManifest manifest;  // Where `status` is OK.
};

// Thread-safe where no two backups are made at once, in one process or in several.
class BackupFolder {
 public:
  // Uses `path`, which is made where it is missing.
  static absl::StatusOr<BackupFolder> Open(const std::string& path);

  // Backs up the files in `snapshot`, a folder of a copy of the log's store that does not change,
  // together with the log's `checkpoint_note`, whose records are all in it. On disk when it
  // returns.
  absl::StatusOr<BackupResult> Create(const std::string& snapshot,
                                      absl::string_view checkpoint_note,
                                      absl::Span<const note::Signer> signers, absl::Time now);

  // All backups, the oldest first.
  absl::StatusOr<std::vector<ListedBackup>> List(absl::Span<const note::Verifier> verifiers) const;

  // Reads the manifest of a backup.
  //
  //   NOT_FOUND            BACKUP_NOT_FOUND
  //   DATA_LOSS            BACKUP_DAMAGED     the manifest is not as it was signed.
  //   FAILED_PRECONDITION  SIGNATURE_MISSING  no trusted key signed it.
  absl::StatusOr<BackupManifest> Read(absl::string_view id,
                                      absl::Span<const note::Verifier> verifiers) const;

  // Reads every file of a backup.
  //
  //   DATA_LOSS  BACKUP_DAMAGED  naming the file.
  absl::Status Check(const BackupManifest& manifest) const;

  // Writes the files of a backup to the new folders of `directory`: `store/` and `CHECKPOINT`.
  //
  //   DATA_LOSS  BACKUP_DAMAGED  naming the file.
  absl::Status Extract(const BackupManifest& manifest, const std::string& directory) const;

 private:
  explicit BackupFolder(const std::string& path);

  std::string FreeId(absl::Time now) const;
  std::string ManifestPath(absl::string_view id) const;

  std::string path_;
  ObjectStore objects_;
};

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_BACKUP_FOLDER_H_
