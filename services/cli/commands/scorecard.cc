#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/scorecard_state.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/comparison_view.h"
#include "services/cli/view/policy_view.h"
#include "services/cli/view/scorecard_view.h"

namespace sakip::cli {
namespace {

using scoring::v1::ScorecardFilter;
using scoring::v1::ScoringService;

struct Arguments : StateArguments {
  std::string name;  // Of the agency.
  std::string policy;
  bool compare = false;
};

struct ListArguments : StateArguments {
  std::string parent;
  std::vector<std::string> ratings;
  bool submitted = false;
  bool not_submitted = false;
  std::string level;
  std::string order_by;
};

ExitCode Get(Session& session, const Arguments& arguments) {
  const std::string what = absl::StrCat("scorecard ", arguments.name);
  if (const auto agency = ParseAgencyName(arguments.name); !agency.ok()) {
    return ReportUsage(session.err(), what, agency.status().message());
  }
  scoring::v1::GetScorecardRequest request;
  request.set_name(absl::StrCat(arguments.name, "/scorecards/",
                                FormatPeriod({arguments.year, arguments.quarter})));
  request.set_policy(arguments.policy);
  request.set_with_comparisons(arguments.compare);
  // How figures came about is in no table: `explain` tells it.
  request.set_view(session.options().json ? scoring::v1::SCORECARD_VIEW_FULL
                                          : scoring::v1::SCORECARD_VIEW_PROGRAMS);
  if (const auto state = AskForState(session, arguments, request); !state.ok()) {
    return ReportUsage(session.err(), what, state.message());
  }
  const auto response = session.Call(Peer::kScoring, &ScoringService::Stub::GetScorecard, request);
  if (!response.ok()) return ReportRefusal(session.err(), what, response.status());
  if (response->has_comparison() || arguments.compare) {
    const Screen& screen = session.options().screen;
    std::string text = RenderScorecard(response->scorecard(), screen);
    if (arguments.compare) text += RenderComparisons(*response, screen);
    if (response->has_comparison()) {
      text += RenderPolicyComparison(response->comparison(), screen);
    }
    return session.Print(*response, text);
  }
  return session.Print(response->scorecard(),
                       RenderScorecard(response->scorecard(), session.options().screen));
}

ScorecardFilter FilterOf(const ListArguments& arguments) {
  ScorecardFilter filter;
  for (const std::string& rating : arguments.ratings) filter.add_ratings(rating);
  if (arguments.submitted) filter.set_submission(ScorecardFilter::SUBMISSION_SUBMITTED);
  if (arguments.not_submitted) filter.set_submission(ScorecardFilter::SUBMISSION_NOT_SUBMITTED);
  if (arguments.level == "province") {
    filter.set_region_level(ScorecardFilter::REGION_LEVEL_PROVINCE);
  } else if (arguments.level == "regency") {
    filter.set_region_level(ScorecardFilter::REGION_LEVEL_REGENCY);
  }
  return filter;
}

ExitCode List(Session& session, const ListArguments& arguments) {
  if (arguments.parent.empty() || arguments.year == 0 || arguments.quarter == 0) {
    return ReportUsage(session.err(), "scorecards", "wants PARENT, --year and --quarter");
  }
  scoring::v1::ListScorecardsRequest request;
  request.set_parent(arguments.parent);
  *request.mutable_filter() = FilterOf(arguments);
  request.set_order_by(arguments.order_by);
  request.set_year(arguments.year);
  request.set_quarter(arguments.quarter);
  request.set_page_size(500);
  if (const auto state = AskForState(session, arguments, request); !state.ok()) {
    return ReportUsage(session.err(), absl::StrCat("scorecards ", arguments.parent),
                       state.message());
  }
  const auto response =
      session.CallAll(Peer::kScoring, &ScoringService::Stub::ListScorecards, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("scorecards ", arguments.parent),
                         response.status());
  }
  return session.Print(
      *response, RenderScorecardList({response->scorecards().begin(), response->scorecards().end()},
                                     {response->ranks().begin(), response->ranks().end()},
                                     session.options().screen));
}

}  // namespace

void AddScorecardCommands(CLI::App& app, Action& action) {
  auto& get = *app.add_subcommand("scorecard", "Show the scorecard of an agency");
  const auto one = std::make_shared<Arguments>();
  get.add_option("AGENCY", one->name, "Its resource name")->required();
  AddStateOptions(get, *one);
  get.add_option("--policy", one->policy,
                 "Compute under this policy, and show what it changes; default: its own");
  get.add_flag("--compare", one->compare,
               "Compare the key indicators with earlier years, the end of the strategic plan, and "
               "over the year");
  get.footer(
      "Examples:\n"
      "  sakipctl scorecard regions/35.09/agencies/dinsos --year 2023 --quarter 4\n"
      "  sakipctl scorecard regions/35.09/agencies/dinsos --year 2023 --quarter 4 \\\n"
      "      --as-of 2024-01-31T17:00:00+07:00 --verified\n"
      "  sakipctl scorecard regions/35.09/agencies/dinsos --year 2023 --quarter 4 \\\n"
      "      --policy policies/permenpanrb-88-2021/versions/1");
  Bind(get, action, one, &Get);

  auto& list = *app.add_subcommand(
      "scorecards", "List the scorecards in and below a region; or watch or export them");
  const auto all = std::make_shared<ListArguments>();
  list.add_option("PARENT", all->parent, "A region or an agency");
  AddStateOptions(list, *all);
  // Of a list; the commands below have their own.
  for (const char* name : {"--year", "--quarter"}) list.get_option(name)->required(false);
  list.add_option("--rating", all->ratings, "Only those of this rating; may be repeated");
  auto* submitted = list.add_flag("--submitted", all->submitted, "Only those that have submitted");
  list.add_flag("--not-submitted", all->not_submitted, "Only those that have not submitted")
      ->excludes(submitted);
  list.add_option("--level", all->level, "Only agencies of a province or of regencies")
      ->check(CLI::IsMember({"province", "regency"}));
  list.add_option("--order-by", all->order_by,
                  "name, achievement, to_date or absorption; 'achievement desc' for the highest "
                  "first. By a figure, ranks are shown");
  list.footer(
      "Examples:\n"
      "  sakipctl scorecards regions/35 --year 2023 --quarter 4\n"
      "  sakipctl scorecards regions/35 --year 2023 --quarter 4 --level regency \\\n"
      "      --order-by 'achievement desc'\n"
      "  sakipctl scorecards regions/35 --year 2023 --quarter 4 --not-submitted");
  AddScorecardWatchCommand(list, action);
  AddScorecardExportCommand(list, action);
  // Called after that of a command below it, whose action it must not replace.
  list.callback([&list, &action, all] {
    if (!list.get_subcommands().empty()) return;
    action = [all](Session& session) { return List(session, *all); };
  });
}

}  // namespace sakip::cli
