// BackedUpLog is a log with its backups and what the driver of backup_campaign knows about both.
#ifndef SAKIP_TESTS_FAULTS_BACKED_UP_LOG_H_
#define SAKIP_TESTS_FAULTS_BACKED_UP_LOG_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/backup/backup_folder.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/note/key_file.h"
#include "common/testing/temp_dir.h"
#include "tests/faults/backup_child.h"
#include "tests/faults/damage.h"
#include "tests/faults/ledger.h"
#include "tests/faults/report.h"

namespace sakip::faults {

// Kinds of violations beside those of a log:
//
//   root_different    the root of a restored log is not the one that the log signed, or the log's
//   damaged_accepted  a damaged backup was restored, or passed a check
//   unnamed           it was refused without the name of what is damaged
//   left_behind       a restore that failed left a log, or half of one
//   not_restored      a backup was reported as made, or is listed as good, and cannot be restored
//   backup_hurt       a backup that was reported is no longer listed as good, or not whole
//   not_restarted     the log itself does not open
std::vector<std::string> BackupViolations();

// Not thread-safe. `what` says in the report when it was.
class BackedUpLog {
 public:
  // Begins a log without backups in a folder of its own. Borrows the report.
  explicit BackedUpLog(Report& report);

  const BackupPaths& paths() const { return paths_; }
  const backup::BackupFolder& folder() const { return folder_; }
  std::string File(absl::string_view name) const { return directory_.File(name); }

  // The backups that must be good, the oldest first.
  const std::vector<std::string>& ids() const { return ids_; }
  backup::BackupManifest Manifest(const std::string& id) const;

  // Takes what WriteAndBackUp printed, whatever became of it.
  void Note(const std::vector<std::string>& lines);

  // The log is opened and must hold all that was acknowledged. It stays open until Close.
  void CheckLog(absl::string_view what);
  void Close() { log_ = nullptr; }

  // Every backup that must be good is. One that is listed as good without having been reported was
  // killed at its very end, and counts from now on.
  void CheckListed(absl::string_view what);

  // Restores the backup to an empty place and compares it: with its signed checkpoint, with the
  // log, which must be open, and with what was acknowledged before the backup began. Returns how
  // long the restore took.
  absl::Duration CheckRestores(const std::string& id, absl::string_view what);

  // The same for what already lies in the place; removes it.
  void CheckRestored(const std::string& id, absl::string_view what);

  // The backup is refused, by the name of what is damaged, and nothing is left behind.
  void CheckRefused(const std::string& id, const Damage& damage, absl::string_view what);

 private:
  void Expect(const std::string& id, Positions before);
  void CheckRoots(const eventlog::EventLog& restored, const backup::BackupManifest& manifest,
                  const std::string& what);

  Report& report_;
  const sakip::testing::TempDir directory_;
  const BackupPaths paths_;
  const note::KeyRing keys_;
  const backup::BackupFolder folder_;
  Ledger ledger_;
  std::vector<std::string> ids_;
  std::map<std::string, Positions> known_;  // By id: what was acknowledged before the backup.
  Positions before_unreported_;             // The same of the last backup that was not reported.
  std::unique_ptr<eventlog::RocksEventLog> log_;
};

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_BACKED_UP_LOG_H_
