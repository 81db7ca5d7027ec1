// Commands: each noun of sakipctl adds its commands to the command line.
//
// A command that was given on the command line becomes the action; nothing runs while the command
// line is read. Not thread-safe; `action` is borrowed and outlives the parse.
#ifndef SAKIP_SERVICES_CLI_COMMANDS_COMMANDS_H_
#define SAKIP_SERVICES_CLI_COMMANDS_COMMANDS_H_

#include <CLI/App.hpp>
#include <functional>
#include <memory>

#include "services/cli/session/exit_code.h"
#include "services/cli/session/session.h"

namespace sakip::cli {

using Action = std::function<ExitCode(Session&)>;

void AddAgencyCommands(CLI::App& app, Action& action);
void AddAuditCommands(CLI::App& app, Action& action);
void AddEditionCommands(CLI::App& app, Action& action);
void AddEvidenceCommands(CLI::App& app, Action& action);
void AddFormCommands(CLI::App& app, Action& action);
void AddExplainCommand(CLI::App& app, Action& action);
void AddLogCommands(CLI::App& app, Action& action);
void AddPlanCommands(CLI::App& app, Action& action);
void AddPolicyCommands(CLI::App& app, Action& action);
void AddQuarterCommands(CLI::App& app, Action& action);
void AddReferenceCommands(CLI::App& app, Action& action);
void AddReportCommands(CLI::App& app, Action& action);
void AddScorecardCommands(CLI::App& app, Action& action);
void AddSimulateCommand(CLI::App& app, Action& action);
void AddStatusCommand(CLI::App& app, Action& action);
void AddSubmissionCommands(CLI::App& app, Action& action);
void AddSummaryCommand(CLI::App& app, Action& action);
void AddVerificationCommands(CLI::App& submission, Action& action);
void AddWitnessCommand(CLI::App& app, Action& action);
// To the command `plan`.
void AddPlanCompareCommands(CLI::App& plan, Action& action);
void AddPlanFileCommands(CLI::App& plan, Action& action);
void AddPlanFolderCommands(CLI::App& plan, Action& action);
// To the command `scorecards`.
void AddScorecardExportCommand(CLI::App& scorecards, Action& action);
void AddScorecardWatchCommand(CLI::App& scorecards, Action& action);
// To the command `submission`.
void AddImportCommand(CLI::App& submission, Action& action);

// Makes `run` with `arguments` the action where `command` is given.
template <typename Arguments>
void Bind(CLI::App& command, Action& action, std::shared_ptr<Arguments> arguments,
          ExitCode (*run)(Session&, const Arguments&)) {
  command.callback([&action, arguments, run] {
    action = [arguments, run](Session& session) { return run(session, *arguments); };
  });
}

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_COMMANDS_COMMANDS_H_
