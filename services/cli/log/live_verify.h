// Verifies a log over gRPC without trusting its server. Functions share nothing.
#ifndef SAKIP_SERVICES_CLI_LOG_LIVE_VERIFY_H_
#define SAKIP_SERVICES_CLI_LOG_LIVE_VERIFY_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/eventlog/verify/export_verify.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/note/checkpoint.h"
#include "common/note/key.h"
#include "services/cli/log/live_log.h"

namespace sakip::cli {

struct VerifiedHead {
  note::SignedCheckpoint head;
  std::string note;  // As signed.
};

// The newest checkpoint, of at least `min_size` records where the log has them, signed by a key
// that is trusted. Errors are those of note::OpenCheckpoint and of the call.
absl::StatusOr<VerifiedHead> FetchHead(const LiveLog& log,
                                       absl::Span<const note::Verifier> verifiers,
                                       uint64_t min_size = 0);

// Asks the log to prove that `head` continues `older`. Errors as eventlog::CheckContinues.
absl::Status CheckContinues(const LiveLog& log, const note::Checkpoint& older,
                            const VerifiedHead& head);

// Fetches the record at `position` with its proof, and verifies them under `head`.
//
//   UNAVAILABLE                 `head` does not cover the position yet.
//   DATA_LOSS    PROOF_INVALID  the record is not in the tree.
absl::StatusOr<eventlog::LogReceipt> FetchReceipt(const LiveLog& log, uint64_t position,
                                                  const VerifiedHead& head,
                                                  absl::Span<const note::Verifier> verifiers);

// Reads all records up to the newest checkpoint and checks what VerifyExport checks; that the log
// continues the older checkpoint is proved first.
absl::StatusOr<VerifiedHead> VerifyLiveLog(
    const LiveLog& log, const eventlog::LogTrust& trust,
    const std::function<void(const eventlog::VerifyProgress&)>& progress);

// Checks that the newest checkpoint continues `held`, the one of the receipt, and that the
// receipt's record is still in the log at its position.
//
//   Those of CheckContinues; DATA_LOSS PROOF_INVALID.
absl::StatusOr<VerifiedHead> VerifyStillHeld(const LiveLog& log,
                                             const eventlog::LogReceipt& receipt,
                                             const note::Checkpoint& held,
                                             const eventlog::LogTrust& trust);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_LOG_LIVE_VERIFY_H_
