#include "common/auth/issue_token.h"

#include <openssl/rand.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/auth/base64url.h"
#include "common/auth/key_set.h"
#include "common/auth/strict_json.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::auth {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kIdBytes = 16;

std::string RandomId() {
  std::string bytes(kIdBytes, '\0');
  SAKIP_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()),
                         static_cast<int>(bytes.size())) == 1);
  return EncodeBase64Url(bytes);
}

std::string Encode(const Json& json) {
  return EncodeBase64Url(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

absl::Status Wrong(absl::string_view what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "JWKS_MALFORMED", what);
}

// What KeySet::Parse takes, with all that is in it.
absl::StatusOr<Json> Read(absl::string_view jwks) {
  RETURN_IF_ERROR(KeySet::Parse(jwks).status());
  return Json::parse(jwks.begin(), jwks.end());
}

absl::StatusOr<std::string> Write(const Json& document) {
  std::string jwks = document.dump(2) + "\n";
  RETURN_IF_ERROR(KeySet::Parse(jwks).status());
  return jwks;
}

}  // namespace

std::string IssueToken(const TokenRequest& request, const SigningKey& key) {
  const PublicKey& public_key = key.public_key();
  const Json header = {{"alg", std::string(AlgorithmName(public_key.algorithm()))},
                       {"typ", "at+jwt"},
                       {"kid", public_key.thumbprint()}};
  Json roles = Json::array();
  for (const rpc::Role role : request.roles) roles.push_back(std::string(rpc::RoleName(role)));
  const int64_t issued = absl::ToUnixSeconds(request.issue_time);
  Json claims = {{"iss", request.issuer},
                 {"aud", request.audience},
                 {"sub", request.subject},
                 {"iat", issued},
                 {"nbf", issued},
                 {"exp", absl::ToUnixSeconds(request.issue_time + request.lifetime)},
                 {"jti", RandomId()},
                 {"roles", roles},
                 {"scopes", request.scopes}};
  if (!request.certificate.empty()) {
    claims["cnf"] = {{"x5t#S256", EncodeBase64Url(request.certificate)}};
  }
  const std::string message = absl::StrCat(Encode(header), ".", Encode(claims));
  return absl::StrCat(message, ".", EncodeBase64Url(key.Sign(message)));
}

absl::StatusOr<std::string> AddKey(absl::string_view jwks, const PublicKey& key) {
  ASSIGN_OR_RETURN(Json document, Read(jwks.empty() ? R"({"keys":[]})" : jwks));
  Json jwk = Json::parse(key.jwk());
  jwk["kid"] = key.thumbprint();
  jwk["use"] = "sig";
  jwk["alg"] = std::string(AlgorithmName(key.algorithm()));
  document.at("keys").push_back(std::move(jwk));
  return Write(document);
}

absl::StatusOr<std::string> RetireKey(absl::string_view jwks, absl::string_view kid) {
  ASSIGN_OR_RETURN(const Json document, Read(jwks));
  Json without = document;
  Json& keys = without.at("keys");
  keys.clear();
  for (const Json& jwk : document.at("keys")) {
    if (jwk.value("kid", Json()) != std::string(kid)) keys.push_back(jwk);
  }
  if (keys.size() == document.at("keys").size()) {
    return Wrong(absl::StrCat("there is no key called ", kid));
  }
  return Write(without);
}

}  // namespace sakip::auth
