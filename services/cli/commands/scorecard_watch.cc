// `sakipctl scorecards watch`.

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "sakip/scoring/v1/scorecard_feed_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/scorecard_state.h"
#include "services/cli/session/failure.h"
#include "services/cli/session/json.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using scoring::v1::LogPositions;
using scoring::v1::Scorecard;
using scoring::v1::ScorecardFeedService;
using scoring::v1::WatchScorecardsRequest;
using scoring::v1::WatchScorecardsResponse;

struct Arguments {
  std::string parent;
  int year = 0;
  int quarter = 0;
  bool verified = false;
  std::string from;
  uint64_t limit = std::numeric_limits<uint64_t>::max();  // Scorecards to print.
};

// `regions/35.09/agencies/dinsos  99,94 AA (Sangat Memuaskan)  serapan 89,09  temuan 3`
std::string Line(const Scorecard& card) {
  return Printable(absl::StrCat(AgencyOf(card.name()), "  ", AchievementText(card.achievement()),
                                "  serapan ", FigureText(card.budget().absorption()), "  temuan ",
                                card.findings_size()));
}

// Programs get every message, also those that only tell how far the watch has come.
void Print(Session& session, const WatchScorecardsResponse& response, uint64_t& left) {
  for (const Scorecard& card : response.scorecards()) {
    if (left == 0) break;
    --left;
    if (!session.options().json) session.out() << Line(card) << "\n";
  }
  if (session.options().json) session.out() << ToJsonLine(response) << "\n";
  session.out().flush();
}

absl::StatusOr<WatchScorecardsRequest> ToRequest(const Arguments& arguments) {
  WatchScorecardsRequest request;
  request.set_parent(arguments.parent);
  request.set_year(arguments.year);
  request.set_quarter(arguments.quarter);
  if (arguments.verified) request.set_basis(scoring::v1::Sources::BASIS_VERIFIED);
  if (!arguments.from.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_from()->mutable_complete(), ParsePositions(arguments.from));
  }
  return request;
}

ExitCode Watch(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("scorecards watch ", arguments.parent);
  const auto request = ToRequest(arguments);
  if (!request.ok()) {
    return ReportUsage(session.err(), what, absl::StrCat("--from ", request.status().message()));
  }
  grpc::ClientContext context;
  session.Prepare(context, /*without_end=*/true);
  ScorecardFeedService::Stub stub(session.channel(Peer::kScoring));
  const auto reader = stub.WatchScorecards(&context, *request);
  LogPositions complete = request->from().complete();
  uint64_t left = arguments.limit;
  WatchScorecardsResponse response;
  while (left > 0 && session.out().good() && reader->Read(&response)) {
    Print(session, response, left);
    complete = response.position().complete();
  }
  // Where this side ends the stream its status only says so.
  const bool ended_here = left == 0 || !session.out().good();
  if (ended_here) context.TryCancel();
  const grpc::Status end = reader->Finish();
  if (ended_here) return ExitCode::kOk;
  const ExitCode code = ReportRefusal(
      session.err(), what,
      end.ok() ? absl::UnavailableError("the server ended the stream") : rpc::FromGrpcStatus(end));
  session.err() << "  watch on with --from " << PositionsText(complete) << "\n";
  return code;
}

}  // namespace

void AddScorecardWatchCommand(CLI::App& scorecards, Action& action) {
  auto& watch = *scorecards.add_subcommand(
      "watch", "Print all scorecards, then each as it changes, until Ctrl-C or --until");
  const auto arguments = std::make_shared<Arguments>();
  watch.add_option("PARENT", arguments->parent, "A region or an agency")->required();
  AddPeriodOptions(watch, arguments->year, arguments->quarter);
  watch.add_flag("--verified", arguments->verified, "Count verified submissions only");
  watch.add_option("--from", arguments->from,
                   "What was seen before, PLANNING:REALIZATION: only what changed since");
  watch.add_option("--until", arguments->limit, "End after so many scorecards");
  watch.footer(
      "Example:\n  sakipctl scorecards watch regions/35 --year 2023 --quarter 4 --output json");
  Bind(watch, action, arguments, &Watch);
}

}  // namespace sakip::cli
