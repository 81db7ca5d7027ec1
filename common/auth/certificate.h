// The certificate of a peer, as tokens name it. Pure and thread-safe.
#ifndef SAKIP_COMMON_AUTH_CERTIFICATE_H_
#define SAKIP_COMMON_AUTH_CERTIFICATE_H_

#include <grpcpp/security/auth_context.h>

#include <string>

#include "absl/strings/string_view.h"

namespace sakip::auth {

// SHA-256 of the first certificate in `pem` (`x5t#S256` before base64url: RFC 8705), 32 bytes;
// empty where there is none.
std::string CertificateThumbprint(absl::string_view pem);

// The same of the peer's own certificate; empty where it gave none.
std::string PeerThumbprint(const grpc::AuthContext* peer);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_CERTIFICATE_H_
