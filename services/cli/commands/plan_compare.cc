// Comparing the revisions of a document, and tracing a plan up to the region's mission.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/plan_view.h"

namespace sakip::cli {
namespace {

using planning::v1::PlanningService;

struct DiffArguments {
  std::string name;
  uint32_t from = 0;
  uint32_t to = 0;
  std::string from_day;
  std::string to_day;
};

struct CascadeArguments {
  std::string agency;
  int32_t year = 0;
  std::string on;
};

ExitCode RunDiff(Session& session, const DiffArguments& arguments) {
  planning::v1::DiffDocumentsRequest request;
  request.set_name(arguments.name);
  request.set_from_revision(arguments.from);
  request.set_to_revision(arguments.to);
  request.set_from_day(arguments.from_day);
  request.set_to_day(arguments.to_day);
  const auto response =
      session.Call(Peer::kPlanning, &PlanningService::Stub::DiffDocuments, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("plan diff ", arguments.name),
                         response.status());
  }
  return session.Print(*response, RenderDiff(*response, session.options().screen));
}

ExitCode RunCascade(Session& session, const CascadeArguments& arguments) {
  planning::v1::GetCascadeRequest request;
  request.set_parent(arguments.agency);
  request.set_year(arguments.year);
  request.set_in_force_on(arguments.on);
  const auto response = session.Call(Peer::kPlanning, &PlanningService::Stub::GetCascade, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("plan cascade ", arguments.agency),
                         response.status());
  }
  return session.Print(*response, RenderCascade(*response, session.options().screen));
}

}  // namespace

void AddPlanCompareCommands(CLI::App& plan, Action& action) {
  auto& diff = *plan.add_subcommand("diff", "Show how two revisions of a document differ");
  const auto two = std::make_shared<DiffArguments>();
  diff.add_option("NAME", two->name, "Its resource name")->required();
  auto* from = diff.add_option("--from", two->from, "The earlier; default: the one before --to");
  auto* to = diff.add_option("--to", two->to, "The later; default: the latest");
  diff.add_option("--from-day", two->from_day, "The one in force on a day, YYYY-MM-DD")
      ->excludes(from);
  diff.add_option("--to-day", two->to_day, "The one in force on a day, YYYY-MM-DD")->excludes(to);
  diff.footer(
      "Example:\n  sakipctl plan diff regions/35.09/agencies/dinsos/annualPlans/2023 "
      "--from-day 2023-11-20 --to-day 2023-11-22");
  Bind(diff, action, two, &RunDiff);

  auto& cascade = *plan.add_subcommand(
      "cascade", "Show what leads from the region's mission down to each sub-activity");
  const auto one = std::make_shared<CascadeArguments>();
  cascade.add_option("AGENCY", one->agency, "Its resource name")->required();
  cascade.add_option("YEAR", one->year, "The year")->required();
  cascade.add_option("--on", one->on, "By the documents in force on a day; default: 31 December");
  cascade.footer("Example:\n  sakipctl plan cascade regions/35.09/agencies/dinsos 2023");
  Bind(cascade, action, one, &RunCascade);
}

}  // namespace sakip::cli
