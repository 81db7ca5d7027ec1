// Verifies a log over gRPC without trusting its server. Functions share nothing.
#ifndef SAKIP_SERVICES_CLI_LOG_LIVE_VERIFY_H_
#define SAKIP_SERVICES_CLI_LOG_LIVE_VERIFY_H_

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "common/eventlog/verify/export_verify.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/note/checkpoint.h"
#include "services/cli/log/live_log.h"

namespace sakip::cli {

struct VerifiedHead {
  note::SignedCheckpoint head;
  std::string note;  // As signed.
};

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
