// Token is what a JWT says, before anything of it is believed.
#ifndef SAKIP_COMMON_AUTH_TOKEN_H_
#define SAKIP_COMMON_AUTH_TOKEN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/resource_name.h"
#include "common/rpc/roles.h"

namespace sakip::auth {

// Longer ones are not looked at.
inline constexpr size_t kTokenBytesMax = 8 * 1024;

struct Token {
  std::string alg;
  std::string kid;
  std::string signed_bytes;  // What the signature is over.
  std::string signature;

  std::string issuer;
  std::string subject;
  std::vector<std::string> audiences;
  absl::Time expiry_time;
  absl::Time not_before_time;
  absl::Time issue_time;
  std::vector<rpc::Role> roles;
  std::vector<ResourceName> scopes;
  std::string certificate;  // SHA-256 of the certificate that it is bound to; empty where to none.
};

// Reads a token in the compact form of a JWS and checks its shape, strictly: what
// common/auth/token_authenticator.h lists is there and is of the right kind; a header that asks for
// what is not understood (`crit`) is refused. Pure and thread-safe.
//   UNAUTHENTICATED  IDENTITY_INVALID
absl::StatusOr<Token> ParseToken(absl::string_view text);

// UNAUTHENTICATED IDENTITY_INVALID: the token `what`.
absl::Status TokenInvalid(absl::string_view what);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_TOKEN_H_
