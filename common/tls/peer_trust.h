// PeerTrust says whether a peer's certificate is believed. TLS looks at a certificate once, when
// the connection begins, and by what the folder of lists holds just then; this looks by the last
// good lists, and at callers again while their connection goes on.
#ifndef SAKIP_COMMON_TLS_PEER_TRUST_H_
#define SAKIP_COMMON_TLS_PEER_TRUST_H_

#include <grpcpp/security/auth_context.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/tls/openssl.h"

namespace sakip::tls {

// A peer's certificate and the intermediates that came with it (PEM); null where it gave none.
using PeerChain = std::shared_ptr<const std::string>;

// What a peer's certificate must be good for.
enum class PeerKind { kCaller, kServer };

// Thread-safe. Never waits for a disk.
class PeerTrust {
 public:
  // Borrows the clock.
  PeerTrust(PeerKind kind, const Clock& clock);

  // From now on believes certificates of the authorities `ca` that no list in `revocations` names,
  // as TLS does: an authority without a list revokes nobody, and with one that is out of date
  // nobody of it is believed. Texts are those of TlsContent.
  void Believe(absl::string_view ca, absl::string_view revocations);

  // The peer's chain, which Confirm takes; null where the peer gave none.
  //
  //   UNAUTHENTICATED  IDENTITY_INVALID: it is believed no longer, not valid at this time, or
  //                    longer than 16 KiB.
  absl::StatusOr<PeerChain> Check(const grpc::AuthContext& peer) const;

  // OK where such a chain (PEM) is believed.
  //
  //   UNAUTHENTICATED  IDENTITY_INVALID: as of the above.
  absl::Status CheckChain(const std::string& chain) const;

  // OK while a chain that Check returned is believed.
  //
  //   UNAUTHENTICATED  IDENTITY_INVALID
  absl::Status Confirm(const PeerChain& chain) const;

 private:
  using Digest = std::array<unsigned char, 32>;  // SHA-256 of a chain.

  // What was found of a chain the last time.
  struct Finding {
    uint64_t generation = 0;
    absl::Time when{};
    absl::Status status{};
  };

  absl::Status Look(const std::string& chain) const;
  bool IsFresh(const Finding& finding, absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const PeerKind kind_;
  const Clock& clock_;
  mutable Mutex mutex_;  // Not held while a chain is looked at: all calls come here.
  uint64_t generation_ ABSL_GUARDED_BY(mutex_) = 0;            // Of what is believed.
  std::shared_ptr<X509_STORE> store_ ABSL_GUARDED_BY(mutex_);  // Not changed once it is here.
  mutable absl::flat_hash_map<Digest, Finding> findings_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_PEER_TRUST_H_
