#include "absl/strings/str_cat.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/log/live_files.h"
#include "services/cli/log/trust.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

struct Arguments {
  std::string service;
  std::string file;
  uint64_t position = 0;
  TrustArguments trust;
};

ExitCode Receipt(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("log receipt --service ", arguments.service);
  const auto trust = ReadTrust(arguments.trust);
  if (!trust.ok()) return ReportUsage(session.err(), what, trust.status().message());
  const LiveLog log(session, LogPeer(arguments.service));
  const auto head = WriteReceipt(log, arguments.position, arguments.file, *trust);
  if (!head.ok()) return ReportRefusal(session.err(), what, head.status());
  PrintHead(session,
            absl::StrCat("receipt of position ", arguments.position, " in ", arguments.file),
            *head);
  return ExitCode::kOk;
}

}  // namespace

void AddLogReceiptCommand(CLI::App& log, Action& action) {
  auto& command = *log.add_subcommand(
      "receipt", "Write a record and the proof that it is in the log, to be verified offline");
  const auto arguments = std::make_shared<Arguments>();
  AddLogService(command, arguments->service)->required();
  command.add_option("--position", arguments->position, "Position of the record")->required();
  command.add_option("--file", arguments->file, "The file to write (.tlog-proof)")->required();
  AddTrustedKey(command, arguments->trust);
  command.footer(
      "Example:\n  sakipctl log receipt --service realization --position 12 \\\n"
      "    --file q4.tlog-proof --trusted-key realization.pub");
  Bind(command, action, arguments, &Receipt);
}

}  // namespace sakip::cli
