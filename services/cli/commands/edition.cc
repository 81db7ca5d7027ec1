// Publishing and reading code editions.

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/planning/v1/code_edition_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/delivery.h"
#include "services/cli/view/region_view.h"

namespace sakip::cli {
namespace {

using planning::v1::CodeEdition;
using planning::v1::CodeEditionService;

struct GetArguments {
  std::string name;
};

struct ListArguments {
  std::string parent = "regions/-";
  bool above = false;
};

ExitCode Publish(Session& session, const DeliveryArguments& arguments) {
  const DeliveryWords words = {"edition publish", "published"};
  const auto send = [&](const InputFile<CodeEdition>& file) -> absl::Status {
    planning::v1::PublishCodeEditionRequest request;
    *request.mutable_code_edition() = file.message;
    SetRequestId(arguments, request);
    ASSIGN_OR_RETURN(
        const auto response,
        session.Call(Peer::kPlanning, &CodeEditionService::Stub::PublishCodeEdition, request));
    session.Print(response, ReceiptLine(words, response.code_edition().name(), 0, Peer::kPlanning,
                                        response.receipt()));
    return absl::OkStatus();
  };
  return Deliver<CodeEdition>(session, words, arguments, &ReadCodeEditionFile, send);
}

ExitCode Get(Session& session, const GetArguments& arguments) {
  planning::v1::GetCodeEditionRequest request;
  request.set_name(arguments.name);
  const auto response =
      session.Call(Peer::kPlanning, &CodeEditionService::Stub::GetCodeEdition, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("edition get ", arguments.name),
                         response.status());
  }
  return session.Print(response->code_edition(),
                       RenderCodeEdition(response->code_edition(), session.options().screen));
}

ExitCode List(Session& session, const ListArguments& arguments) {
  planning::v1::ListCodeEditionsRequest request;
  request.set_parent(arguments.parent);
  request.set_include_ancestors(arguments.above);
  request.set_page_size(1000);
  const auto response =
      session.CallAll(Peer::kPlanning, &CodeEditionService::Stub::ListCodeEditions, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("edition list ", arguments.parent),
                         response.status());
  }
  return session.Print(*response, RenderCodeEditionList(*response, session.options().screen));
}

}  // namespace

void AddEditionCommands(CLI::App& app, Action& action) {
  CLI::App& edition = *app.add_subcommand("edition", "Publish and read editions of codes");
  edition.require_subcommand(1);

  auto& publish = *edition.add_subcommand("publish", "Publish editions from YAML files");
  const auto files = std::make_shared<DeliveryArguments>();
  publish.add_option("FILE", files->files, "An edition in YAML")->required();
  publish.add_option("--request-id", files->request_id, "Idempotency key; default: of the content");
  publish.footer("Example:\n  sakipctl edition publish kepmendagri-050-5889-2021.yaml");
  Bind(publish, action, files, &Publish);

  auto& get = *edition.add_subcommand("get", "Show an edition and its codes");
  const auto name = std::make_shared<GetArguments>();
  get.add_option("NAME", name->name, "Its resource name")->required();
  get.footer("Example:\n  sakipctl edition get regions/35/codeEditions/kepmendagri-050-5889-2021");
  Bind(get, action, name, &Get);

  auto& list = *edition.add_subcommand("list", "List the editions of a region");
  const auto parent = std::make_shared<ListArguments>();
  list.add_option("REGION", parent->parent, "A region; default regions/- (all)");
  list.add_flag("--above", parent->above, "Also those of the regions above, which hold there too");
  list.footer("Example:\n  sakipctl edition list regions/35.09 --above");
  Bind(list, action, parent, &List);
}

}  // namespace sakip::cli
