// Tokens, the keys of issuers and certificates: whatever comes, only what the issuer signed is
// believed.
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/auth/base64url.h"
#include "common/auth/certificate.h"
#include "common/auth/issue_token.h"
#include "common/auth/key_set.h"
#include "common/auth/signing_key.h"
#include "common/auth/token.h"
#include "common/auth/verify_token.h"
#include "common/base/log.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

// Of tests only.
constexpr char kKeyText[] = "MC4CAQAwBQYDK2VwBCIEIOm31r2d24jE1HwTsHG7l8BzAlPnSwp5TUeb2gq5NQYd";

// That key's of a planner of an agency; kept, for each token that is made has an id of its own.
constexpr char kToken[] =
    "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImdteW1La00xcDNXNl8tSVhBX015MDVS"
    "Mm5vWFN5T2VhWUVqZXk3ZjJZX3MifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlLmdvLmlkI"
    "iwiYXVkIjoic2FraXAiLCJzdWIiOiJzaXRpQGRpbnNvcyIsImlhdCI6MTcwMDAwMDAwMCwibmJmIjoxN"
    "zAwMDAwMDAwLCJleHAiOjE3MDAwMDA5MDAsImp0aSI6InpDeXdZWEQxVVBENUtiSmVkbTQ3amciLCJyb"
    "2xlcyI6WyJwbGFubmVyIl0sInNjb3BlcyI6WyJyZWdpb25zLzM1LjA5L2FnZW5jaWVzL2RpbnNvcyJdf"
    "Q.6mY7iL__4m1vofB04tFcgH7frZSh35oixd0_Dp0sNwZEMqiG8D6bQbiTZBuc5kEcT9O7YG4ukV9fsf"
    "uyhgE7Dg";

const absl::Time kNow = absl::FromUnixSeconds(1700000000);

class Issuer {
 public:
  Issuer()
      : key_(auth::SigningKey::FromPem(absl::StrCat("-----BEGIN PRIVATE ", "KEY-----\n", kKeyText,
                                                    "\n-----END PRIVATE KEY-----\n"))
                 .value()),
        jwks_(auth::AddKey("", key_.public_key()).value()),
        keys_(auth::KeySet::Parse(jwks_).value()) {}

  static auth::TokenRules rules() {
    auth::TokenRules rules;
    rules.issuer = "https://issuer.example.go.id";
    rules.audience = "sakip";
    return rules;
  }

  const std::string& jwks() const { return jwks_; }
  const auth::KeySet& keys() const { return keys_; }

 private:
  const auth::SigningKey key_;
  const std::string jwks_;
  const auth::KeySet keys_;
};

const Issuer& TheIssuer() {
  static const Issuer& issuer = *new Issuer;
  return issuer;
}

void TryToken(absl::string_view text) {
  const auto token = auth::ParseToken(text);
  if (!token.ok()) return;
  SAKIP_CHECK(text.size() <= auth::kTokenBytesMax);
  const auto verified = auth::VerifyToken(*token, TheIssuer().keys(), Issuer::rules(), kNow);
  // There is one that it signed.
  if (verified.ok()) SAKIP_CHECK(text == kToken);
}

void TryKeys(absl::string_view text) {
  const auto keys = auth::KeySet::Parse(text);
  if (!keys.ok()) return;
  for (const auto& [kid, key] : keys->keys()) SAKIP_CHECK(keys->Find(kid) == &key);
  const auto token = auth::ParseToken(kToken);
  if (auth::VerifyToken(*token, *keys, Issuer::rules(), kNow).ok()) {
    SAKIP_CHECK(keys->Find(token->kid) != nullptr);
  }
}

void TryBase64(absl::string_view text) {
  const auto bytes = auth::DecodeBase64Url(text);
  if (bytes.has_value()) SAKIP_CHECK(auth::EncodeBase64Url(*bytes) == text);
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  const absl::string_view text = input.substr(1);
  switch (input[0] % 4) {
    case 0:
      return TryToken(text);
    case 1:
      return TryKeys(text);
    case 2:
      return TryBase64(text);
    default:
      static_cast<void>(auth::CertificateThumbprint(text));
      return;
  }
}

std::vector<std::string> Seeds() {
  return {absl::StrCat("0", kToken), absl::StrCat("1", TheIssuer().jwks()), "2c2FraXA",
          "3-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"};
}

}  // namespace sakip::fuzz
