#include "common/eventlog/verify/witness.h"

#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/base/status_macros.h"
#include "common/note/key_file.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/log/live_log.h"
#include "services/cli/log/trust.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

struct Arguments {
  std::string service;
  std::string state;
  std::string key_file;
  bool once = false;
  std::string every = "60s";
  TrustArguments trust;
};

absl::StatusOr<std::unique_ptr<eventlog::Witness>> OpenWitness(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const eventlog::LogTrust trust, ReadTrust(arguments.trust));
  ASSIGN_OR_RETURN(const note::KeyRing own, note::ReadKeyFile(arguments.key_file));
  if (own.signers.size() != 1) {
    return absl::InvalidArgumentError(absl::StrCat(arguments.key_file, " has ", own.signers.size(),
                                                   " private keys; a witness signs with one"));
  }
  return eventlog::Witness::Open(arguments.state, own.signers[0], trust.verifiers);
}

// Asks for the newest checkpoint and cosigns it.
absl::Status WitnessOnce(Session& session, const Arguments& arguments, eventlog::Witness& witness) {
  const LiveLog log(session, LogPeer(arguments.service));
  ASSIGN_OR_RETURN(const std::string note, log.Checkpoint());
  ASSIGN_OR_RETURN(const eventlog::LogTrust trust, ReadTrust(arguments.trust));
  ASSIGN_OR_RETURN(const note::SignedCheckpoint next, note::OpenCheckpoint(note, trust.verifiers));
  std::vector<merkle::Hash> proof;
  if (witness.seen().has_value()) {
    ASSIGN_OR_RETURN(proof, log.ConsistencyProof(witness.seen()->size, next.checkpoint.size));
  }
  ASSIGN_OR_RETURN(const std::string cosigned, witness.Cosign(note, proof, absl::Now()));
  if (session.options().json) {
    PrintHead(session, "", next);
  } else {
    session.out() << "cosigned " << next.checkpoint.origin << ": " << next.checkpoint.size
                  << " records, root " << absl::BytesToHexString(next.checkpoint.root) << "\n";
  }
  session.out().flush();
  return absl::OkStatus();
}

// A log that cannot be asked now is asked again; one that contradicts itself is not: a person must
// look at it.
bool MayPass(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status);
}

ExitCode RunWitness(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("witness --service ", arguments.service);
  absl::Duration every;
  if (!absl::ParseDuration(arguments.every, &every) || every <= absl::ZeroDuration()) {
    return ReportUsage(session.err(), what, "--every takes a time such as 60s or 5m");
  }
  const auto witness = OpenWitness(arguments);
  if (!witness.ok()) return ReportUsage(session.err(), what, witness.status().message());
  while (true) {
    const absl::Status status = WitnessOnce(session, arguments, **witness);
    if (!status.ok()) {
      const ExitCode code = ReportRefusal(session.err(), what, status);
      if (arguments.once || !MayPass(status)) return code;
    }
    if (arguments.once || !session.out().good()) return ExitCode::kOk;
    absl::SleepFor(every);
  }
}

}  // namespace

void AddWitnessCommand(CLI::App& app, Action& action) {
  auto& command = *app.add_subcommand(
      "witness",
      "Cosign the checkpoints of a log as long as it only grows; run by an inspectorate");
  const auto arguments = std::make_shared<Arguments>();
  AddLogService(command, arguments->service)->required();
  command
      .add_option("--state", arguments->state,
                  "Folder of the last cosigned checkpoint, and of evidence")
      ->required();
  command
      .add_option("--key", arguments->key_file,
                  "File with the witness's private key (log key generate --witness)")
      ->required();
  AddTrustedKey(command, arguments->trust);
  auto* once = command.add_flag("--once", arguments->once, "Cosign once and end");
  command.add_option("--every", arguments->every, "Time between two checkpoints; default 60s")
      ->excludes(once);
  command.footer(
      "A log that goes back or forks ends the command with code 1; both signed notes are kept in\n"
      "the folder.\n"
      "Example:\n"
      "  sakipctl witness --service realization --state witness --key witness.key \\\n"
      "    --trusted-key realization.pub --every 5m");
  Bind(command, action, arguments, &RunWitness);
}

}  // namespace sakip::cli
