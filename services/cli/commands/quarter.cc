#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/message/timestamp.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/step.h"

namespace sakip::cli {
namespace {

using realization::v1::RealizationService;

struct OpenArguments : StepArguments {
  std::string due_time;
  std::string reason;
};

struct ReopenArguments : StepArguments {
  std::string reason;
};

struct ShowArguments {
  std::string name;
};

struct ProgressArguments {
  std::string parent = "regions/-";
  int year = 0;
  int quarter = 0;
};

ExitCode Open(Session& session, const OpenArguments& arguments) {
  realization::v1::OpenQuarterRequest request;
  absl::Time due_time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, arguments.due_time, &due_time, &error)) {
    return ReportUsage(session.err(), "quarter open",
                       absl::StrCat("--due ", arguments.due_time,
                                    " is no time such as 2024-01-15T23:59:59+07:00"));
  }
  *request.mutable_due_time() = ToTimestamp(due_time);
  request.set_reason(arguments.reason);
  return TakeStep(session, {"quarter open", "opened"}, arguments,
                  &RealizationService::Stub::OpenQuarter, std::move(request));
}

ExitCode Close(Session& session, const StepArguments& arguments) {
  return TakeStep(session, {"quarter close", "closed"}, arguments,
                  &RealizationService::Stub::CloseQuarter, realization::v1::CloseQuarterRequest());
}

ExitCode Reopen(Session& session, const ReopenArguments& arguments) {
  realization::v1::ReopenQuarterRequest request;
  request.set_reason(arguments.reason);
  return TakeStep(session, {"quarter reopen", "reopened"}, arguments,
                  &RealizationService::Stub::ReopenQuarter, std::move(request));
}

ExitCode Show(Session& session, const ShowArguments& arguments) {
  realization::v1::GetQuarterRequest request;
  request.set_name(arguments.name);
  const auto response =
      session.Call(Peer::kRealization, &RealizationService::Stub::GetQuarter, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("quarter show ", arguments.name),
                         response.status());
  }
  return session.Print(response->quarter(),
                       RenderQuarter(response->quarter(), session.options().screen));
}

ExitCode Progress(Session& session, const ProgressArguments& arguments) {
  realization::v1::GetQuarterProgressRequest request;
  request.set_parent(arguments.parent);
  request.set_year(arguments.year);
  request.set_quarter(arguments.quarter);
  request.set_page_size(200);
  const auto response =
      session.CallAll(Peer::kRealization, &RealizationService::Stub::GetQuarterProgress, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("quarter progress ", arguments.parent),
                         response.status());
  }
  return session.Print(*response, RenderProgress(*response, session.options().screen));
}

void AddSteps(CLI::App& quarter, Action& action) {
  auto& open = *quarter.add_subcommand("open", "Open a quarter with a due time");
  const auto opened = std::make_shared<OpenArguments>();
  AddStepOptions(open, *opened);
  open.add_option("--due", opened->due_time, "Until when it is to be submitted (RFC 3339)")
      ->required();
  open.add_option("--reason", opened->reason, "Why it is given another due time");
  open.footer(
      "Example:\n  sakipctl quarter open regions/35.09/agencies/dinsos/submissions/2023Q4 "
      "--due 2024-01-15T23:59:59+07:00");
  Bind(open, action, opened, &Open);

  auto& close = *quarter.add_subcommand("close", "Close a quarter: what is missing counts 0");
  const auto closed = std::make_shared<StepArguments>();
  AddStepOptions(close, *closed);
  close.footer(
      "Example:\n  sakipctl quarter close regions/35.09/agencies/dinsos/submissions/2023Q4");
  Bind(close, action, closed, &Close);

  auto& reopen = *quarter.add_subcommand("reopen", "Undo the close of a quarter");
  const auto reopened = std::make_shared<ReopenArguments>();
  AddStepOptions(reopen, *reopened);
  reopen.add_option("--reason", reopened->reason, "Why")->required();
  reopen.footer(
      "Example:\n  sakipctl quarter reopen regions/35.09/agencies/dinsos/submissions/2023Q4 "
      "--reason \"Temuan reviu\"");
  Bind(reopen, action, reopened, &Reopen);
}

}  // namespace

void AddQuarterCommands(CLI::App& app, Action& action) {
  CLI::App& quarter = *app.add_subcommand("quarter", "Open, close and follow quarters");
  quarter.require_subcommand(1);
  AddSteps(quarter, action);

  auto& show = *quarter.add_subcommand("show", "Show where a quarter stands and how it came there");
  const auto one = std::make_shared<ShowArguments>();
  show.add_option("NAME", one->name, "The quarter: the resource name of its submission")
      ->required();
  show.footer("Example:\n  sakipctl quarter show regions/35.09/agencies/dinsos/submissions/2023Q4");
  Bind(show, action, one, &Show);

  auto& progress =
      *quarter.add_subcommand("progress", "Show who has not submitted, whose turn it is");
  const auto all = std::make_shared<ProgressArguments>();
  progress.add_option("PARENT", all->parent, "A region or an agency; default regions/- (all)");
  progress.add_option("--year", all->year, "The year")->required();
  progress.add_option("--quarter", all->quarter, "The quarter, 1 to 4")->required();
  progress.footer("Example:\n  sakipctl quarter progress regions/35 --year 2023 --quarter 4");
  Bind(progress, action, all, &Progress);
}

}  // namespace sakip::cli
