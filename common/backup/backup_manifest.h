// BackupManifest says what a backup consists of, each file by its digest, as the text of a signed
// note (common/note): whoever changes a backup has to sign it.
//
//   sakip-backup/1
//   <id>
//   <time of creation, RFC 3339>
//   checkpoint <SHA-256> <bytes>
//   file <SHA-256> <bytes> <name in the log's store>
//   ...
//
// Values and pure functions, thread-safe.
#ifndef SAKIP_COMMON_BACKUP_BACKUP_MANIFEST_H_
#define SAKIP_COMMON_BACKUP_BACKUP_MANIFEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace sakip::backup {

// A file by its content.
struct BackupFile {
  std::string digest;  // SHA-256, 64 hexadecimal characters in lower case.
  uint64_t bytes = 0;
  std::string name;  // In the store; empty for the checkpoint.

  friend bool operator==(const BackupFile&, const BackupFile&) = default;
};

struct BackupManifest {
  std::string id;           // `20231231T235959Z`, with `-2` and so on where there were several.
  absl::Time created_time;  // In whole seconds.
  BackupFile checkpoint;    // The log's checkpoint that the backup holds at least.
  std::vector<BackupFile> files;

  uint64_t bytes() const;  // Of all files.
  friend bool operator==(const BackupManifest&, const BackupManifest&) = default;
};

// True for what may be a backup's id: letters, digits and `-`.
bool IsBackupId(absl::string_view id);

std::string ManifestText(const BackupManifest& manifest);

// Reads the text; accepts only what ManifestText writes.
//
//   DATA_LOSS  BACKUP_DAMAGED  it is no manifest.
absl::StatusOr<BackupManifest> ParseManifest(absl::string_view text);

// DATA_LOSS BACKUP_DAMAGED.
absl::Status BackupDamaged(absl::string_view id, absl::string_view why);

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_BACKUP_MANIFEST_H_
