#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/export_file.h"
#include "common/eventlog/verify/history_check.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/log/live_log.h"
#include "services/cli/log/progress_bar.h"
#include "services/cli/log/trust.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

using eventlog::v1::StoredRecord;

struct Arguments {
  std::string service;
  std::string file;
  TrustArguments trust;
};

// Writes the log up to its newest checkpoint, and verifies it on the way.
absl::StatusOr<note::SignedCheckpoint> ExportLog(Session& session, const Arguments& arguments,
                                                 const eventlog::LogTrust& trust) {
  const LiveLog log(session, LogPeer(arguments.service));
  ASSIGN_OR_RETURN(const std::string note, log.Checkpoint());
  ASSIGN_OR_RETURN(note::SignedCheckpoint head, note::OpenCheckpoint(note, trust.verifiers));
  ASSIGN_OR_RETURN(const auto writer,
                   eventlog::ExportWriter::Create(arguments.file, head.checkpoint.origin));
  eventlog::HistoryCheck history;
  SystemClock clock;
  ProgressBar bar(session.err(), session.options().err_is_terminal, clock);
  eventlog::VerifyProgress progress;
  RETURN_IF_ERROR(log.ReadRecords(0, head.checkpoint.size, [&](const StoredRecord& stored) {
    const merkle::Hash leaf = merkle::HashLeaf(stored.record());
    RETURN_IF_ERROR(history.Add(stored.record(), leaf));
    progress.records = history.size();
    progress.bytes += stored.record().size();
    bar.Show(progress);
    return writer->Add(stored.record(), leaf);
  }));
  RETURN_IF_ERROR(history.Finish(head.checkpoint));
  RETURN_IF_ERROR(writer->Finish(note));
  return head;
}

ExitCode Export(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("log export --service ", arguments.service);
  const auto trust = ReadTrust(arguments.trust);
  if (!trust.ok()) return ReportUsage(session.err(), what, trust.status().message());
  const auto head = ExportLog(session, arguments, *trust);
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
