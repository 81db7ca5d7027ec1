// Authenticator establishes who calls. The development identity believes what the caller says and
// is therefore for loopback only.
#ifndef SAKIP_COMMON_RPC_IDENTITY_H_
#define SAKIP_COMMON_RPC_IDENTITY_H_

#include <grpcpp/security/auth_context.h>
#include <grpcpp/support/string_ref.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"

namespace sakip::rpc {

// Metadata of a call as gRPC hands it to a server: keys in lower case.
using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// What a call brings to show who makes it. Borrowed.
struct Evidence {
  const Metadata& metadata;
  // Of the connection, with the peer's certificate where it gave one. Null in plain text.
  const grpc::AuthContext* peer = nullptr;
};

// How soon a stream that waits asks again whether its caller may go on. With the keys fetched as
// often as common/auth does, a stream ends within a minute of the removal of its key.
inline constexpr absl::Duration kConfirmEvery = absl::Seconds(30);

// Thread-safe. Never waits: it runs on the threads that serve calls.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  //   UNAUTHENTICATED  IDENTITY_INVALID: the evidence does not establish who calls.
  virtual absl::StatusOr<Principal> Authenticate(const Evidence& evidence) const = 0;

  // OK while what established `principal` still does: streams outlive tokens and keys.
  //   UNAUTHENTICATED  IDENTITY_INVALID
  virtual absl::Status Confirm(const Principal& principal) const = 0;

  // Where a call comes from: `connection`, which is what gRPC calls the other end of it
  // (`ipv4:10.1.2.3:40312`), unless that end is believed when it says for whom it calls.
  virtual std::string PeerOf(const Evidence&, const std::string& connection) const {
    return connection;
  }

  // How often a stream that waits asks for Confirm.
  virtual absl::Duration confirm_every() const { return kConfirmEvery; }

  // True where identities are believed without proof, so that a server must not listen where
  // others than processes of this machine can reach it.
  virtual bool loopback_only() const = 0;
};

// What a proxy says of where a call came from. Anybody can.
inline constexpr char kForwardedForKey[] = "x-forwarded-for";

inline constexpr char kDevIdentityKey[] = "sakip-dev-identity";

// Believes metadata `sakip-dev-identity: subject=dev-planner;roles=planner,reporter;
// scopes=regions/35.09,regions/35` (one line). Without it the caller is `developer` with every role
// and the scope `regions/-`.
std::unique_ptr<Authenticator> MakeDevAuthenticator();

// The value of `sakip-dev-identity` that stands for `subject`.
std::string FormatDevIdentity(absl::string_view subject, const std::vector<Role>& roles,
                              const std::vector<std::string>& scopes);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_IDENTITY_H_
