// Regions summed up.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/scorecard_state.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/summary_view.h"

namespace sakip::cli {
namespace {

using scoring::v1::ScoringService;

struct Arguments : StateArguments {
  std::string region;
};

ExitCode Summarize(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("summary ", arguments.region);
  scoring::v1::SummarizeScorecardsRequest request;
  request.set_parent(arguments.region);
  request.set_year(arguments.year);
  request.set_quarter(arguments.quarter);
  if (const auto state = AskForState(session, arguments, request); !state.ok()) {
    return ReportUsage(session.err(), what, state.message());
  }
  const auto response =
      session.Call(Peer::kScoring, &ScoringService::Stub::SummarizeScorecards, request);
  if (!response.ok()) return ReportRefusal(session.err(), what, response.status());
  return session.Print(*response, RenderSummary(*response, session.options().screen));
}

}  // namespace

void AddSummaryCommand(CLI::App& app, Action& action) {
  auto& summary = *app.add_subcommand(
      "summary", "Sum up a region: ratings, who has not submitted, and money by government");
  const auto arguments = std::make_shared<Arguments>();
  summary.add_option("REGION", arguments->region, "A region, or regions/- for all")->required();
  AddStateOptions(summary, *arguments);
  summary.footer("Example:\n  sakipctl summary regions/35 --year 2023 --quarter 4");
  Bind(summary, action, arguments, &Summarize);
}

}  // namespace sakip::cli
