#include "common/auth/verify_token.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace sakip::auth {
namespace {

absl::Status CheckSignature(const Token& token, const PublicKey* key) {
  if (key == nullptr) return TokenInvalid("is signed with a key that is not known (yet)");
  if (token.alg != AlgorithmName(key->algorithm())) {
    return TokenInvalid(
        absl::StrCat("names another `alg` than its key's, ", AlgorithmName(key->algorithm())));
  }
  if (!key->Verify(token.signed_bytes, token.signature)) {
    return TokenInvalid("has a signature that its key did not make");
  }
  return absl::OkStatus();
}

absl::Status CheckParties(const Token& token, const TokenRules& rules) {
  if (token.issuer != rules.issuer) return TokenInvalid("is of another issuer");
  const auto& audiences = token.audiences;
  if (std::find(audiences.begin(), audiences.end(), rules.audience) == audiences.end()) {
    return TokenInvalid("is for another audience");
  }
  return absl::OkStatus();
}

absl::Status CheckTimes(const Token& token, const TokenRules& rules, absl::Time now) {
  if (now >= token.expiry_time + rules.clock_skew) return TokenInvalid("has expired");
  const absl::Time latest_start = now + rules.clock_skew;
  if (token.not_before_time > latest_start) return TokenInvalid("is not valid yet");
  if (token.issue_time > latest_start) return TokenInvalid("says that it is issued in the future");
  if (token.expiry_time - token.issue_time > rules.lifetime_max) {
    return TokenInvalid(absl::StrCat("is valid for longer than the ",
                                     absl::FormatDuration(rules.lifetime_max), " that may be"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<VerifiedToken> VerifyToken(const Token& token, const KeySet& keys,
                                          const TokenRules& rules, absl::Time now) {
  const PublicKey* key = keys.Find(token.kid);
  RETURN_IF_ERROR(CheckSignature(token, key));
  RETURN_IF_ERROR(CheckParties(token, rules));
  RETURN_IF_ERROR(CheckTimes(token, rules, now));
  VerifiedToken verified;
  verified.principal.subject = token.subject;
  verified.principal.roles = token.roles;
  verified.principal.scopes = token.scopes;
  verified.principal.key_id = absl::StrCat(kTokenKeyPrefix, key->thumbprint());
  verified.principal.expiry_time = token.expiry_time + rules.clock_skew;
  verified.certificate = token.certificate;
  return verified;
}

}  // namespace sakip::auth
