#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/status_macros.h"
#include "common/note/key_file.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

struct Arguments {
  std::string file;
  std::string name;
  bool witness = false;
};

// Verifier keys may be handed out; private keys are never printed.
void PrintKeys(Session& session, const note::KeyRing& ring) {
  if (session.options().json) {
    nlohmann::ordered_json keys = nlohmann::ordered_json::array();
    for (size_t i = 0; i < ring.verifiers.size(); ++i) {
      keys.push_back(
          {{"verifierKey", ring.verifiers[i].vkey()},
           {"kind", ring.verifiers[i].type() == note::KeyType::kWitness ? "witness" : "log"},
           {"signs", i < ring.signers.size()}});
    }
    session.out() << nlohmann::ordered_json{{"keys", keys}}.dump(2) << "\n";
    return;
  }
  for (const note::Verifier& verifier : ring.verifiers) session.out() << verifier.vkey() << "\n";
}

absl::StatusOr<note::KeyRing> MakeKey(const Arguments& arguments) {
  const note::KeyType type = arguments.witness ? note::KeyType::kWitness : note::KeyType::kLog;
  ASSIGN_OR_RETURN(const std::string skey, note::GenerateKey(arguments.name, type));
  RETURN_IF_ERROR(note::WriteKeyFile(
      arguments.file, absl::StrCat("# Private key of ", arguments.name, ", made ",
                                   absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone()),
                                   ". Whoever has it signs in this name.\n", skey, "\n")));
  return note::ReadKeyFile(arguments.file);
}

ExitCode Generate(Session& session, const Arguments& arguments) {
  const auto ring = MakeKey(arguments);
  if (!ring.ok()) return ReportUsage(session.err(), "log key generate", ring.status().message());
  PrintKeys(session, *ring);
  return ExitCode::kOk;
}

ExitCode Show(Session& session, const Arguments& arguments) {
  const auto ring = note::ReadKeyFile(arguments.file);
  if (!ring.ok()) return ReportUsage(session.err(), "log key show", ring.status().message());
  PrintKeys(session, *ring);
  return ExitCode::kOk;
}

}  // namespace

void AddLogKeyCommands(CLI::App& log, Action& action) {
  CLI::App& key = *log.add_subcommand("key", "Make and show keys that sign checkpoints");
  key.require_subcommand(1);

  auto& generate =
      *key.add_subcommand("generate", "Make a private key; prints the verifier key to hand out");
  const auto made = std::make_shared<Arguments>();
  generate
      .add_option("--name", made->name, "Name of the log or witness, such as example.go.id/log")
      ->required();
  generate.add_option("--file", made->file, "The file to write; there must be none")->required();
  generate.add_flag("--witness", made->witness, "A witness's key instead of a log's");
  generate.footer(
      "Example:\n  sakipctl log key generate --name jember.go.id/realization --file log.key");
  Bind(generate, action, made, &Generate);

  auto& show = *key.add_subcommand("show", "Print the verifier keys of a key file");
  const auto shown = std::make_shared<Arguments>();
  show.add_option("--file", shown->file, "A file of keys, private or not")->required();
  Bind(show, action, shown, &Show);
}

}  // namespace sakip::cli
