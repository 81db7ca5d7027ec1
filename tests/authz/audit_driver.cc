// audit_driver calls every RPC of running servers once for each way that a call can be let in or
// refused, each time as another subject, and prints what must be in their audit trails;
// audit_test.py compares.
//
//   audit_driver --descriptors=FILE planning=ADDRESS realization=ADDRESS scoring=ADDRESS
//
// A line a call: {"server", "method", "subject", "code", "reason", "events"}. The code is null
// where this side ended a stream. Payload, token and other metadata of each call hold a canary.

#include <cstdlib>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/identity.h"
#include "common/rpc/roles.h"
#include "tests/authz/call.h"
#include "tests/authz/inventory.h"
#include "tests/authz/servers.h"

ABSL_FLAG(std::string, descriptors, "", "A FileDescriptorSet of all protos.");
ABSL_FLAG(std::string, canary, "", "What must not be in any trail.");

namespace sakip::authz {
namespace {

constexpr char kAgency[] = "regions/35.09/agencies/kecil";
constexpr int kUnknownField = 5000;  // Of no request.
constexpr int kStrangers = 3;        // Calls without a valid identity, of each method.
constexpr int kFlood = 5;            // Calls of one subject who may not, of each method.

std::vector<rpc::Role> AllRoles() {
  return std::vector<rpc::Role>(rpc::AllRoles().begin(), rpc::AllRoles().end());
}

class AuditDriver {
 public:
  AuditDriver(const Inventory& inventory, const Server& server)
      : inventory_(inventory), server_(server), canary_(absl::GetFlag(FLAGS_canary)) {}

  void CallEachWay(const Rpc& rpc) {
    const bool has_tenant = !rpc.declared.tenant_field().empty();
    const bool reads_trail = absl::StartsWith(rpc.declared.permission(), "audit.");
    const bool always = rpc.declared.writes() || rpc.declared.recorded() || reads_trail;
    Call(rpc, "across", AllRoles(), "regions/-", {},
         always || has_tenant ? Told::kLetIn : Told::kNothing);
    Call(rpc, "own", AllRoles(), kAgency, {}, always ? Told::kLetIn : Told::kNothing);
    for (const rpc::Role role : rpc::AllRoles()) {
      if (rpc::RolesAllow({role}, rpc.declared.permission())) continue;
      Call(rpc, "role", {role}, "regions/-", {}, Told::kRefused);
      break;
    }
    if (has_tenant) {
      Call(rpc, "elsewhere", AllRoles(), "regions/99", {}, Told::kRefused);
      Call(rpc, "malformed", AllRoles(), "regions/-", {.tenant = absl::StrCat("regions/", canary_)},
           Told::kRefused);
    }
    if (rpc.declared.max_deadline_seconds() > 0) {
      Call(rpc, "late", AllRoles(), "regions/-", {.deadline = absl::InfiniteDuration()},
           Told::kRefused);
    }
    Call(rpc, "large", AllRoles(), "regions/-",
         {.padding = size_t{rpc.declared.max_request_bytes()}}, Told::kRefused);
    for (int i = 0; i < kStrangers; ++i) CallAsStranger(rpc);
    for (int i = 0; has_tenant && i < kFlood; ++i) CallAsFlood(rpc);
  }

 private:
  enum class Told { kNothing, kLetIn, kRefused };

  struct Way {
    std::string tenant = kAgency;
    absl::Duration deadline = absl::Seconds(20);
    size_t padding = 0;
  };

  // What the trail tells of a call that was answered with `answer`.
  static std::vector<std::string> Events(const Rpc& rpc, Told told, const Answer& answer) {
    if (told == Told::kNothing) return {};
    if (told == Told::kRefused) return {"REFUSED"};
    const bool streams = rpc.method->client_streaming() || rpc.method->server_streaming();
    if (streams || rpc.declared.recorded()) return {"BEGAN", "ENDED"};
    if (!rpc.declared.writes()) return {"ENDED"};
    if (answer.code == absl::StatusCode::kOk) return {"BEGAN"};
    return {"BEGAN", "ENDED"};
  }

  std::string Request(const Rpc& rpc, const Way& way) const {
    const auto request = inventory_.NewRequest(rpc);
    request->ParseFromString(inventory_.SmallestRequest(rpc, way.tenant));
    request->GetReflection()
        ->MutableUnknownFields(request.get())
        ->AddLengthDelimited(kUnknownField, absl::StrCat(canary_, std::string(way.padding, 'x')));
    return request->SerializeAsString();
  }

  Answer Send(const Rpc& rpc, const std::string& identity, const Way& way) {
    CallOptions options;
    options.deadline = way.deadline;
    if (rpc.method->server_streaming()) options.responses_max = 1;
    options.headers = {{rpc::kDevIdentityKey, identity},
                       {"authorization", absl::StrCat("Bearer ", canary_)},
                       {"x-note", canary_}};
    return server_.caller->Call(rpc.path(), Request(rpc, way), options);
  }

  void Call(const Rpc& rpc, const std::string& name, const std::vector<rpc::Role>& roles,
            const std::string& scope, const Way& way, Told told) {
    const std::string subject = absl::StrCat("call-", ++calls_, "-", name);
    const Answer answer = Send(rpc, rpc::FormatDevIdentity(subject, roles, {scope}), way);
    // What gRPC refuses itself reaches no gate.
    const bool of_grpc = name == "large" && answer.reason.empty();
    Print(rpc, subject, answer, Events(rpc, of_grpc ? Told::kNothing : told, answer));
  }

  void CallAsStranger(const Rpc& rpc) {
    Print(rpc, "", Send(rpc, absl::StrCat("subject=", canary_), {}), {"REFUSED"});
  }

  // More of one subject than get entries of their own.
  void CallAsFlood(const Rpc& rpc) {
    const std::string identity = rpc::FormatDevIdentity("flood", AllRoles(), {"regions/99"});
    Print(rpc, "flood", Send(rpc, identity, {}), {"REFUSED"});
  }

  void Print(const Rpc& rpc, const std::string& subject, const Answer& answer,
             const std::vector<std::string>& events) const {
    nlohmann::json line = {{"server", server_.name},  {"method", rpc.path()},
                           {"subject", subject},      {"code", static_cast<int>(answer.code)},
                           {"reason", answer.reason}, {"events", events}};
    if (rpc.method->server_streaming() && answer.code == absl::StatusCode::kOk) {
      line["code"] = nullptr;
    }
    std::cout << line.dump() << "\n";
  }

  const Inventory& inventory_;
  const Server& server_;
  const std::string canary_;
  int calls_ = 0;
};

int Run(absl::Span<char* const> arguments) {
  const Inventory inventory(absl::GetFlag(FLAGS_descriptors));
  const std::vector<Server> servers = Connect(arguments);
  for (const Server& server : servers) {
    AuditDriver driver(inventory, server);
    for (const Rpc& rpc : inventory.rpcs()) {
      if (IsServed(*server.caller, rpc)) driver.CallEachWay(rpc);
    }
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace sakip::authz

int main(int argc, char** argv) {
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  return sakip::authz::Run(absl::MakeConstSpan(arguments).subspan(1));
}
