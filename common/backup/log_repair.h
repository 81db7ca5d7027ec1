// What can be saved of a damaged log: says what would be lost, and makes a log of the rest where it
// is told to lose exactly that.
#ifndef SAKIP_COMMON_BACKUP_LOG_REPAIR_H_
#define SAKIP_COMMON_BACKUP_LOG_REPAIR_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace sakip::backup {

// What was found. Positions below `intact` are whole: each record hashes to its leaf and continues
// its agency's chain and its stream.
struct LogDiagnosis {
  absl::Status problem;       // Why the log is refused or not served whole; OK where it is healthy.
  absl::Status head_problem;  // Why HEAD cannot be read; OK where it can.
  uint64_t intact = 0;        // Records from position 0 on that can be saved.
  // Records that were acknowledged, as far as HEAD and the checkpoint file tell.
  uint64_t acknowledged = 0;
  // Records that the log has signed; 0 where the checkpoint file cannot be read. Its signature is
  // not verified.
  uint64_t signed_size = 0;

  uint64_t lost() const { return acknowledged > intact ? acknowledged - intact : 0; }
};

// Looks at the closed log in `directory`; changes nothing in it. Works on a copy beside it, for
// which there must be room, and which is gone at the end.
//
//   NOT_FOUND    LOG_NOT_FOUND   there is no log.
//   UNAVAILABLE  LOG_NOT_OPENED  it is open in another process, or cannot be copied.
absl::StatusOr<LogDiagnosis> DiagnoseLog(const std::string& directory);

// What a repair did.
struct LogRepair {
  LogDiagnosis diagnosis;
  std::string set_aside;  // Folder that holds the log as it was.
};

// Puts a log of the intact records in the place of a damaged one, which is set aside under a name
// with `now`. Records are the same bytes at the same positions; rows and tree are made anew. The
// checkpoint file comes along only where no signed record is lost: otherwise the log needs a new
// key, because the old one has signed another history.
//
//   FAILED_PRECONDITION  LOG_HEALTHY          nothing is wrong with it.
//   FAILED_PRECONDITION  LOSS_NOT_AS_ACCEPTED  `accept_loss_from` is not the number of intact
//                                             records: look again at what would be lost.
//   Those of DiagnoseLog.
absl::StatusOr<LogRepair> RepairLog(const std::string& directory, uint64_t accept_loss_from,
                                    absl::Time now);

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_LOG_REPAIR_H_
