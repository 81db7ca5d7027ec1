// The commands of `sakipctl auth`: an issuer of tokens for development and small sites. They need
// no service. As commands/commands.h.
#ifndef SAKIP_SERVICES_CLI_AUTH_AUTH_H_
#define SAKIP_SERVICES_CLI_AUTH_AUTH_H_

#include <CLI/App.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "common/auth/signing_key.h"
#include "services/cli/commands/commands.h"

namespace sakip::cli {

void AddAuthCommands(CLI::App& app, Action& action);

// To the command `auth`.
void AddAuthKeyCommands(CLI::App& auth, Action& action);
void AddAuthJwksCommands(CLI::App& auth, Action& action);
void AddAuthTokenCommands(CLI::App& auth, Action& action);

// The private key of an issuer. Its file must be closed to others, as those of note::ReadKeyFile.
//   NOT_FOUND            KEY_FILE_MISSING
//   FAILED_PRECONDITION  KEY_FILE_EXPOSED
//   INVALID_ARGUMENT     KEY_MALFORMED
absl::StatusOr<auth::SigningKey> ReadSigningKey(const std::string& path);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_AUTH_AUTH_H_
