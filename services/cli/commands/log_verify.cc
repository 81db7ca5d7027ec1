#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/export_verify.h"
#include "common/eventlog/verify/log_receipt.h"
#include "services/cli/commands/log_commands.h"
#include "services/cli/log/live_log.h"
#include "services/cli/log/live_verify.h"
#include "services/cli/log/progress_bar.h"
#include "services/cli/log/trust.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

struct Arguments {
  std::string service;
  std::string file;
  std::string receipt;
  std::string keep;
  TrustArguments trust;
};

// What was verified, in words, and the head that it was verified against.
struct Verified {
  std::string text;
  note::SignedCheckpoint head;
};

absl::StatusOr<Verified> VerifyFile(Session& session, const Arguments& arguments,
                                    const eventlog::LogTrust& trust) {
  SystemClock clock;
  ProgressBar bar(session.err(), session.options().err_is_terminal, clock);
  ASSIGN_OR_RETURN(const eventlog::VerifiedExport verified,
                   eventlog::VerifyExport(arguments.file, trust,
                                          [&](const auto& progress) { bar.Show(progress); }));
  return Verified{absl::StrCat(arguments.file, " is whole and unchanged"), verified.head};
}

absl::StatusOr<Verified> VerifyService(Session& session, const Arguments& arguments,
                                       const eventlog::LogTrust& trust) {
  const LiveLog log(session, LogPeer(arguments.service));
  SystemClock clock;
  ProgressBar bar(session.err(), session.options().err_is_terminal, clock);
  ASSIGN_OR_RETURN(const VerifiedHead head,
                   VerifyLiveLog(log, trust, [&](const auto& progress) { bar.Show(progress); }));
  if (!arguments.keep.empty()) {
    RETURN_IF_ERROR(ReplaceFile(arguments.keep, head.note));
  }
  return Verified{absl::StrCat("the log of ", arguments.service, " is whole and unchanged"),
                  head.head};
}

absl::StatusOr<Verified> VerifyReceiptFile(Session& session, const Arguments& arguments,
                                           const eventlog::LogTrust& trust) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(arguments.receipt, eventlog::kReceiptBytesMax));
  ASSIGN_OR_RETURN(const eventlog::LogReceipt receipt, eventlog::ParseReceipt(text));
  ASSIGN_OR_RETURN(const note::SignedCheckpoint held,
                   eventlog::VerifyReceipt(receipt, trust.verifiers));
  if (arguments.service.empty()) {
    return Verified{
        absl::StrCat(arguments.receipt, " proves the record at position ", receipt.position), held};
  }
  const LiveLog log(session, LogPeer(arguments.service));
  ASSIGN_OR_RETURN(const VerifiedHead head, VerifyStillHeld(log, receipt, held.checkpoint, trust));
  return Verified{
      absl::StrCat("the log of ", arguments.service,
                   " still holds the record of the receipt at position ", receipt.position),
      head.head};
}

std::string UsageFault(const Arguments& arguments) {
  const bool file = !arguments.file.empty(), receipt = !arguments.receipt.empty();
  const bool service = !arguments.service.empty();
  if (file && (receipt || service)) return "--file is verified alone";
  if (!file && !receipt && !service) return "give --file, --service or --receipt";
  if (!arguments.keep.empty() && (file || receipt)) {
    return "--keep-checkpoint goes with a live log: --service alone";
  }
  if (receipt && !arguments.trust.checkpoint_file.empty()) {
    return "--checkpoint goes with --file or --service; a receipt has its own";
  }
  return "";
}

ExitCode Verify(Session& session, const Arguments& arguments) {
  if (const std::string fault = UsageFault(arguments); !fault.empty()) {
    return ReportUsage(session.err(), "log verify", fault);
  }
  const auto trust = ReadTrust(arguments.trust);
  if (!trust.ok()) return ReportUsage(session.err(), "log verify", trust.status().message());
  const auto verified = !arguments.file.empty()      ? VerifyFile(session, arguments, *trust)
                        : !arguments.receipt.empty() ? VerifyReceiptFile(session, arguments, *trust)
                                                     : VerifyService(session, arguments, *trust);
  if (!verified.ok()) return ReportRefusal(session.err(), "log verify", verified.status());
  PrintHead(session, verified->text, verified->head);
  return ExitCode::kOk;
}

}  // namespace

void AddLogVerifyCommand(CLI::App& log, Action& action) {
  auto& command = *log.add_subcommand(
      "verify", "Verify a live log, an export file or a receipt; names the first record at fault");
  const auto arguments = std::make_shared<Arguments>();
  command.add_option("--file", arguments->file, "An export file, offline");
  AddLogService(command, arguments->service);
  command.add_option("--receipt", arguments->receipt,
                     "A receipt, offline; with --service also that the live log still holds it");
  AddTrustedKey(command, arguments->trust);
  command.add_option("--checkpoint", arguments->trust.checkpoint_file,
                     "A checkpoint kept from before: the log must contain it");
  command.add_option("--keep-checkpoint", arguments->keep,
                     "Write the checkpoint that was verified, for the next --checkpoint");
  command.footer(
      "Examples:\n"
      "  sakipctl log verify --service realization --trusted-key realization.pub \\\n"
      "    --checkpoint last.note --keep-checkpoint last.note\n"
      "  sakipctl log verify --file 2023.sakip-export --trusted-key realization.pub\n"
      "  sakipctl log verify --receipt q4.tlog-proof --trusted-key realization.pub");
  Bind(command, action, arguments, &Verify);
}

}  // namespace sakip::cli
