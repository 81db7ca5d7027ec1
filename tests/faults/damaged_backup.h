// What befalls the files of a backup, one at a time, and is taken back.
#ifndef SAKIP_TESTS_FAULTS_DAMAGED_BACKUP_H_
#define SAKIP_TESTS_FAULTS_DAMAGED_BACKUP_H_

#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/backup/backup_manifest.h"
#include "tests/faults/damage.h"

namespace sakip::faults {

// Paths of a backup's files in the folder of backups, its manifest first. Two files of the same
// bytes are one object.
std::vector<std::string> FilesOf(const backup::BackupManifest& manifest);
bool IsObject(absl::string_view file);

// One bit of the file, which is not empty.
Damage AnyFlip(const std::string& folder, const std::string& file, std::mt19937_64& random);

// One bit of it is flipped, its end is cut off, or it is removed.
Damage AnyDamage(const std::string& folder, const std::string& file, std::mt19937_64& random);

// A file is damaged as long as this lives. Not thread-safe; whatever fails ends the driver.
class DamagedFile {
 public:
  DamagedFile(const std::string& folder, const Damage& damage);
  ~DamagedFile();
  DamagedFile(const DamagedFile&) = delete;
  DamagedFile& operator=(const DamagedFile&) = delete;

  const Damage& damage() const { return damage_; }

  // True where somebody else has put the right bytes in its place.
  bool IsMended() const;

 private:
  const Damage damage_;
  const std::string path_;
  const std::string bytes_;
};

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_DAMAGED_BACKUP_H_
