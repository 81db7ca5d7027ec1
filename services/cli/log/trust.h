// Trust: the keys and the older checkpoint that a user gives to verify a log with.
//
// Functions are thread-safe. Errors tell what is wrong with what was given.
#ifndef SAKIP_SERVICES_CLI_LOG_TRUST_H_
#define SAKIP_SERVICES_CLI_LOG_TRUST_H_

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/eventlog/verify/export_verify.h"
#include "common/note/checkpoint.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

struct TrustArguments {
  std::vector<std::string> keys;  // Each a verifier key or a file of keys.
  std::string checkpoint_file;    // Empty where there is none.
};

// Adds --trusted-key to a command; it is required unless the caller says otherwise.
CLI::Option* AddTrustedKey(CLI::App& command, TrustArguments& arguments);

// Reads the keys, and opens the older checkpoint with them.
absl::StatusOr<eventlog::LogTrust> ReadTrust(const TrustArguments& arguments);

// Prints what was verified: `text`, a line about the head, and its witnesses; or all as JSON.
void PrintHead(Session& session, absl::string_view text, const note::SignedCheckpoint& head);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_LOG_TRUST_H_
