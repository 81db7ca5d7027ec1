// LogReceipt is a record and the proof that it is in the log, as a text to be kept by whoever
// submitted it (C2SP tlog-proof, file extension .tlog-proof):
//
//   c2sp.org/tlog-proof@v1
//   extra <base64 of the record bytes>
//   index <position>
//   <base64 of a hash, from the leaf's sibling up>
//
//   <signed checkpoint>
//
// Values and pure functions, thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_LOG_RECEIPT_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_LOG_RECEIPT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/merkle/hash.h"
#include "common/note/checkpoint.h"
#include "common/note/key.h"

namespace sakip::eventlog {

inline constexpr size_t kReceiptBytesMax = 64 * 1024 * 1024;

struct LogReceipt {
  std::string record;  // Bytes of sakip.eventlog.v1.Record.
  uint64_t position = 0;
  std::vector<merkle::Hash> path;
  std::string checkpoint_note;
};

std::string FormatReceipt(const LogReceipt& receipt);

// Reads a receipt; nothing of it is verified.
//
//   INVALID_ARGUMENT  RECEIPT_MALFORMED  FormatReceipt does not write such a text.
absl::StatusOr<LogReceipt> ParseReceipt(absl::string_view text);

// Checks that the record is at its position in the tree of the checkpoint, which a key signed that
// is trusted. Returns the checkpoint.
//
//   DATA_LOSS  PROOF_INVALID  it is not, or the record says that it stands elsewhere.
//   Those of note::OpenCheckpoint.
absl::StatusOr<note::SignedCheckpoint> VerifyReceipt(const LogReceipt& receipt,
                                                     absl::Span<const note::Verifier> verifiers);

// DATA_LOSS PROOF_INVALID.
absl::Status ProofInvalid(absl::string_view why);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_LOG_RECEIPT_H_
