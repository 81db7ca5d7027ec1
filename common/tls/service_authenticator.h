// ServiceAuthenticator lets services of the suite call each other by their certificates; others
// prove themselves as before.
#ifndef SAKIP_COMMON_TLS_SERVICE_AUTHENTICATOR_H_
#define SAKIP_COMMON_TLS_SERVICE_AUTHENTICATOR_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/rpc/identity.h"
#include "common/tls/peer_trust.h"

namespace sakip::tls {

// Principal::key_id of who came with a certificate is this and its name.
inline constexpr char kCertificateKeyPrefix[] = "certificate:";

// Names of certificates that are believed to be services: URIs and DNS names, such as
// `spiffe://sakip/service/scoring`.
using ServiceIdentities = absl::flat_hash_set<std::string>;

// Reads names separated by commas.
//
//   INVALID_ARGUMENT  one of them is no name: empty, with blanks, or with a wildcard.
absl::StatusOr<ServiceIdentities> ParseServiceIdentities(absl::string_view text);

// Who is known by a name in its certificate. Names are compared whole.
struct KnownPeers {
  ServiceIdentities services{};
  // Are believed when they say where a call comes from (`x-forwarded-for`), and nothing else. None
  // of them is a service, which whoever calls through it would be.
  ServiceIdentities proxies{};
};

// A peer whose certificate has the name of a service is that service: the role `service`, for all
// regions. Whoever has none is asked by `others`. Whoever came with a certificate is refused once
// `peers` believes it no longer, though the connection goes on.
//
// Thread-safe.
class ServiceAuthenticator : public rpc::Authenticator {
 public:
  // Borrows `peers`; null where nobody is asked for a certificate.
  ServiceAuthenticator(KnownPeers known, const PeerTrust* peers,
                       std::unique_ptr<rpc::Authenticator> others);

  absl::StatusOr<rpc::Principal> Authenticate(const rpc::Evidence& evidence) const override;
  absl::Status Confirm(const rpc::Principal& principal) const override;
  // Through a proxy: the last address in `x-forwarded-for`, which is the one that it saw itself.
  std::string PeerOf(const rpc::Evidence& evidence, const std::string& connection) const override;
  absl::Duration confirm_every() const override { return others_->confirm_every(); }
  bool loopback_only() const override { return others_->loopback_only(); }

 private:
  absl::StatusOr<rpc::Principal> Ask(const rpc::Evidence& evidence) const;

  const KnownPeers known_;
  const PeerTrust* const peers_;
  const std::unique_ptr<rpc::Authenticator> others_;
};

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_SERVICE_AUTHENTICATOR_H_
