// Publishing and reading scoring policies.

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/planning/v1/scoring_policy_service.grpc.pb.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/commands/delivery.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/policy_view.h"

namespace sakip::cli {
namespace {

using planning::v1::PublishScoringPolicyRequest;
using planning::v1::ScoringPolicyService;
using scoring::v1::ScoringService;

struct GetArguments {
  std::string name;
};

struct ListArguments {
  std::string parent;
};

ExitCode Publish(Session& session, const DeliveryArguments& arguments) {
  const DeliveryWords words = {"policy publish", "published"};
  const auto send = [&](const InputFile<PublishScoringPolicyRequest>& file) -> absl::Status {
    PublishScoringPolicyRequest request = file.message;
    SetRequestId(arguments, request);
    ASSIGN_OR_RETURN(
        const auto response,
        session.Call(Peer::kPlanning, &ScoringPolicyService::Stub::PublishScoringPolicy, request));
    session.Print(response, ReceiptLine(words, response.scoring_policy().name(), 0, Peer::kPlanning,
                                        response.receipt()));
    return absl::OkStatus();
  };
  return Deliver<PublishScoringPolicyRequest>(session, words, arguments, &ReadScoringPolicyFile,
                                              send);
}

ExitCode Get(Session& session, const GetArguments& arguments) {
  scoring::v1::GetPolicyRequest request;
  request.set_name(arguments.name);
  const auto response = session.Call(Peer::kScoring, &ScoringService::Stub::GetPolicy, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("policy get ", arguments.name),
                         response.status());
  }
  return session.Print(response->policy(),
                       RenderPolicy(response->policy(), session.options().screen));
}

ExitCode List(Session& session, const ListArguments& arguments) {
  scoring::v1::ListPoliciesRequest request;
  request.set_parent(arguments.parent);
  const auto response =
      session.CallAll(Peer::kScoring, &ScoringService::Stub::ListPolicies, request);
  if (!response.ok()) {
    return ReportRefusal(session.err(), absl::StrCat("policy list ", arguments.parent),
                         response.status());
  }
  return session.Print(*response,
                       RenderPolicyList({response->policies().begin(), response->policies().end()},
                                        session.options().screen));
}

}  // namespace

void AddPolicyCommands(CLI::App& app, Action& action) {
  CLI::App& policy = *app.add_subcommand("policy", "Publish and read scoring policies");
  policy.require_subcommand(1);

  auto& publish = *policy.add_subcommand("publish", "Publish policies of regions from YAML files");
  const auto files = std::make_shared<DeliveryArguments>();
  publish
      .add_option("FILE", files->files, "`parent`, `expected_version` and `scoring_policy` in YAML")
      ->required();
  publish.add_option("--request-id", files->request_id, "Idempotency key; default: of the content");
  publish.footer("Example:\n  sakipctl policy publish perbup-7-2023.yaml");
  Bind(publish, action, files, &Publish);

  auto& list = *policy.add_subcommand("list", "List all versions of all policies");
  const auto parent = std::make_shared<ListArguments>();
  list.add_option("REGION", parent->parent,
                  "A region: its policies and those above it too; regions/- for all");
  list.footer("Examples:\n  sakipctl policy list\n  sakipctl policy list regions/35.09");
  Bind(list, action, parent, &List);

  auto& get = *policy.add_subcommand("get", "Show a version of a policy");
  const auto one = std::make_shared<GetArguments>();
  get.add_option("NAME", one->name, "Its resource name")->required();
  get.footer(
      "Examples:\n"
      "  sakipctl policy get policies/permenpanrb-53-2014/versions/1\n"
      "  sakipctl policy get regions/35.09/scoringPolicies/1");
  Bind(get, action, one, &Get);
}

}  // namespace sakip::cli
