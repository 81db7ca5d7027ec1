// The commands of `sakipctl log` beside read and follow; log.cc adds them to it. As commands.h.
#ifndef SAKIP_SERVICES_CLI_COMMANDS_LOG_COMMANDS_H_
#define SAKIP_SERVICES_CLI_COMMANDS_LOG_COMMANDS_H_

#include <CLI/App.hpp>
#include <string>

#include "services/cli/commands/commands.h"

namespace sakip::cli {

void AddLogBackupCommands(CLI::App& log, Action& action);
void AddLogExportCommand(CLI::App& log, Action& action);
void AddLogKeyCommands(CLI::App& log, Action& action);
void AddLogReceiptCommand(CLI::App& log, Action& action);
void AddLogRepairCommand(CLI::App& log, Action& action);
void AddLogVerifyCommand(CLI::App& log, Action& action);

// Adds --service, planning or realization.
CLI::Option* AddLogService(CLI::App& command, std::string& service);

// Adds --service: planning, realization or scoring. `what` is what of it is meant: "Whose trail".
CLI::Option* AddAnyService(CLI::App& command, const std::string& what, std::string& service);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_COMMANDS_LOG_COMMANDS_H_
