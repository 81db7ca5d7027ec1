#include "common/tls/service_authenticator.h"

#include <grpc/grpc_security_constants.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status_macros.h"
#include "common/rpc/address.h"

namespace sakip::tls {
namespace {

bool IsName(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '*';
  });
}

bool IsUri(absl::string_view name) { return absl::StrContains(name, "://"); }

rpc::Principal Service(const std::string& name) {
  rpc::Principal principal;
  principal.subject = name;
  principal.key_id = absl::StrCat(kCertificateKeyPrefix, name);
  principal.roles = {rpc::Role::kService};
  ResourceName all;
  all.region = "-";
  principal.scopes.push_back(std::move(all));
  return principal;
}

// The name of the peer's certificate that is on the list; null where none is.
const std::string* FindName(const rpc::Evidence& evidence, const ServiceIdentities& names) {
  if (evidence.peer == nullptr || names.empty()) return nullptr;
  // By kind: a name of another kind, such as an e-mail address, proves nothing.
  for (const bool uri : {true, false}) {
    const char* const kind = uri ? GRPC_PEER_URI_PROPERTY_NAME : GRPC_PEER_DNS_PROPERTY_NAME;
    for (const grpc::string_ref& value : evidence.peer->FindPropertyValues(kind)) {
      const absl::string_view name(value.data(), value.size());
      const auto found = names.find(name);
      if (found != names.end() && IsUri(name) == uri) return &*found;
    }
  }
  return nullptr;
}

// The last of what came: a proxy adds what it saw behind what it was sent.
std::string ForwardedFor(const rpc::Metadata& metadata) {
  const auto [first, last] = metadata.equal_range(rpc::kForwardedForKey);
  if (first == last) return "";
  const grpc::string_ref value = std::prev(last)->second;
  const absl::string_view text(value.data(), value.size());
  return std::string(absl::StripAsciiWhitespace(text.substr(text.rfind(',') + 1)));
}

}  // namespace

absl::StatusOr<ServiceIdentities> ParseServiceIdentities(absl::string_view text) {
  ServiceIdentities services;
  if (text.empty()) return services;
  for (const absl::string_view name : absl::StrSplit(text, ',')) {
    if (!IsName(name)) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", name,
                       "` is no name of a certificate, such as "
                       "spiffe://sakip/service/scoring; names are compared whole"));
    }
    services.insert(std::string(name));
  }
  return services;
}

ServiceAuthenticator::ServiceAuthenticator(KnownPeers known, const PeerTrust* peers,
                                           std::unique_ptr<rpc::Authenticator> others)
    : known_(std::move(known)), peers_(peers), others_(std::move(others)) {}

absl::StatusOr<rpc::Principal> ServiceAuthenticator::Authenticate(
    const rpc::Evidence& evidence) const {
  PeerChain certificate;
  if (peers_ != nullptr && evidence.peer != nullptr) {
    ASSIGN_OR_RETURN(certificate, peers_->Check(*evidence.peer));
  }
  absl::StatusOr<rpc::Principal> principal = Ask(evidence);
  if (principal.ok()) principal->certificate = std::move(certificate);
  return principal;
}

std::string ServiceAuthenticator::PeerOf(const rpc::Evidence& evidence,
                                         const std::string& connection) const {
  if (FindName(evidence, known_.proxies) == nullptr) return connection;
  if (peers_ != nullptr && !peers_->Check(*evidence.peer).ok()) return connection;
  return rpc::PeerAt(ForwardedFor(evidence.metadata)).value_or(connection);
}

absl::StatusOr<rpc::Principal> ServiceAuthenticator::Ask(const rpc::Evidence& evidence) const {
  if (const std::string* service = FindName(evidence, known_.services)) return Service(*service);
  return others_->Authenticate(evidence);
}

absl::Status ServiceAuthenticator::Confirm(const rpc::Principal& principal) const {
  if (peers_ != nullptr) {
    RETURN_IF_ERROR(peers_->Confirm(principal.certificate));
  }
  // The list does not change while the process runs.
  if (absl::StartsWith(principal.key_id, kCertificateKeyPrefix)) return absl::OkStatus();
  return others_->Confirm(principal);
}

}  // namespace sakip::tls
