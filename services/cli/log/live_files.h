// Files of a log that are verified offline, made from a live one and verified before they are
// there. Functions share nothing.
#ifndef SAKIP_SERVICES_CLI_LOG_LIVE_FILES_H_
#define SAKIP_SERVICES_CLI_LOG_LIVE_FILES_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/eventlog/verify/export_verify.h"
#include "common/note/checkpoint.h"
#include "services/cli/log/live_log.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

// Writes the log up to its newest checkpoint to the new file `path`, and verifies it on the way.
// Errors are those of HistoryCheck, ExportWriter and the calls.
absl::StatusOr<note::SignedCheckpoint> ExportLog(Session& session, const LiveLog& log,
                                                 const std::string& path,
                                                 const eventlog::LogTrust& trust);

// Writes the record at `position` and its proof to `path`. A receipt that does not verify is worth
// nothing, and now is the time to know. Errors are those of FetchReceipt and the system's.
absl::StatusOr<note::SignedCheckpoint> WriteReceipt(const LiveLog& log, uint64_t position,
                                                    const std::string& path,
                                                    const eventlog::LogTrust& trust);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_LOG_LIVE_FILES_H_
