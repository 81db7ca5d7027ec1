// An issuer for the tests of this folder, which also signs what no issuer should.
#ifndef SAKIP_COMMON_AUTH_TEST_ISSUER_H_
#define SAKIP_COMMON_AUTH_TEST_ISSUER_H_

#include <atomic>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/auth/base64url.h"
#include "common/auth/issue_token.h"
#include "common/auth/key_source.h"
#include "common/auth/signing_key.h"
#include "common/base/log.h"
#include "common/base/mutex.h"

namespace sakip::auth {

inline constexpr char kIssuer[] = "https://issuer.example.go.id";
inline constexpr char kAudience[] = "sakip";

// Made once: an RSA key takes a while.
inline const SigningKey& TestKey(Algorithm algorithm) {
  static const SigningKey& rsa = *new SigningKey(SigningKey::Generate(Algorithm::kRs256));
  static const SigningKey& p256 = *new SigningKey(SigningKey::Generate(Algorithm::kEs256));
  static const SigningKey& ed25519 = *new SigningKey(SigningKey::Generate(Algorithm::kEdDsa));
  switch (algorithm) {
    case Algorithm::kRs256:
      return rsa;
    case Algorithm::kEs256:
      return p256;
    case Algorithm::kEdDsa:
      break;
  }
  return ed25519;
}

inline TokenRequest GoodRequest(absl::Time now) {
  TokenRequest request;
  request.issuer = kIssuer;
  request.audience = kAudience;
  request.subject = "siti@dinsos";
  request.roles = {rpc::Role::kPlanner, rpc::Role::kReporter};
  request.scopes = {"regions/35.09/agencies/dinsos", "regions/35.10"};
  request.issue_time = now;
  return request;
}

// Header and claims of a token in JSON, to spoil.
struct LooseToken {
  explicit LooseToken(const std::string& token) {
    const size_t first = token.find('.');
    const size_t second = token.find('.', first + 1);
    header = nlohmann::json::parse(*DecodeBase64Url(token.substr(0, first)));
    claims = nlohmann::json::parse(*DecodeBase64Url(token.substr(first + 1, second - first - 1)));
  }

  nlohmann::json header;
  nlohmann::json claims;
};

// The two texts as a token that `key` signed, whatever they say.
inline std::string SignTexts(const std::string& header, const std::string& claims,
                             const SigningKey& key) {
  const std::string message = absl::StrCat(EncodeBase64Url(header), ".", EncodeBase64Url(claims));
  return absl::StrCat(message, ".", EncodeBase64Url(key.Sign(message)));
}

inline std::string Sign(const LooseToken& token, const SigningKey& key) {
  return SignTexts(token.header.dump(), token.claims.dump(), key);
}

// A JWKS of these keys.
inline std::string Jwks(std::initializer_list<Algorithm> algorithms) {
  std::string jwks = R"({"keys":[]})";
  for (const Algorithm algorithm : algorithms) {
    jwks = AddKey(jwks, TestKey(algorithm).public_key()).value();
  }
  return jwks;
}

// Keys that a test sets. Thread-safe.
class TestKeys final : public KeySource {
 public:
  explicit TestKeys(const std::string& jwks) { Set(jwks); }

  void Set(const std::string& jwks) {
    MutexLock lock(mutex_);
    keys_ = std::make_shared<const KeySet>(KeySet::Parse(jwks).value());
  }
  std::shared_ptr<const KeySet> Keys() const override {
    MutexLock lock(mutex_);
    return keys_;
  }
  void OnUnknownKey() override { ++unknown; }

  std::atomic<int> unknown{0};

 private:
  mutable Mutex mutex_;
  std::shared_ptr<const KeySet> keys_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_TEST_ISSUER_H_
