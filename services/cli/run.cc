#include "services/cli/run.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/tls/tls_files.h"
#include "services/cli/auth/auth.h"
#include "services/cli/commands/commands.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

constexpr char kVersion[] = "sakipctl 0.1.0";
constexpr int kColumnsUnknown = 120;
constexpr int kColumnsMin = 40;
// Servers refuse deadlines that are farther away.
constexpr int kTimeoutSecondsMax = 60;

struct GlobalFlags {
  std::string planning;
  std::string realization;
  std::string scoring;
  std::string output = "table";
  std::string color = "auto";
  int timeout_seconds = 10;
  std::string identity;
  tls::TlsFiles tls;
  std::string token_file;
};

std::string Or(std::string value, const char* otherwise) {
  return value.empty() ? otherwise : std::move(value);
}

GlobalFlags FromEnvironment(const Environment& environment) {
  GlobalFlags flags;
  flags.planning = Or(environment.variable("SAKIP_PLANNING"), "127.0.0.1:50151");
  flags.realization = Or(environment.variable("SAKIP_REALIZATION"), "127.0.0.1:50152");
  flags.scoring = Or(environment.variable("SAKIP_SCORING"), "127.0.0.1:50153");
  flags.identity = environment.variable("SAKIP_IDENTITY");
  flags.tls.ca = environment.variable("SAKIP_TLS_CA");
  flags.tls.certificate = environment.variable("SAKIP_TLS_CERTIFICATE");
  flags.tls.key = environment.variable("SAKIP_TLS_KEY");
  flags.token_file = environment.variable("SAKIP_TOKEN_FILE");
  return flags;
}

// On every command, so that a flag may stand before and after it.
void AddGlobalFlags(CLI::App& app, GlobalFlags& flags) {
  const std::string group = "Global options";
  app.add_option("--planning", flags.planning,
                 "Address of planning; env SAKIP_PLANNING, default 127.0.0.1:50151")
      ->group(group);
  app.add_option("--realization", flags.realization,
                 "Address of realization; env SAKIP_REALIZATION, default 127.0.0.1:50152")
      ->group(group);
  app.add_option("--scoring", flags.scoring,
                 "Address of scoring; env SAKIP_SCORING, default 127.0.0.1:50153")
      ->group(group);
  app.add_option("--output", flags.output, "table for people (default) or json for programs")
      ->check(CLI::IsMember({"table", "json"}))
      ->group(group);
  app.add_option("--color", flags.color, "auto (default), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->group(group);
  app.add_option("--timeout", flags.timeout_seconds, "Seconds for each call, 1 to 60; default 10")
      ->check(CLI::Range(1, kTimeoutSecondsMax))
      ->group(group);
  app.add_option(
         "--tls-ca", flags.tls.ca,
         "File of the authorities whose servers are believed (PEM); without it all is plain "
         "text, on this machine only; env SAKIP_TLS_CA")
      ->group(group);
  app.add_option("--tls-certificate", flags.tls.certificate,
                 "File of the certificate that this caller shows (PEM); env SAKIP_TLS_CERTIFICATE")
      ->group(group);
  app.add_option("--tls-key", flags.tls.key, "File of the certificate's key; env SAKIP_TLS_KEY")
      ->group(group);
  app.add_option("--token-file", flags.token_file,
                 "File of the token that proves who calls; env SAKIP_TOKEN_FILE")
      ->group(group);
  app.add_option("--identity", flags.identity,
                 "Who calls, for servers that believe it; env SAKIP_IDENTITY")
      ->group(group);
  for (CLI::App* command : app.get_subcommands({})) AddGlobalFlags(*command, flags);
}

SessionOptions ToOptions(const GlobalFlags& flags, const Environment& environment) {
  SessionOptions options;
  options.addresses = {flags.planning, flags.realization, flags.scoring};
  options.identity = flags.identity;
  options.tls = flags.tls;
  options.token_file = flags.token_file;
  options.timeout = absl::Seconds(flags.timeout_seconds);
  options.json = flags.output == "json";
  options.err_is_terminal = environment.err_is_terminal;
  options.screen.columns =
      environment.columns > 0 ? std::max(environment.columns, kColumnsMin) : kColumnsUnknown;
  options.screen.color =
      flags.color == "always" || (flags.color == "auto" && environment.out_is_terminal &&
                                  environment.variable("NO_COLOR").empty());
  return options;
}

void Describe(CLI::App& app, Action& action) {
  app.set_version_flag("--version", kVersion);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 1 the server refused, 2 wrong arguments or a bad file,\n"
      "3 unreachable or too late.\n"
      "Example:\n"
      "  sakipctl scorecard regions/35.09/agencies/dinsos --year 2023 --quarter 4");
  AddAgencyCommands(app, action);
  AddAuthCommands(app, action);
  AddPlanCommands(app, action);
  AddSubmissionCommands(app, action);
  AddQuarterCommands(app, action);
  AddEditionCommands(app, action);
  AddEvidenceCommands(app, action);
  AddFormCommands(app, action);
  AddReferenceCommands(app, action);
  AddReportCommands(app, action);
  AddScorecardCommands(app, action);
  AddExplainCommand(app, action);
  AddSimulateCommand(app, action);
  AddSummaryCommand(app, action);
  AddLogCommands(app, action);
  AddAuditCommands(app, action);
  AddPolicyCommands(app, action);
  AddWitnessCommand(app, action);
  AddStatusCommand(app, action);
}

ExitCode Execute(const std::vector<std::string>& args, std::ostream& out, std::ostream& err,
                 const Environment& environment) {
  CLI::App app("Reads and writes government performance accountability (SAKIP).", "sakipctl");
  Action action;
  GlobalFlags flags = FromEnvironment(environment);
  Describe(app, action);
  AddGlobalFlags(app, flags);
  try {
    app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  } catch (const CLI::Success& asked_for_text) {
    app.exit(asked_for_text, out, err);
    return ExitCode::kOk;
  } catch (const CLI::ParseError& error) {
    return ReportUsage(err, "", absl::StrCat(error.what(), "\nsakipctl --help tells more"));
  }
  const auto session = Session::Create(ToOptions(flags, environment), out, err);
  if (!session.ok()) return ReportUsage(err, "", session.status().message());
  return action(**session);
}

}  // namespace

int Run(const std::vector<std::string>& args, std::ostream& out, std::ostream& err,
        const Environment& environment) {
  ExitCode code = ExitCode::kUsage;
  try {
    code = Execute(args, out, err, environment);
  } catch (const std::exception& error) {
    // Libraries throw (no memory, mostly); a command line has nobody else to tell.
    code = ReportUsage(err, "", error.what());
  }
  out.flush();
  if (!out.good()) return static_cast<int>(ReportUsage(err, "", "the output cannot be written"));
  return static_cast<int>(code);
}

}  // namespace sakip::cli
