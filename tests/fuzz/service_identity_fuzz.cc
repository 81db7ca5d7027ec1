// The list of services and the names in certificates: whatever stands in either, only a name that
// is whole in both makes a service.
#include <grpc/grpc_security_constants.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/rpc/test_peer.h"
#include "common/tls/service_authenticator.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

// What the tested authenticator asks where no service is found.
class Nobody final : public rpc::Authenticator {
 public:
  absl::StatusOr<rpc::Principal> Authenticate(const rpc::Evidence&) const override {
    return absl::UnauthenticatedError("nobody");
  }
  absl::Status Confirm(const rpc::Principal&) const override { return absl::OkStatus(); }
  bool loopback_only() const override { return false; }
};

// The same list, taken apart here once more.
void CheckList(const std::string& list, const tls::ServiceIdentities& services) {
  std::vector<std::string> names;
  if (!list.empty()) names = absl::StrSplit(list, ',');
  for (const std::string& name : names) {
    SAKIP_CHECK(!name.empty() && services.contains(name));
    for (const char c : name) SAKIP_CHECK(c > ' ' && c <= '~' && c != '*');
  }
  for (const std::string& service : services) {
    SAKIP_CHECK(std::find(names.begin(), names.end(), service) != names.end());
  }
  const auto again = tls::ParseServiceIdentities(absl::StrJoin(services, ","));
  SAKIP_CHECK(again.ok() && *again == services);
}

}  // namespace

// The list up to the first line break, then a line for each name of the certificate, of the kind
// that its first byte says.
void Try(absl::string_view input) {
  std::vector<std::string> lines = absl::StrSplit(input, '\n');
  const std::string list = std::move(lines.front());
  lines.erase(lines.begin());
  const auto services = tls::ParseServiceIdentities(list);
  if (!services.ok()) return;
  CheckList(list, *services);

  rpc::TestPeer::Properties names;
  std::vector<std::string> proven;
  for (const std::string& line : lines) {
    if (line.empty()) continue;
    const std::string name = line.substr(1);
    const bool uri = line[0] == 'u', dns = line[0] == 'd';
    names.emplace(uri   ? GRPC_PEER_URI_PROPERTY_NAME
                  : dns ? GRPC_PEER_DNS_PROPERTY_NAME
                        : GRPC_PEER_EMAIL_PROPERTY_NAME,
                  name);
    const bool is_uri = absl::StrContains(name, "://");
    if ((uri || dns) && is_uri == uri && services->contains(name)) proven.push_back(name);
  }
  const rpc::TestPeer peer(std::move(names));
  const tls::ServiceAuthenticator authenticator({.services = *services}, /*peers=*/nullptr,
                                                std::make_unique<Nobody>());
  const rpc::Metadata metadata;
  const auto principal = authenticator.Authenticate({.metadata = metadata, .peer = &peer});
  SAKIP_CHECK(principal.ok() == !proven.empty());
  if (!principal.ok()) return;
  SAKIP_CHECK(std::find(proven.begin(), proven.end(), principal->subject) != proven.end());
  SAKIP_CHECK(principal->roles == std::vector<rpc::Role>{rpc::Role::kService});
  SAKIP_CHECK(authenticator.Confirm(*principal).ok());
}

std::vector<std::string> Seeds() {
  const std::string scoring = "spiffe://sakip/service/scoring";
  const std::string list = absl::StrCat(scoring, ",planning.sakip.example.go.id");
  return {list, absl::StrCat(list, "\nu", scoring),
          absl::StrCat(list, "\ndplanning.sakip.example.go.id"),
          absl::StrCat(list, "\nuspiffe://sakip/service/scoring2\nd", scoring, "\ne", scoring),
          "*.example.go.id\nda.example.go.id"};
}

}  // namespace sakip::fuzz
