#include "common/auth/token_authenticator.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/auth/cached_keys.h"
#include "common/auth/certificate.h"
#include "common/auth/token.h"
#include "common/auth/token_cache.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/message/digest.h"

namespace sakip::auth {
namespace {

constexpr char kAuthorization[] = "authorization";
constexpr absl::string_view kBearer = "Bearer ";

absl::Status Refused(absl::string_view what) {
  return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID", what);
}

absl::StatusOr<absl::string_view> BearerToken(const rpc::Metadata& metadata) {
  const auto [first, last] = metadata.equal_range(kAuthorization);
  if (first == last) return Refused("metadata `authorization` is missing: Bearer TOKEN");
  if (std::next(first) != last) return Refused("metadata `authorization` is given more than once");
  const absl::string_view value(first->second.data(), first->second.size());
  // RFC 7235 section 2.1: the name of the scheme has no case.
  if (!absl::StartsWithIgnoreCase(value, kBearer)) {
    return Refused("metadata `authorization` is not: Bearer TOKEN");
  }
  const absl::string_view token = value.substr(kBearer.size());
  if (token.size() > kTokenBytesMax) {
    return TokenInvalid(absl::StrCat("has more than ", kTokenBytesMax, " bytes"));
  }
  return token;
}

class TokenAuthenticator final : public rpc::Authenticator {
 public:
  TokenAuthenticator(TokenRules rules, size_t cached_tokens_max, const Clock& clock,
                     std::shared_ptr<KeySource> keys)
      : rules_(std::move(rules)),
        clock_(clock),
        keys_(std::move(keys)),
        cache_(cached_tokens_max) {}

  absl::StatusOr<rpc::Principal> Authenticate(const rpc::Evidence& evidence) const override {
    ASSIGN_OR_RETURN(const absl::string_view text, BearerToken(evidence.metadata));
    ASSIGN_OR_RETURN(const std::shared_ptr<const VerifiedToken> token, Verified(text));
    if (!token->certificate.empty() && token->certificate != PeerThumbprint(evidence.peer)) {
      return TokenInvalid("is bound to another certificate than the connection's");
    }
    return token->principal;
  }

  absl::Status Confirm(const rpc::Principal& principal) const override {
    if (!KeyCounts(principal)) return TokenInvalid("is signed with a key that was removed");
    if (clock_.Now() >= principal.expiry_time) return TokenInvalid("has expired");
    return absl::OkStatus();
  }

  bool loopback_only() const override { return false; }

 private:
  // Remembered tokens pass Confirm as a stream does: none outlives its key.
  absl::StatusOr<std::shared_ptr<const VerifiedToken>> Verified(absl::string_view text) const {
    const std::string digest = Sha256(text);
    std::shared_ptr<const VerifiedToken> known = cache_.Find(digest);
    if (known != nullptr) {
      const absl::Status confirmed = Confirm(known->principal);
      if (confirmed.ok()) return known;
      cache_.Remove(digest);
      return confirmed;
    }
    ASSIGN_OR_RETURN(const Token token, ParseToken(text));
    const std::shared_ptr<const KeySet> keys = keys_->Keys();
    if (keys->Find(token.kid) == nullptr) keys_->OnUnknownKey();
    ASSIGN_OR_RETURN(VerifiedToken verified, VerifyToken(token, *keys, rules_, clock_.Now()));
    auto result = std::make_shared<const VerifiedToken>(std::move(verified));
    cache_.Add(digest, result);
    return result;
  }

  bool KeyCounts(const rpc::Principal& principal) const {
    absl::string_view thumbprint = principal.key_id;
    return absl::ConsumePrefix(&thumbprint, kTokenKeyPrefix) && keys_->Keys()->Has(thumbprint);
  }

  const TokenRules rules_;
  const Clock& clock_;
  const std::shared_ptr<KeySource> keys_;
  mutable TokenCache cache_;
};

absl::Status OptionWrong(absl::string_view what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "TOKEN_OPTION_WRONG", what);
}

absl::Status CheckOptions(const TokenOptions& options) {
  if (options.issuer.empty()) return OptionWrong("the issuer of tokens is missing");
  if (options.audience.empty()) return OptionWrong("the audience of tokens is missing");
  if (options.clock_skew < absl::ZeroDuration() || options.clock_skew > absl::Minutes(5)) {
    return OptionWrong("clocks may be apart by 0 to 5 minutes");
  }
  if (options.lifetime_max <= absl::ZeroDuration()) {
    return OptionWrong("the longest life of a token is not above zero");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<rpc::Authenticator>> MakeTokenAuthenticator(
    const TokenOptions& options) {
  RETURN_IF_ERROR(CheckOptions(options));
  if (options.jwks.empty()) return OptionWrong("the keys of the issuer are missing: file or URL");
  ASSIGN_OR_RETURN(std::shared_ptr<KeySource> keys,
                   OpenKeySource(options.jwks, options.jwks_ca_file,
                                 {.stale_max = options.stale_max, .metrics = options.metrics},
                                 OrSystemClock(options.clock)));
  return MakeTokenAuthenticator(options, std::move(keys));
}

absl::StatusOr<std::unique_ptr<rpc::Authenticator>> MakeTokenAuthenticator(
    const TokenOptions& options, std::shared_ptr<KeySource> keys) {
  RETURN_IF_ERROR(CheckOptions(options));
  TokenRules rules{options.issuer, options.audience, options.clock_skew, options.lifetime_max};
  return std::make_unique<TokenAuthenticator>(std::move(rules), options.cached_tokens_max,
                                              OrSystemClock(options.clock), std::move(keys));
}

}  // namespace sakip::auth
