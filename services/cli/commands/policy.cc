#include "absl/strings/str_cat.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "services/cli/commands/commands.h"
#include "services/cli/session/failure.h"
#include "services/cli/view/policy_view.h"

namespace sakip::cli {
namespace {

using scoring::v1::ScoringService;

struct GetArguments {
  std::string name;
};

struct ListArguments {};

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

ExitCode List(Session& session, const ListArguments&) {
  const auto response = session.Call(Peer::kScoring, &ScoringService::Stub::ListPolicies,
                                     scoring::v1::ListPoliciesRequest());
  if (!response.ok()) return ReportRefusal(session.err(), "policy list", response.status());
  return session.Print(*response,
                       RenderPolicyList({response->policies().begin(), response->policies().end()},
                                        session.options().screen));
}

}  // namespace

void AddPolicyCommands(CLI::App& app, Action& action) {
  CLI::App& policy = *app.add_subcommand("policy", "Read scoring policies");
  policy.require_subcommand(1);

  auto& list = *policy.add_subcommand("list", "List all versions of all policies");
  list.footer("Example:\n  sakipctl policy list");
  Bind(list, action, std::make_shared<ListArguments>(), &List);

  auto& get = *policy.add_subcommand("get", "Show a version of a policy");
  const auto one = std::make_shared<GetArguments>();
  get.add_option("NAME", one->name, "Its resource name")->required();
  get.footer("Example:\n  sakipctl policy get policies/permenpanrb-53-2014/versions/1");
  Bind(get, action, one, &Get);
}

}  // namespace sakip::cli
