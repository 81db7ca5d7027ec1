// Explaining figures, and proving what they rest on.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/note/note.h"
#include "sakip/scoring/v1/explain_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/figure_argument.h"
#include "services/cli/commands/scorecard_state.h"
#include "services/cli/log/trust.h"
#include "services/cli/proof/source_prover.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/explanation_view.h"

namespace sakip::cli {
namespace {

using scoring::v1::EventSource;
using scoring::v1::ExplainService;
using scoring::v1::Explanation;

struct Arguments : StateArguments {
  std::string agency;
  std::vector<std::string> figures;
  std::string policy;
  std::string language = "id";
  int depth = 0;
  bool prove = false;
  TrustArguments trust;
  std::vector<std::string> checkpoint_files;
};

// How many of the events are proved.
struct Tally {
  int proved = 0;
  int refused = 0;
};

absl::StatusOr<ProverTrust> ReadProverTrust(const Arguments& arguments) {
  ASSIGN_OR_RETURN(eventlog::LogTrust keys, ReadTrust(arguments.trust));
  ProverTrust trust;
  trust.verifiers = std::move(keys.verifiers);
  for (const std::string& file : arguments.checkpoint_files) {
    ASSIGN_OR_RETURN(const std::string note, ReadFile(file, note::kNoteBytesMax));
    ASSIGN_OR_RETURN(const note::SignedCheckpoint kept,
                     note::OpenCheckpoint(note, trust.verifiers));
    trust.checkpoints[kept.checkpoint.origin] = kept.checkpoint;
  }
  return trust;
}

absl::StatusOr<scoring::v1::ExplainFigureRequest> ToRequest(Session& session,
                                                            const Arguments& arguments) {
  RETURN_IF_ERROR(ParseAgencyName(arguments.agency).status());
  scoring::v1::ExplainFigureRequest request;
  request.set_name(absl::StrCat(arguments.agency, "/scorecards/",
                                FormatPeriod({arguments.year, arguments.quarter})));
  request.set_policy(arguments.policy);
  request.set_max_depth(arguments.depth);
  request.add_languages(arguments.language == "en" ? scoring::v1::LANGUAGE_ENGLISH
                                                   : scoring::v1::LANGUAGE_INDONESIAN);
  RETURN_IF_ERROR(AskForState(session, arguments, request));
  return request;
}

// Where the calls fail what is proved so far says little: the first reason is printed once more.
void PrintTally(Session& session, const Arguments& arguments, const Tally& tally,
                const SourceProver& prover) {
  const int all = tally.proved + tally.refused;
  session.out() << (arguments.language == "en"
                        ? absl::StrCat(tally.proved, " of ", all, " values are proved\n")
                        : absl::StrCat(tally.proved, " dari ", all, " nilai terbukti\n"));
  for (const auto& [peer, head] : prover.heads()) PrintHead(session, PeerName(peer), head.head);
}

ExitCode Explain(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("explain ", arguments.agency);
  if (session.options().json && (arguments.prove || arguments.figures.size() > 1)) {
    return ReportUsage(session.err(), what, "--output json goes with one FIGURE and no --prove");
  }
  if (arguments.prove == arguments.trust.keys.empty()) {
    return ReportUsage(session.err(), what, "--prove goes with --trusted-key, the key of each log");
  }
  auto request = ToRequest(session, arguments);
  if (!request.ok()) return ReportUsage(session.err(), what, request.status().message());
  auto trust = ReadProverTrust(arguments);
  if (!trust.ok()) return ReportUsage(session.err(), what, trust.status().message());
  SourceProver prover(session, *std::move(trust));
  Tally tally;
  const ProofOf prove = [&](const EventSource& source) {
    const absl::Status status = prover.Prove(source);
    ++(status.ok() ? tally.proved : tally.refused);
    return status;
  };
  for (const std::string& figure : arguments.figures) {
    const auto key = ParseFigure(figure);
    if (!key.ok()) return ReportUsage(session.err(), what, key.status().message());
    *request->mutable_figure() = *key;
    const auto response =
        session.Call(Peer::kScoring, &ExplainService::Stub::ExplainFigure, *request);
    if (!response.ok()) {
      return ReportRefusal(session.err(), absl::StrCat(what, " ", figure), response.status());
    }
    session.Print(response->explanation(),
                  RenderExplanation(response->explanation(), arguments.prove ? prove : ProofOf(),
                                    session.options().screen));
    // All figures are of one state.
    if (!request->has_as_of()) *request->mutable_as_of()->mutable_positions() = response->read();
  }
  if (arguments.prove) PrintTally(session, arguments, tally, prover);
  return tally.refused == 0 ? ExitCode::kOk : ExitCode::kRefused;
}

}  // namespace

void AddExplainCommand(CLI::App& app, Action& action) {
  auto& explain = *app.add_subcommand(
      "explain", "Show how figures of a scorecard came about, and prove what they rest on");
  const auto arguments = std::make_shared<Arguments>();
  explain.add_option("AGENCY", arguments->agency, "Its resource name")->required();
  explain
      .add_option(
          "FIGURE", arguments->figures,
          "agency, CODE of an indicator, or LEVEL/CODE (objective, program, activity, "
          "sub-activity); then :KIND (achievement, to-date, absorption, efficiency, rating, "
          "rating-to-date)")
      ->required();
  AddStateOptions(explain, *arguments);
  explain.add_option("--policy", arguments->policy,
                     "Compute under this policy; default: the scorecard's own");
  explain.add_option("--lang", arguments->language, "id (default) or en")
      ->check(CLI::IsMember({"id", "en"}));
  explain.add_option("--depth", arguments->depth, "Levels of figures below it; default all")
      ->check(CLI::Range(1, 6));
  explain.add_flag("--prove", arguments->prove,
                   "Ask the logs of planning and realization to prove each value that a figure "
                   "rests on; exit code 1 where one is not proved");
  AddTrustedKey(explain, arguments->trust)->required(false);
  explain.add_option("--checkpoint", arguments->checkpoint_files,
                     "A checkpoint kept from before: its log must contain it; may be given again");
  explain.footer(
      "Examples:\n"
      "  sakipctl explain regions/35.09/agencies/dinsos IKU2 --year 2023 --quarter 4\n"
      "  sakipctl explain regions/35.09/agencies/dinsos agency:absorption program/P.rehsos \\\n"
      "    --year 2023 --quarter 4 --lang en\n"
      "  sakipctl explain regions/35.09/agencies/dinsos IKU2 --year 2023 --quarter 4 --prove \\\n"
      "    --trusted-key planning.pub --trusted-key realization.pub");
  Bind(explain, action, arguments, &Explain);
}

}  // namespace sakip::cli
