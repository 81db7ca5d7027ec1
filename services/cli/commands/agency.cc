#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/planning/v1/planning_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/delivery.h"
#include "services/cli/view/document_view.h"

namespace sakip::cli {
namespace {

using planning::v1::Agency;
using planning::v1::PlanningService;

struct NameArguments {
  std::string name;
};

ExitCode Register(Session& session, const DeliveryArguments& arguments) {
  const DeliveryWords words = {"agency register", "registered"};
  const auto send = [&](const InputFile<Agency>& file) -> absl::Status {
    planning::v1::RegisterAgencyRequest request;
    *request.mutable_agency() = file.message;
    SetRequestId(arguments, request);
    ASSIGN_OR_RETURN(
        const auto response,
        session.Call(Peer::kPlanning, &PlanningService::Stub::RegisterAgency, request));
    session.Print(response, ReceiptLine(words, response.agency().name(), 0, Peer::kPlanning,
                                        response.receipt()));
    return absl::OkStatus();
  };
  return Deliver<Agency>(session, words, arguments, &ReadAgencyFile, send);
}

ExitCode Get(Session& session, const NameArguments& arguments) {
  planning::v1::GetAgencyRequest request;
  request.set_name(arguments.name);
  const auto response = session.Call(Peer::kPlanning, &PlanningService::Stub::GetAgency, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("agency get ", arguments.name),
                         response.status());
  }
  return session.Print(response->agency(),
                       RenderAgency(response->agency(), session.options().screen));
}

ExitCode List(Session& session, const NameArguments& arguments) {
  planning::v1::ListAgenciesRequest request;
  request.set_parent(arguments.name);
  request.set_page_size(1000);
  const auto response =
      session.CallAll(Peer::kPlanning, &PlanningService::Stub::ListAgencies, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("agency list ", arguments.name),
                         response.status());
  }
  return session.Print(*response,
                       RenderAgencyList({response->agencies().begin(), response->agencies().end()},
                                        session.options().screen));
}

}  // namespace

void AddAgencyCommands(CLI::App& app, Action& action) {
  CLI::App& agency = *app.add_subcommand("agency", "Register and read agencies");
  agency.require_subcommand(1);

  auto& add = *agency.add_subcommand("register", "Register agencies from YAML files");
  const auto files = std::make_shared<DeliveryArguments>();
  add.add_option("FILE", files->files, "An agency in YAML")->required();
  add.add_option("--request-id", files->request_id, "Idempotency key; default: of the content");
  add.footer("Example:\n  sakipctl agency register deploy/samples/jember-2023/01-agency.yaml");
  Bind(add, action, files, &Register);

  auto& get = *agency.add_subcommand("get", "Show an agency");
  const auto name = std::make_shared<NameArguments>();
  get.add_option("NAME", name->name, "Its resource name")->required();
  get.footer("Example:\n  sakipctl agency get regions/35.09/agencies/dinsos");
  Bind(get, action, name, &Get);

  auto& list = *agency.add_subcommand("list", "List the agencies in and below a region");
  const auto parent = std::make_shared<NameArguments>(NameArguments{"regions/-"});
  list.add_option("PARENT", parent->name, "A region; default regions/- (all)");
  list.footer("Example:\n  sakipctl agency list regions/35");
  Bind(list, action, parent, &List);
}

}  // namespace sakip::cli
