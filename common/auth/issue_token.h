// What an issuer does: signs tokens and publishes its keys. For development and small sites, and
// for tests; elsewhere an OpenID provider does it. Pure but for randomness, thread-safe.
#ifndef SAKIP_COMMON_AUTH_ISSUE_TOKEN_H_
#define SAKIP_COMMON_AUTH_ISSUE_TOKEN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/auth/public_key.h"
#include "common/auth/signing_key.h"
#include "common/rpc/roles.h"

namespace sakip::auth {

struct TokenRequest {
  std::string issuer{};
  std::string audience{};
  std::string subject{};
  std::vector<rpc::Role> roles{};
  std::vector<std::string> scopes{};
  absl::Time issue_time{};
  absl::Duration lifetime = absl::Minutes(15);
  std::string certificate{};  // SHA-256 of the one that it is bound to, 32 bytes; empty: to none.
};

// A token signed with `key`, whose `kid` is the thumbprint of the key. Nothing of the request is
// checked: ParseToken and VerifyToken do that.
std::string IssueToken(const TokenRequest& request, const SigningKey& key);

// The JWKS `jwks` (empty: one without keys) and `key`, called by its thumbprint. What else is in it
// stays.
//   INVALID_ARGUMENT  JWKS_MALFORMED  it is no JWKS, or has that key already.
absl::StatusOr<std::string> AddKey(absl::string_view jwks, const PublicKey& key);

// The JWKS without the key called `kid`. Whatever it signed counts no more.
//   INVALID_ARGUMENT  JWKS_MALFORMED  it is no JWKS, or has no such key.
absl::StatusOr<std::string> RetireKey(absl::string_view jwks, absl::string_view kid);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_ISSUE_TOKEN_H_
