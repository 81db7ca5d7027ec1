// ObjectStore keeps the files of backups by their digest: what two backups share is there once.
#ifndef SAKIP_COMMON_BACKUP_OBJECT_STORE_H_
#define SAKIP_COMMON_BACKUP_OBJECT_STORE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/backup/backup_manifest.h"

namespace sakip::backup {

// Thread-safe where no two calls write at once. Errors of the system are UNKNOWN or the like, with
// the path.
class ObjectStore {
 public:
  // Keeps objects in `folder`, which is there.
  explicit ObjectStore(std::string folder) : folder_(std::move(folder)) {}

  struct Stored {
    BackupFile file;  // Without a name.
    bool is_new = false;
  };

  // Stores what `source` holds; on disk when it returns, as soon as Sync was called too. An object
  // that is there but damaged is replaced.
  absl::StatusOr<Stored> Put(const std::string& source);

  // Stores these bytes; on disk when it returns.
  absl::StatusOr<Stored> PutBytes(absl::string_view bytes);

  // Makes the names of all objects durable.
  absl::Status Sync();

  // Writes an object to a new file, on disk when it returns.
  //
  //   DATA_LOSS  BACKUP_DAMAGED  it is missing, or is not what its digest says.
  absl::Status Get(const BackupFile& file, const std::string& destination) const;

  // Reads an object. Errors are those of Get.
  absl::Status Check(const BackupFile& file) const;

 private:
  std::string PathOf(const BackupFile& file) const;

  const std::string folder_;
};

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_OBJECT_STORE_H_
