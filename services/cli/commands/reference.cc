// Publishing and reading reference values.

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/planning/v1/reference_value_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/delivery.h"
#include "services/cli/view/region_view.h"

namespace sakip::cli {
namespace {

using planning::v1::PublishReferenceValuesRequest;
using planning::v1::ReferenceValueService;

struct PublishArguments {
  DeliveryArguments delivery;
  bool dry_run = false;
};

struct ListArguments {
  std::string parent = "regions/-";
  std::string indicator_code;
  int year = 0;
};

// Rows that were refused make the command fail, after all files are sent.
ExitCode Publish(Session& session, const PublishArguments& arguments) {
  const DeliveryWords words = {"reference publish", "published"};
  int refused = 0;
  const auto send = [&](const InputFile<PublishReferenceValuesRequest>& file) -> absl::Status {
    PublishReferenceValuesRequest request = file.message;
    request.set_dry_run(arguments.dry_run);
    SetRequestId(arguments.delivery, request);
    ASSIGN_OR_RETURN(const auto response,
                     session.Call(Peer::kPlanning,
                                  &ReferenceValueService::Stub::PublishReferenceValues, request));
    refused += response.refused_count();
    const std::string receipt =
        response.has_receipt()
            ? ReceiptLine(words, request.parent(), 0, Peer::kPlanning, response.receipt())
            : "nothing was stored\n";
    session.Print(response, receipt + RenderReferenceOutcomes(response));
    return absl::OkStatus();
  };
  const ExitCode code = Deliver<PublishReferenceValuesRequest>(session, words, arguments.delivery,
                                                               &ReadReferenceValuesFile, send);
  return code == ExitCode::kOk && refused > 0 ? ExitCode::kRefused : code;
}

ExitCode List(Session& session, const ListArguments& arguments) {
  planning::v1::ListReferenceValuesRequest request;
  request.set_parent(arguments.parent);
  request.set_indicator_code(arguments.indicator_code);
  request.set_year(arguments.year);
  request.set_page_size(1000);
  const auto response =
      session.CallAll(Peer::kPlanning, &ReferenceValueService::Stub::ListReferenceValues, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("reference list ", arguments.parent),
                         response.status());
  }
  return session.Print(*response, RenderReferenceValueList(*response, session.options().screen));
}

}  // namespace

void AddReferenceCommands(CLI::App& app, Action& action) {
  CLI::App& reference =
      *app.add_subcommand("reference", "Publish and read national and provincial values");
  reference.require_subcommand(1);

  auto& publish = *reference.add_subcommand("publish", "Publish reference values from YAML files");
  const auto files = std::make_shared<PublishArguments>();
  publish.add_option("FILE", files->delivery.files, "`parent` and `rows` in YAML")->required();
  publish.add_option("--request-id", files->delivery.request_id,
                     "Idempotency key; default: of the content, so that sending a file twice "
                     "publishes once");
  publish.add_flag("--dry-run", files->dry_run, "Tell the outcome of each row and store nothing");
  publish.footer(
      "Exit code 1 where a row was refused; the others are published.\n"
      "Example:\n  sakipctl reference publish nasional-2023.yaml");
  Bind(publish, action, files, &Publish);

  auto& list = *reference.add_subcommand("list", "List the latest reference values of a region");
  const auto filter = std::make_shared<ListArguments>();
  list.add_option("REGION", filter->parent, "A region; default regions/- (all)");
  list.add_option("--indicator", filter->indicator_code, "Only of this indicator code");
  list.add_option("--year", filter->year, "Only of this year");
  list.footer("Example:\n  sakipctl reference list regions/35 --year 2023");
  Bind(list, action, filter, &List);
}

}  // namespace sakip::cli
