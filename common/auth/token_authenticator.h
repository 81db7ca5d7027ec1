// The authenticator of callers with a token: a JWT (RFC 7519, RFC 8725) that an issuer signed and
// that the caller sends as metadata `authorization: Bearer ...`.
//
//   header   alg   RS256, ES256 or EdDSA, and the one of the key
//            kid   of a key of the issuer
//            typ   `at+jwt`, `application/at+jwt` or `JWT`, in any case
//   claims   iss, aud, exp, nbf, iat   all required; whole seconds since 1970
//            sub     who calls: visible ASCII, at most 128 bytes
//            roles   names as in common/rpc/roles.h; never `service`: services have certificates
//            scopes  names of regions and agencies, `regions/35.09`, or `regions/-`
//            cnf     {"x5t#S256": ...} (RFC 8705): only over a connection with that certificate
//
// Which algorithm a signature is checked with follows from the key, never from the token. A key
// that is not known makes the call fail at once and the keys be fetched anew in the background: the
// caller tries again.
#ifndef SAKIP_COMMON_AUTH_TOKEN_AUTHENTICATOR_H_
#define SAKIP_COMMON_AUTH_TOKEN_AUTHENTICATOR_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/key_source.h"
#include "common/auth/verify_token.h"
#include "common/base/clock.h"
#include "common/rpc/identity.h"
#include "common/rpc/metrics.h"

namespace sakip::auth {

struct TokenOptions {
  std::string issuer{};        // What `iss` must be, to the letter.
  std::string audience{};      // What `aud` must be or name.
  std::string jwks{};          // The issuer's keys: a file, or a URL as OpenKeySource takes it.
  std::string jwks_ca_file{};  // PEM, for a URL: whom to trust; empty means the system's.
  absl::Duration clock_skew = absl::Seconds(60);    // How far clocks may be apart.
  absl::Duration lifetime_max = absl::Minutes(15);  // From `iat` to `exp`.
  absl::Duration stale_max = absl::Hours(24);  // How long keys live that cannot be fetched anew.
  size_t cached_tokens_max = 4096;             // Verified tokens that are remembered.
  const Clock* clock = nullptr;                // Borrowed; null means the system's.
  rpc::Metrics* metrics = nullptr;             // Borrowed; null means none.
};

// Fetches the keys before it returns. Where they come from a URL that cannot be reached it goes on
// trying and refuses every token until then.
//   INVALID_ARGUMENT     an option is missing or malformed.
//   FAILED_PRECONDITION  the file of keys cannot be read, or is no JWKS.
absl::StatusOr<std::unique_ptr<rpc::Authenticator>> MakeTokenAuthenticator(
    const TokenOptions& options);

// The same with keys from elsewhere; `options.jwks` is not looked at.
absl::StatusOr<std::unique_ptr<rpc::Authenticator>> MakeTokenAuthenticator(
    const TokenOptions& options, std::shared_ptr<KeySource> keys);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_TOKEN_AUTHENTICATOR_H_
