#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/step.h"

namespace sakip::cli {
namespace {

using realization::v1::RealizationService;

struct VerifyArguments : StepArguments {
  std::string note;
};

struct ReturnArguments : StepArguments {
  std::vector<std::string> reasons;
  std::vector<std::string> lines;  // `CODE=REASON`
};

ExitCode Verify(Session& session, const VerifyArguments& arguments) {
  realization::v1::VerifySubmissionRequest request;
  request.set_note(arguments.note);
  return TakeStep(session, {"submission verify", "verified"}, arguments,
                  &RealizationService::Stub::VerifySubmission, std::move(request));
}

ExitCode Return(Session& session, const ReturnArguments& arguments) {
  realization::v1::ReturnSubmissionRequest request;
  for (const std::string& reason : arguments.reasons) request.add_reasons()->set_reason(reason);
  for (const std::string& line : arguments.lines) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(line, absl::MaxSplits('=', 1));
    if (parts.first.empty() || parts.second.empty()) {
      return ReportUsage(session.err(), "submission return",
                         absl::StrCat("--line ", line, " is not CODE=REASON; nothing was sent"));
    }
    realization::v1::ReturnReason& reason = *request.add_reasons();
    reason.set_code(parts.first);
    reason.set_reason(parts.second);
  }
  return TakeStep(session, {"submission return", "returned"}, arguments,
                  &RealizationService::Stub::ReturnSubmission, std::move(request));
}

ExitCode Approve(Session& session, const StepArguments& arguments) {
  return TakeStep(session, {"submission approve", "approved"}, arguments,
                  &RealizationService::Stub::ApproveSubmission,
                  realization::v1::ApproveSubmissionRequest());
}

void AddOptions(CLI::App& command, StepArguments& arguments) {
  AddStepOptions(command, arguments);
  command.add_option("--revision", arguments.revision, "The revision that was looked at")
      ->required()
      ->check(CLI::PositiveNumber);
}

}  // namespace

void AddVerificationCommands(CLI::App& submission, Action& action) {
  auto& verify = *submission.add_subcommand("verify", "Find a submission right");
  const auto verified = std::make_shared<VerifyArguments>();
  AddOptions(verify, *verified);
  verify.add_option("--note", verified->note, "What the verifier notes");
  verify.footer(
      "Example:\n  sakipctl submission verify regions/35.09/agencies/dinsos/submissions/2023Q4 "
      "--revision 1");
  Bind(verify, action, verified, &Verify);

  auto& give_back = *submission.add_subcommand("return", "Return a submission with reasons");
  const auto returned = std::make_shared<ReturnArguments>();
  AddOptions(give_back, *returned);
  give_back.add_option("--reason", returned->reasons, "What is wrong with the whole of it");
  give_back.add_option("--line", returned->lines, "What is wrong with a line, as CODE=REASON");
  give_back.footer(
      "Example:\n  sakipctl submission return regions/35.09/agencies/dinsos/submissions/2023Q4 "
      "--revision 1 --line \"IKU1=Bukti tidak ada\"");
  Bind(give_back, action, returned, &Return);

  auto& approve = *submission.add_subcommand("approve", "Approve a verified submission");
  const auto approved = std::make_shared<StepArguments>();
  AddOptions(approve, *approved);
  approve.footer(
      "Example:\n  sakipctl submission approve regions/35.09/agencies/dinsos/submissions/2023Q4 "
      "--revision 1");
  Bind(approve, action, approved, &Approve);
}

}  // namespace sakip::cli
