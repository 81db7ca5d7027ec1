// VerifyExport tells whether an export file is the log that its service signed, whole and
// unchanged.
//
// Nothing in the file is believed before the end: every leaf hash is computed again, every link
// between records checked, and the tree over them must be the one of a checkpoint that a trusted
// key signed. Thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_VERIFY_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_VERIFY_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/note/checkpoint.h"
#include "common/note/key.h"

namespace sakip::eventlog {

// What a verifier believes before it looks at a log.
struct LogTrust {
  std::vector<note::Verifier> verifiers;
  std::optional<note::Checkpoint> older;  // Signed and verified earlier; the log must contain it.
};

// How far a verification is.
struct VerifyProgress {
  uint64_t records = 0;
  uint64_t bytes = 0;
  uint64_t bytes_total = 0;  // 0 where unknown.
};

struct VerifiedExport {
  note::SignedCheckpoint head;
  uint64_t bytes = 0;  // Of the file.
};

// Reads the file once, hashing on a second thread. `progress` is called now and then, on the
// caller's thread.
//
//   NOT_FOUND  EXPORT_UNREADABLE    the system's error.
//   DATA_LOSS  LOG_DAMAGED          naming the first position that is wrong.
//   DATA_LOSS  EXPORT_DAMAGED       what stands around the records is wrong.
//   DATA_LOSS  CHECKPOINT_DIFFERS   these are not the records that were signed.
//   Those of note::OpenCheckpoint: the checkpoint is none, or no trusted key signed it.
absl::StatusOr<VerifiedExport> VerifyExport(
    const std::string& path, const LogTrust& trust,
    const std::function<void(const VerifyProgress&)>& progress = nullptr);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_VERIFY_H_
