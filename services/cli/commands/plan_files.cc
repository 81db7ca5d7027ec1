// Folders of plans that are written: templates to fill in, and all that is stored of an agency.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/files/new_folder.h"
#include "services/cli/files/plan_export.h"
#include "services/cli/files/plan_folder.h"
#include "services/cli/files/plan_template.h"
#include "services/cli/session/failure.h"

namespace sakip::cli {
namespace {

using planning::v1::PlanningService;

struct TemplateArguments {
  std::string folder;
  TemplateOptions options;
};

struct ExportArguments {
  std::string agency;
  std::string folder;
  bool tables = false;
};

ExitCode RunTemplate(Session& session, const TemplateArguments& arguments) {
  const auto files = TemplateFiles(arguments.options);
  if (!files.ok()) return ReportUsage(session.err(), "plan template", files.status().message());
  const absl::Status written =
      WriteNewFolder(arguments.folder, *files,
                     [](const std::string& folder) { return ReadPlanFolder({folder}).status(); });
  if (!written.ok()) return ReportUsage(session.err(), "plan template", written.message());
  session.out() << files->size() << " berkas kosong di " << arguments.folder << "\n"
                << "Isi, lalu: sakipctl plan check " << arguments.folder << "\n";
  return ExitCode::kOk;
}

absl::StatusOr<StoredPlan> ReadStored(Session& session, const std::string& agency) {
  StoredPlan plan;
  planning::v1::GetAgencyRequest get_agency;
  get_agency.set_name(agency);
  ASSIGN_OR_RETURN(auto known,
                   session.Call(Peer::kPlanning, &PlanningService::Stub::GetAgency, get_agency));
  plan.agency = std::move(*known.mutable_agency());

  planning::v1::ListDocumentRevisionsRequest list;
  list.set_parent(agency);
  list.set_page_size(1000);
  list.set_order_by("log_position");
  ASSIGN_OR_RETURN(
      const auto revisions,
      session.CallAll(Peer::kPlanning, &PlanningService::Stub::ListDocumentRevisions, list));
  for (const auto& revision : revisions.documents()) {
    planning::v1::GetDocumentRequest get;
    get.set_name(revision.name());
    get.set_revision(revision.revision());
    ASSIGN_OR_RETURN(auto document,
                     session.Call(Peer::kPlanning, &PlanningService::Stub::GetDocument, get));
    plan.documents.push_back(std::move(*document.mutable_document()));
  }
  return plan;
}

ExitCode RunExport(Session& session, const ExportArguments& arguments) {
  const auto plan = ReadStored(session, arguments.agency);
  if (!plan.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("plan export ", arguments.agency),
                         plan.status());
  }
  const absl::Status written =
      WriteNewFolder(arguments.folder, ExportFiles(*plan, arguments.tables),
                     [&](const std::string& folder) { return CheckExport(*plan, folder); });
  if (!written.ok()) return ReportUsage(session.err(), "plan export", written.message());
  session.out() << plan->documents.size() << " revisi dokumen di " << arguments.folder << "\n";
  return ExitCode::kOk;
}

}  // namespace

void AddPlanFileCommands(CLI::App& plan, Action& action) {
  auto& templates =
      *plan.add_subcommand("template", "Write a folder of empty files with comments to fill in");
  const auto blank = std::make_shared<TemplateArguments>();
  templates.add_option("FOLDER", blank->folder, "A folder that is new or empty")->required();
  templates.add_option("--agency", blank->options.agency, "Its resource name")->required();
  templates.add_option("--year", blank->options.year, "The year of the plan")->required();
  templates.add_option("--strategic-plan", blank->options.strategic_plan,
                       "Its years, such as 2021-2026; default: --year and the four after it");
  templates.footer(
      "Example:\n  sakipctl plan template plans/dinsos --agency regions/35.09/agencies/dinsos "
      "--year 2023 --strategic-plan 2021-2026");
  Bind(templates, action, blank, &RunTemplate);

  auto& exported = *plan.add_subcommand(
      "export", "Write a folder of all that is stored of an agency's plan, as import takes it");
  const auto stored = std::make_shared<ExportArguments>();
  exported.add_option("AGENCY", stored->agency, "Its resource name")->required();
  exported.add_option("FOLDER", stored->folder, "A folder that is new or empty")->required();
  exported.add_flag("--csv", stored->tables, "Annual and action plans as tables, where they fit");
  exported.footer(
      "Importing the folder elsewhere stores the same; importing it where it is from, nothing.\n"
      "Example:\n  sakipctl plan export regions/35.09/agencies/dinsos plans/dinsos --csv");
  Bind(exported, action, stored, &RunExport);
}

}  // namespace sakip::cli
