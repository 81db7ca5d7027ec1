#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/auth/public_key.h"
#include "common/auth/signing_key.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/note/key_file.h"
#include "services/cli/auth/auth.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

constexpr size_t kKeyBytesMax = 64 * 1024;

struct Arguments {
  std::string file;
  std::string algorithm = "EdDSA";
};

// What may be known of the key; the private part is never printed.
void PrintKey(Session& session, const auth::PublicKey& key) {
  const std::string algorithm(auth::AlgorithmName(key.algorithm()));
  if (session.options().json) {
    const nlohmann::ordered_json json = {{"kid", key.thumbprint()},
                                         {"algorithm", algorithm},
                                         {"jwk", nlohmann::ordered_json::parse(key.jwk())}};
    session.out() << json.dump(2) << "\n";
  } else {
    session.out() << key.thumbprint() << "  " << algorithm << "\n";
  }
}

ExitCode Generate(Session& session, const Arguments& arguments) {
  const auto key = auth::SigningKey::Generate(*auth::ParseAlgorithm(arguments.algorithm));
  const absl::Status written = note::WriteKeyFile(arguments.file, key.ToPem());
  if (!written.ok()) return ReportUsage(session.err(), "auth key generate", written.message());
  PrintKey(session, key.public_key());
  return ExitCode::kOk;
}

ExitCode Show(Session& session, const Arguments& arguments) {
  const auto key = ReadSigningKey(arguments.file);
  if (!key.ok()) return ReportUsage(session.err(), "auth key show", key.status().message());
  PrintKey(session, key->public_key());
  return ExitCode::kOk;
}

}  // namespace

absl::StatusOr<auth::SigningKey> ReadSigningKey(const std::string& path) {
  RETURN_IF_ERROR(note::CheckKeyFileClosed(path));
  ASSIGN_OR_RETURN(const std::string pem, ReadFile(path, kKeyBytesMax));
  auto key = auth::SigningKey::FromPem(pem);
  if (key.ok()) return key;
  return MakeError(key.status().code(), ErrorReason(key.status()),
                   absl::StrCat(path, ": ", key.status().message()));
}

void AddAuthKeyCommands(CLI::App& auth, Action& action) {
  CLI::App& key = *auth.add_subcommand("key", "Make and show the private keys of an issuer");
  key.require_subcommand(1);

  auto& generate = *key.add_subcommand(
      "generate", "Make a private key that only its owner may read; prints what it is called");
  const auto made = std::make_shared<Arguments>();
  generate.add_option("--file", made->file, "The file to write; there must be none")->required();
  generate.add_option("--algorithm", made->algorithm, "EdDSA (default), ES256 or RS256")
      ->check(CLI::IsMember({"EdDSA", "ES256", "RS256"}));
  generate.footer("Example:\n  sakipctl auth key generate --file issuer.key");
  Bind(generate, action, made, &Generate);

  auto& show = *key.add_subcommand("show", "Print what a private key is called (its kid)");
  const auto shown = std::make_shared<Arguments>();
  show.add_option("--file", shown->file, "A private key in PEM, not encrypted")->required();
  Bind(show, action, shown, &Show);
}

}  // namespace sakip::cli
