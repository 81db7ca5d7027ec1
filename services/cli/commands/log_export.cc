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
  TrustArguments trust;
};

ExitCode Export(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("log export --service ", arguments.service);
  const auto trust = ReadTrust(arguments.trust);
  if (!trust.ok()) return ReportUsage(session.err(), what, trust.status().message());
  const LiveLog log(session, LogPeer(arguments.service));
  const auto head = ExportLog(session, log, arguments.file, *trust);
  if (!head.ok()) return ReportRefusal(session.err(), what, head.status());
  PrintHead(session, absl::StrCat("exported to ", arguments.file), *head);
  return ExitCode::kOk;
}

}  // namespace

void AddLogExportCommand(CLI::App& log, Action& action) {
  auto& command = *log.add_subcommand(
      "export", "Write the whole log and its signed checkpoint to a file, to be verified offline");
  const auto arguments = std::make_shared<Arguments>();
  AddLogService(command, arguments->service)->required();
  command.add_option("--file", arguments->file, "The file to write; there must be none")
      ->required();
  AddTrustedKey(command, arguments->trust);
  command.footer(
      "Example:\n  sakipctl log export --service realization --file 2023.sakip-export \\\n"
      "    --trusted-key realization.pub");
  Bind(command, action, arguments, &Export);
}

}  // namespace sakip::cli
