// Reviewing printed reports.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "sakip/scoring/v1/review_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/newest.h"
#include "services/cli/files/input_file.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/review_view.h"

namespace sakip::cli {
namespace {

using scoring::v1::ReviewService;

struct Arguments {
  std::string path;
  bool no_fresh = false;
};

// A difference makes the command fail, as a fault of a plan does.
ExitCode Review(Session& session, const Arguments& arguments) {
  const auto file = ReadReportFile(arguments.path);
  if (!file.ok()) return ReportUsage(session.err(), "report review", file.status().message());
  scoring::v1::ReviewReportRequest request = file->message;
  if (!arguments.no_fresh) AskForNewest(session, *request.mutable_at_least());
  const auto response = session.Call(Peer::kScoring, &ReviewService::Stub::ReviewReport, request);
  if (!response.ok()) {
    const FieldPlaces places = file->places();
    return ReportRefusal(session.err(), absl::StrCat("report review ", file->path),
                         response.status(), &places);
  }
  const ExitCode printed =
      session.Print(*response, RenderReview(*response, session.options().screen));
  return response->differences().empty() ? printed : ExitCode::kRefused;
}

}  // namespace

void AddReportCommands(CLI::App& app, Action& action) {
  auto& report = *app.add_subcommand("report", "Look into printed reports (LKjIP)");
  report.require_subcommand(1);
  auto& review = *report.add_subcommand(
      "review", "Compute the figures that a report prints and show those that differ");
  const auto arguments = std::make_shared<Arguments>();
  review.add_option("FILE", arguments->path, "The tables of the report in YAML or JSON")
      ->required();
  review.add_flag("--no-fresh", arguments->no_fresh,
                  "Take what scoring has; do not wait for the newest records");
  review.footer(
      "The file says how numbers are written and what each figure claims to be: a quotient, a "
      "sum,\n"
      "a repetition, a figure of a plan or of the scorecard. Exit code 1 where a figure differs.\n"
      "Example:\n  sakipctl report review lkjip-2023.yaml");
  Bind(review, action, arguments, &Review);
}

}  // namespace sakip::cli
