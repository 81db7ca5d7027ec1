// Forms that regulations name.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "sakip/scoring/v1/form_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/scorecard_state.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/analyses_view.h"
#include "services/cli/view/renja_evaluation_view.h"

namespace sakip::cli {
namespace {

using scoring::v1::FormService;

struct Arguments : StateArguments {
  std::string agency;
  bool csv = false;
};

// Fills what all forms are asked for by.
template <typename Request>
absl::Status Ask(Session& session, const Arguments& arguments, absl::string_view collection,
                 Request& request) {
  if (const auto agency = ParseAgencyName(arguments.agency); !agency.ok()) return agency.status();
  request.set_name(absl::StrCat(arguments.agency, "/", collection, "/",
                                FormatPeriod({arguments.year, arguments.quarter})));
  return AskForState(session, arguments, request);
}

ExitCode Evaluate(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("form e81 ", arguments.agency);
  if (arguments.csv && session.options().json) {
    return ReportUsage(session.err(), what, "--csv and --output json exclude each other");
  }
  scoring::v1::GetRenjaEvaluationRequest request;
  if (const auto asked = Ask(session, arguments, "renjaEvaluations", request); !asked.ok()) {
    return ReportUsage(session.err(), what, asked.message());
  }
  const auto response =
      session.Call(Peer::kScoring, &FormService::Stub::GetRenjaEvaluation, request);
  if (!response.ok()) return ReportRefusal(session.err(), what, response.status());
  if (arguments.csv) {
    session.out() << RenjaEvaluationCsv(response->evaluation());
    return ExitCode::kOk;
  }
  return session.Print(response->evaluation(),
                       RenderRenjaEvaluation(response->evaluation(), session.options().screen));
}

ExitCode CheckAnalyses(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("form analyses ", arguments.agency);
  scoring::v1::GetMandatoryAnalysesRequest request;
  if (const auto asked = Ask(session, arguments, "mandatoryAnalyses", request); !asked.ok()) {
    return ReportUsage(session.err(), what, asked.message());
  }
  const auto response =
      session.Call(Peer::kScoring, &FormService::Stub::GetMandatoryAnalyses, request);
  if (!response.ok()) return ReportRefusal(session.err(), what, response.status());
  return session.Print(response->analyses(),
                       RenderAnalyses(response->analyses(), session.options().screen));
}

}  // namespace

void AddFormCommands(CLI::App& app, Action& action) {
  auto& form = *app.add_subcommand("form", "Show forms that regulations name");
  form.require_subcommand(1);

  auto& e81 = *form.add_subcommand(
      "e81", "Formulir E.81: the results of the annual work plan beside the strategic plan");
  const auto evaluated = std::make_shared<Arguments>();
  e81.add_option("AGENCY", evaluated->agency, "Its resource name")->required();
  AddStateOptions(e81, *evaluated);
  e81.add_flag("--csv", evaluated->csv, "Print the form as a table for a spreadsheet");
  e81.footer(
      "Examples:\n"
      "  sakipctl form e81 regions/35.09/agencies/dinsos --year 2023 --quarter 4\n"
      "  sakipctl form e81 regions/35.09/agencies/dinsos --year 2023 --quarter 4 --csv > e81.csv");
  Bind(e81, action, evaluated, &Evaluate);

  auto& analyses = *form.add_subcommand(
      "analyses", "Which of the seven mandatory analyses of the report have their data");
  const auto checked = std::make_shared<Arguments>();
  analyses.add_option("AGENCY", checked->agency, "Its resource name")->required();
  AddStateOptions(analyses, *checked);
  analyses.footer(
      "Example:\n"
      "  sakipctl form analyses regions/35.09/agencies/dinsos --year 2023 --quarter 4");
  Bind(analyses, action, checked, &CheckAnalyses);
}

}  // namespace sakip::cli
