#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/auth/issue_token.h"
#include "common/auth/key_set.h"
#include "common/base/durable_file.h"
#include "common/base/status_macros.h"
#include "services/cli/auth/auth.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

struct Arguments {
  std::string file;
  std::string key_file;
  std::string kid;
};

absl::StatusOr<std::string> ReadJwks(const std::string& path) {
  return ReadFile(path, auth::kJwksBytesMax);
}

// An empty text where there is no file yet.
absl::StatusOr<std::string> ReadJwksOrNone(const std::string& path) {
  std::error_code unreadable;
  if (!std::filesystem::exists(path, unreadable) && !unreadable) return "";
  return ReadJwks(path);
}

absl::Status Add(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auth::SigningKey key, ReadSigningKey(arguments.key_file));
  ASSIGN_OR_RETURN(const std::string before, ReadJwksOrNone(arguments.file));
  ASSIGN_OR_RETURN(const std::string after, auth::AddKey(before, key.public_key()));
  return ReplaceFile(arguments.file, after);
}

absl::Status Retire(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string before, ReadJwks(arguments.file));
  ASSIGN_OR_RETURN(const std::string after, auth::RetireKey(before, arguments.kid));
  return ReplaceFile(arguments.file, after);
}

absl::StatusOr<auth::KeySet> Keys(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string jwks, ReadJwks(arguments.file));
  return auth::KeySet::Parse(jwks);
}

// The keys that services take from the file, and why they leave others out.
ExitCode PrintKeys(Session& session, const std::string& what, const Arguments& arguments) {
  const absl::StatusOr<auth::KeySet> keys = Keys(arguments);
  if (!keys.ok()) return ReportUsage(session.err(), what, keys.status().message());
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const auto& [kid, key] : keys->keys()) {
    const std::string algorithm(auth::AlgorithmName(key.algorithm()));
    json.push_back({{"kid", kid}, {"algorithm", algorithm}});
    if (!session.options().json) session.out() << kid << "  " << algorithm << "\n";
  }
  if (session.options().json) {
    session.out() << nlohmann::ordered_json{{"keys", json}, {"leftOut", keys->left_out()}}.dump(2)
                  << "\n";
  }
  for (const std::string& left_out : keys->left_out()) {
    Warn(session.err(), absl::StrCat("services leave out ", left_out));
  }
  return ExitCode::kOk;
}

// Runs the change, then shows what came of it.
template <absl::Status (*kChange)(const Arguments&)>
ExitCode Change(Session& session, const Arguments& arguments) {
  const absl::Status changed = kChange(arguments);
  if (!changed.ok()) {
    return ReportUsage(session.err(), absl::StrCat("auth jwks of ", arguments.file),
                       changed.message());
  }
  return PrintKeys(session, "auth jwks", arguments);
}

ExitCode Show(Session& session, const Arguments& arguments) {
  return PrintKeys(session, "auth jwks show", arguments);
}

void AddFile(CLI::App& command, Arguments& arguments) {
  command.add_option("--file", arguments.file, "The JWKS that services read (--jwks)")->required();
}

}  // namespace

void AddAuthJwksCommands(CLI::App& auth, Action& action) {
  CLI::App& jwks = *auth.add_subcommand("jwks", "Change the public keys that services know");
  jwks.require_subcommand(1);
  jwks.footer(
      "To roll keys: add the new key, wait a minute, issue with it, and retire the old one when\n"
      "its last token has expired. To revoke all that a key signed: retire it.");

  auto& add = *jwks.add_subcommand("add", "Add the public part of a key; makes the file");
  const auto added = std::make_shared<Arguments>();
  AddFile(add, *added);
  add.add_option("--key", added->key_file, "The private key (auth key generate)")->required();
  Bind(add, action, added, &Change<Add>);

  auto& retire = *jwks.add_subcommand("retire", "Take a key out: what it signed counts no more");
  const auto retired = std::make_shared<Arguments>();
  AddFile(retire, *retired);
  retire.add_option("--kid", retired->kid, "What the key is called")->required();
  Bind(retire, action, retired, &Change<Retire>);

  auto& show = *jwks.add_subcommand("show", "List the keys that services take");
  const auto shown = std::make_shared<Arguments>();
  AddFile(show, *shown);
  Bind(show, action, shown, &Show);
}

}  // namespace sakip::cli
