// The processes of backup_campaign: one that writes to a log and backs it up meanwhile, and one
// that restores a backup. Each says on standard output how far it is, for who kills it:
//
//   1 27 118       a request was acknowledged (ledger.h)
//   begin          a backup, or the restore, begins
//   backed_up ID   the backup is reported as made
//   failed WHY     it was not made, or not restored
//   ended          the backup, or the restore, is over
#ifndef SAKIP_TESTS_FAULTS_BACKUP_CHILD_H_
#define SAKIP_TESTS_FAULTS_BACKUP_CHILD_H_

#include <cstddef>
#include <string>

#include "absl/strings/str_cat.h"

namespace sakip::faults {

// Small, so that backups also meet flushes and merges.
inline constexpr size_t kBackedUpWriteBufferBytes = 64 * 1024;

// Where things are in the folder of a campaign.
struct BackupPaths {
  std::string folder;

  std::string keys() const { return absl::StrCat(folder, "/keys"); }
  std::string log() const { return absl::StrCat(folder, "/log"); }
  std::string snapshot() const { return absl::StrCat(folder, "/log/snapshot"); }
  std::string backups() const { return absl::StrCat(folder, "/backups"); }
  std::string restored() const { return absl::StrCat(folder, "/restored"); }
};

// Appends from several threads, makes `backups` backups of the log one after the other, and stops.
// A backup that fails ends nothing; an append that fails ends the process. An exit code.
int WriteAndBackUp(const BackupPaths& paths, int backups);

// Restores the backup `id`. An exit code.
int RestoreOnce(const BackupPaths& paths, const std::string& id);

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_BACKUP_CHILD_H_
