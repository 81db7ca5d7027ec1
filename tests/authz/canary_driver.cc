// canary_driver makes random calls as random callers and looks for canaries of tenants that the
// caller's scope does not cover, in whatever comes back.
//
//   canary_driver --descriptors=FILE --tenants=FILE [--calls=20000] [--seed=1] SERVICE=ADDRESS...
//
// Prints {"goal":"G16","calls":...,"foreign":0,...}; a foreign canary ends it with 1. `own` counts
// canaries that the caller was to see: without them nothing was proved.

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/base/resource_name.h"
#include "common/rpc/identity.h"
#include "tests/authz/call.h"
#include "tests/authz/curious_request.h"
#include "tests/authz/inventory.h"
#include "tests/authz/servers.h"
#include "tests/authz/tenants.h"

ABSL_FLAG(std::string, descriptors, "", "A FileDescriptorSet of all protos.");
ABSL_FLAG(std::string, tenants, "", "Lines of tenant and canary.");
ABSL_FLAG(int64_t, calls, 20000, "How many calls.");
ABSL_FLAG(uint64_t, seed, 1, "Of callers and requests.");

namespace sakip::authz {
namespace {

constexpr int kThreads = 8;

struct Totals {
  std::atomic<int64_t> calls{0};
  std::atomic<int64_t> ok{0};
  std::atomic<int64_t> denied{0};
  std::atomic<int64_t> own{0};
  std::atomic<int64_t> foreign{0};
};

// One caller after the other.
class Visitor {
 public:
  Visitor(const Inventory& inventory, const Tenants& tenants, const std::vector<Server>& servers,
          uint64_t seed, Totals& totals)
      : inventory_(inventory),
        tenants_(tenants),
        servers_(servers),
        requests_(inventory, tenants, seed),
        totals_(totals) {}

  void VisitOnce() {
    const CanaryTenant& own = tenants_.all()[requests_.Below(tenants_.all().size())];
    const rpc::Role role = rpc::AllRoles()[requests_.Below(rpc::AllRoles().size())];
    const std::string scope = requests_.OneIn(3) ? own.region() : own.name;
    const Rpc& rpc = inventory_.rpcs()[requests_.Below(inventory_.rpcs().size())];
    CallOptions options;
    options.headers = {{rpc::kDevIdentityKey, rpc::FormatDevIdentity("curious", {role}, {scope})}};
    options.deadline = absl::Seconds(5);
    if (rpc.method->server_streaming()) {
      options.responses_max = 2;
      options.deadline = absl::Milliseconds(100);
    }
    const std::string request = requests_.Make(rpc, own.name);
    for (const Server& server : servers_) {
      Check(rpc, scope, role, request, server.caller->Call(rpc.path(), request, options));
    }
  }

 private:
  void Check(const Rpc& rpc, const std::string& scope, rpc::Role role, const std::string& request,
             const Answer& answer) {
    if (answer.code == absl::StatusCode::kUnimplemented && answer.reason.empty()) return;
    ++totals_.calls;
    if (answer.code == absl::StatusCode::kOk) ++totals_.ok;
    if (answer.code == absl::StatusCode::kPermissionDenied) ++totals_.denied;
    for (const std::string& seen : tenants_.FoundIn(answer.Everything())) {
      if (ScopeCovers(*ParseResourceName(scope), seen) && role != rpc::Role::kOperator) {
        ++totals_.own;
        continue;
      }
      if (totals_.foreign++ < 5) {
        std::cerr << rpc.path() << " shows the " << rpc::RoleName(role) << " of " << scope
                  << " what is of " << seen << ": "
                  << inventory_.ToText(*rpc.method->input_type(), request) << "\n";
      }
    }
    LearnToken(rpc, answer);
  }

  // Others will try the page tokens of this caller.
  void LearnToken(const Rpc& rpc, const Answer& answer) {
    if (answer.responses.size() != 1) return;
    const auto* token = rpc.method->output_type()->FindFieldByName("next_page_token");
    if (token == nullptr) return;
    requests_.Learn(inventory_.StringField(*token, answer.responses.front()));
  }

  const Inventory& inventory_;
  const Tenants& tenants_;
  const std::vector<Server>& servers_;
  CuriousRequests requests_;
  Totals& totals_;
};

int Run(absl::Span<char* const> arguments) {
  const Inventory inventory(absl::GetFlag(FLAGS_descriptors));
  const Tenants tenants(absl::GetFlag(FLAGS_tenants));
  const std::vector<Server> servers = Connect(arguments);
  Totals totals;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      Visitor visitor(inventory, tenants, servers, absl::GetFlag(FLAGS_seed) * kThreads + i,
                      totals);
      while (totals.calls < absl::GetFlag(FLAGS_calls)) visitor.VisitOnce();
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::cout << absl::StrCat("{\"goal\":\"G16\",\"calls\":", totals.calls.load(),
                            ",\"foreign\":", totals.foreign.load(), ",\"own\":", totals.own.load(),
                            ",\"ok\":", totals.ok.load(), ",\"denied\":", totals.denied.load(),
                            ",\"tenants\":", tenants.all().size(),
                            ",\"seed\":", absl::GetFlag(FLAGS_seed), "}\n");
  return totals.foreign == 0 && totals.own > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace sakip::authz

int main(int argc, char** argv) {
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  return sakip::authz::Run(absl::MakeConstSpan(arguments).subspan(1));
}
