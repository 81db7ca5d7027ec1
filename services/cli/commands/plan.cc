#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/delivery.h"
#include "services/cli/view/document_view.h"

namespace sakip::cli {
namespace {

using planning::v1::PlanDocument;
using planning::v1::PlanningService;

struct GetArguments {
  std::string name;
  uint32_t revision = 0;
  std::string on;
};

struct RevisionsArguments {
  std::string agency;
};

ExitCode Publish(Session& session, const DeliveryArguments& arguments) {
  const DeliveryWords words = {"plan publish", "published"};
  const auto send = [&](const InputFile<PlanDocument>& file) -> absl::Status {
    planning::v1::PublishDocumentRequest request;
    *request.mutable_document() = file.message;
    request.set_expected_revision(file.expected_revision());
    SetRequestId(arguments, request);
    ASSIGN_OR_RETURN(
        const auto response,
        session.Call(Peer::kPlanning, &PlanningService::Stub::PublishDocument, request));
    session.Print(response,
                  ReceiptLine(words, response.document().name(), response.document().revision(),
                              Peer::kPlanning, response.receipt()));
    return absl::OkStatus();
  };
  return Deliver<PlanDocument>(session, words, arguments, &ReadPlanFile, send);
}

ExitCode Get(Session& session, const GetArguments& arguments) {
  planning::v1::GetDocumentRequest request;
  request.set_name(arguments.name);
  request.set_revision(arguments.revision);
  request.set_in_force_on(arguments.on);
  const auto response = session.Call(Peer::kPlanning, &PlanningService::Stub::GetDocument, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("plan get ", arguments.name),
                         response.status());
  }
  return session.Print(response->document(),
                       RenderDocument(response->document(), session.options().screen));
}

ExitCode Revisions(Session& session, const RevisionsArguments& arguments) {
  planning::v1::ListDocumentRevisionsRequest request;
  request.set_parent(arguments.agency);
  request.set_page_size(1000);
  const auto response =
      session.CallAll(Peer::kPlanning, &PlanningService::Stub::ListDocumentRevisions, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("plan revisions ", arguments.agency),
                         response.status());
  }
  return session.Print(
      *response, RenderRevisionList({response->documents().begin(), response->documents().end()},
                                    session.options().screen));
}

}  // namespace

void AddPlanCommands(CLI::App& app, Action& action) {
  CLI::App& plan = *app.add_subcommand("plan", "Publish and read plan documents");
  plan.require_subcommand(1);

  auto& publish = *plan.add_subcommand(
      "publish", "Publish documents from YAML files, in the order given; stops at a failure");
  const auto files = std::make_shared<DeliveryArguments>();
  publish.add_option("FILE", files->files, "A plan document in YAML")->required();
  publish.add_option("--request-id", files->request_id, "Idempotency key; default: of the content");
  publish.footer(
      "The key `revision: N` of a file says which revision it is; default 1.\n"
      "Example:\n  sakipctl plan publish 04-annual-plan.yaml 05-annual-plan-amended.yaml");
  Bind(publish, action, files, &Publish);

  auto& get = *plan.add_subcommand("get", "Show a document: the latest revision or another");
  const auto one = std::make_shared<GetArguments>();
  get.add_option("NAME", one->name, "Its resource name")->required();
  auto* revision = get.add_option("--revision", one->revision, "The revision wanted");
  get.add_option("--on", one->on, "The one in force on a day, YYYY-MM-DD")->excludes(revision);
  get.footer(
      "Example:\n  sakipctl plan get regions/35.09/agencies/dinsos/annualPlans/2023 "
      "--on 2023-06-30");
  Bind(get, action, one, &Get);

  auto& revisions =
      *plan.add_subcommand("revisions", "List all revisions of an agency's documents");
  const auto agency = std::make_shared<RevisionsArguments>();
  revisions.add_option("AGENCY", agency->agency, "Its resource name")->required();
  revisions.footer("Example:\n  sakipctl plan revisions regions/35.09/agencies/dinsos");
  Bind(revisions, action, agency, &Revisions);

  AddPlanFileCommands(plan, action);
  AddPlanFolderCommands(plan, action);
  AddPlanCompareCommands(plan, action);
}

}  // namespace sakip::cli
