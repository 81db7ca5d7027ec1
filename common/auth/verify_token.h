// VerifyToken decides whether a token may be believed.
#ifndef SAKIP_COMMON_AUTH_VERIFY_TOKEN_H_
#define SAKIP_COMMON_AUTH_VERIFY_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/key_set.h"
#include "common/auth/token.h"
#include "common/rpc/call.h"

namespace sakip::auth {

// Principal::key_id of who came with a token is this and the thumbprint (RFC 7638) of the key that
// signed it: whoever wraps an authenticator tells its own principals by another prefix.
inline constexpr char kTokenKeyPrefix[] = "jwk:";

// What a service demands of every token.
struct TokenRules {
  std::string issuer;                               // What `iss` must be, to the letter.
  std::string audience;                             // What `aud` must be or name.
  absl::Duration clock_skew = absl::Seconds(60);    // How far clocks may be apart.
  absl::Duration lifetime_max = absl::Minutes(15);  // From `iat` to `exp`.
};

// Who comes with a token that was verified.
struct VerifiedToken {
  rpc::Principal principal;  // Expires when `exp` and the clock skew have passed.
  std::string certificate;   // SHA-256 of the certificate that it is bound to; empty: to none.
};

// Checks signature, issuer, audience and times at `now`. The connection is not looked at. Pure and
// thread-safe.
//   UNAUTHENTICATED  IDENTITY_INVALID
absl::StatusOr<VerifiedToken> VerifyToken(const Token& token, const KeySet& keys,
                                          const TokenRules& rules, absl::Time now);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_VERIFY_TOKEN_H_
