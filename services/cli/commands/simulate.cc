// What if.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/scorecard_state.h"
#include "services/cli/files/input_file.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/simulation_view.h"

namespace sakip::cli {
namespace {

using scoring::v1::ScoringService;

struct Arguments : StateArguments {
  std::string agency;
  std::string file;
};

ExitCode Simulate(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("simulate ", arguments.agency);
  if (const auto agency = ParseAgencyName(arguments.agency); !agency.ok()) {
    return ReportUsage(session.err(), what, agency.status().message());
  }
  const auto file = ReadSimulationFile(arguments.file);
  if (!file.ok()) return ReportUsage(session.err(), what, file.status().message());
  scoring::v1::SimulateScorecardRequest request = file->message;
  request.set_name(absl::StrCat(arguments.agency, "/scorecards/",
                                FormatPeriod({arguments.year, arguments.quarter})));
  if (const auto state = AskForState(session, arguments, request); !state.ok()) {
    return ReportUsage(session.err(), what, state.message());
  }
  const auto response =
      session.Call(Peer::kScoring, &ScoringService::Stub::SimulateScorecard, request);
  if (!response.ok()) {
    const FieldPlaces places = file->places();
    return ReportRefusal(session.err(), what, response.status(), &places);
  }
  return session.Print(*response, RenderSimulation(*response, session.options().screen));
}

}  // namespace

void AddSimulateCommand(CLI::App& app, Action& action) {
  auto& simulate = *app.add_subcommand(
      "simulate", "Show what other targets, realizations or another policy would change");
  const auto arguments = std::make_shared<Arguments>();
  simulate.add_option("AGENCY", arguments->agency, "Its resource name")->required();
  simulate
      .add_option("FILE", arguments->file,
                  "`targets`, `quarters` and `policy` or `draft_policy` in YAML")
      ->required();
  AddStateOptions(simulate, *arguments);
  simulate.footer(
      "Nothing is stored. Example:\n"
      "  sakipctl simulate regions/35.09/agencies/dinsos what-if.yaml --year 2023 --quarter 4");
  Bind(simulate, action, arguments, &Simulate);
}

}  // namespace sakip::cli
