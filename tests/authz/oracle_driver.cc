// oracle_driver asks for things of other tenants, one that exists and one that does not in turn,
// and compares the refusals: whoever may not see a thing must not learn whether it is there.
//
//   oracle_driver --descriptors=FILE --tenants=FILE [--pairs=500] [--seed=1] SERVICE=ADDRESS...
//
// Prints {"goal":"G17","pairs":...,"different":0,...}; a difference ends it with 1. `time_ratio` is
// the median time of a refusal about what exists to that of the other: to be read, not to be
// failed.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/rpc/identity.h"
#include "google/rpc/status.pb.h"
#include "tests/authz/call.h"
#include "tests/authz/inventory.h"
#include "tests/authz/servers.h"
#include "tests/authz/tenants.h"

ABSL_FLAG(std::string, descriptors, "", "A FileDescriptorSet of all protos.");
ABSL_FLAG(std::string, tenants, "", "Lines of tenant and canary.");
ABSL_FLAG(size_t, pairs, 500, "How many pairs at least.");
ABSL_FLAG(uint64_t, seed, 1, "Of tenants and callers.");

namespace sakip::authz {
namespace {

// What there is of a tenant, and what there is not, in names of equal length.
constexpr const char* kBelow[] = {"", "/annualPlans/2023", "/submissions/2023Q1",
                                  "/scorecards/2023Q1"};

// Same length, and nobody has it.
std::string MissingLike(const std::string& tenant) {
  std::string missing = tenant;
  for (size_t i = missing.size() - 4; i < missing.size(); ++i) missing[i] = 'z';
  return missing;
}

// What the caller learns, but for the tenant that it named itself.
std::string Learned(const Answer& answer, const std::string& tenant) {
  std::string all = absl::StrCat(static_cast<int>(answer.code), " ", answer.reason, "\n",
                                 answer.message.size(), " ", answer.details.size(), "\n");
  google::rpc::Status details;
  details.ParseFromString(answer.details);
  absl::StrAppend(&all, answer.message, "\n", details.ShortDebugString(), "\n");
  for (const auto& [key, value] : answer.trailers) {
    if (key != "grpc-status-details-bin") absl::StrAppend(&all, key, ": ", value, "\n");
  }
  return absl::StrReplaceAll(all, {{tenant, "TENANT"}});
}

double Median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
  return values[values.size() / 2];
}

class Oracle {
 public:
  Oracle(const Inventory& inventory, const Tenants& tenants, uint64_t seed)
      : inventory_(inventory), tenants_(tenants), random_(seed) {}

  void AskPair(Caller& caller, const Rpc& rpc) {
    const CanaryTenant& own = Any();
    const CanaryTenant& other = Any();
    if (own.name == other.name) return;
    const rpc::Role role = rpc::AllRoles()[random_() % rpc::AllRoles().size()];
    CallOptions options;
    options.headers = {
        {rpc::kDevIdentityKey, rpc::FormatDevIdentity("curious", {role}, {own.name})}};
    const std::string below = kBelow[random_() % std::size(kBelow)];
    const std::string missing = MissingLike(other.name);
    // Whichever comes second finds the way warmed.
    const bool there_first = random_() % 2 == 0;
    std::string of_there, of_missing;
    if (there_first) of_there = Ask(caller, rpc, other.name, below, options, there_us_);
    of_missing = Ask(caller, rpc, missing, below, options, missing_us_);
    if (!there_first) of_there = Ask(caller, rpc, other.name, below, options, there_us_);
    ++pairs_;
    if (of_there == of_missing) return;
    if (different_++ < 5) {
      std::cerr << rpc.path() << " tells the " << rpc::RoleName(role) << " of " << own.name
                << " that " << other.name << below << " exists:\n"
                << of_there << "and of what does not:\n"
                << of_missing;
    }
  }

  size_t pairs() const { return pairs_; }

  bool Print() const {
    std::cout << "{\"goal\":\"G17\",\"pairs\":" << pairs_ << ",\"different\":" << different_
              << ",\"not_denied\":" << not_denied_ << ",\"time_ratio\":"
              << absl::StrFormat("%.3f", Median(there_us_) / Median(missing_us_))
              << ",\"seed\":" << absl::GetFlag(FLAGS_seed) << "}\n";
    return different_ == 0 && not_denied_ == 0;
  }

 private:
  const CanaryTenant& Any() { return tenants_.all()[random_() % tenants_.all().size()]; }

  std::string Ask(Caller& caller, const Rpc& rpc, const std::string& tenant,
                  const std::string& below, const CallOptions& options,
                  std::vector<double>& times_us) {
    const std::string request = inventory_.SmallestRequest(rpc, tenant + below);
    const auto begin = std::chrono::steady_clock::now();
    const Answer answer = caller.Call(rpc.path(), request, options);
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
    times_us.push_back(took.count());
    if (answer.code != absl::StatusCode::kPermissionDenied) ++not_denied_;
    return Learned(answer, tenant);
  }

  const Inventory& inventory_;
  const Tenants& tenants_;
  std::mt19937_64 random_;
  size_t pairs_ = 0;
  int different_ = 0;
  int not_denied_ = 0;
  std::vector<double> there_us_;
  std::vector<double> missing_us_;
};

int Run(absl::Span<char* const> arguments) {
  const Inventory inventory(absl::GetFlag(FLAGS_descriptors));
  const Tenants tenants(absl::GetFlag(FLAGS_tenants));
  const std::vector<Server> servers = Connect(arguments);
  std::vector<std::pair<Caller*, const Rpc*>> served;
  for (const Server& server : servers) {
    for (const Rpc& rpc : inventory.rpcs()) {
      if (!rpc.declared.tenant_field().empty() && IsServed(*server.caller, rpc)) {
        served.emplace_back(server.caller.get(), &rpc);
      }
    }
  }
  Oracle oracle(inventory, tenants, absl::GetFlag(FLAGS_seed));
  while (oracle.pairs() < absl::GetFlag(FLAGS_pairs)) {
    for (const auto& [caller, rpc] : served) oracle.AskPair(*caller, *rpc);
  }
  return oracle.Print() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace sakip::authz

int main(int argc, char** argv) {
  const std::vector<char*> arguments = absl::ParseCommandLine(argc, argv);
  return sakip::authz::Run(absl::MakeConstSpan(arguments).subspan(1));
}
