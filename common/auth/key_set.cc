#include "common/auth/key_set.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/auth/base64url.h"
#include "common/auth/strict_json.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::auth {
namespace {

using nlohmann::json;

constexpr size_t kKidBytesMax = 128;

absl::Status Malformed(absl::string_view what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "JWKS_MALFORMED", what);
}

// What leaves one key out; the set goes on without it.
absl::Status LeftOut(absl::string_view why) { return absl::NotFoundError(why); }

// The member `name` where it is a text, otherwise empty.
std::string Text(const json& jwk, const char* name) {
  const auto member = jwk.find(name);
  return member != jwk.end() && member->is_string() ? member->get<std::string>() : "";
}

absl::StatusOr<std::string> Number(const json& jwk, const char* name) {
  const std::optional<std::string> bytes = DecodeBase64Url(Text(jwk, name));
  if (!bytes.has_value() || bytes->empty()) {
    return LeftOut(absl::StrCat("`", name, "` is missing or no base64url"));
  }
  return *bytes;
}

absl::StatusOr<PublicKey> KeyOfKind(const json& jwk) {
  const std::string kty = Text(jwk, "kty");
  const std::string crv = Text(jwk, "crv");
  if (kty == "RSA") {
    ASSIGN_OR_RETURN(const std::string n, Number(jwk, "n"));
    ASSIGN_OR_RETURN(const std::string e, Number(jwk, "e"));
    return PublicKey::FromRsa(n, e);
  }
  if (kty == "EC" && crv == "P-256") {
    ASSIGN_OR_RETURN(const std::string x, Number(jwk, "x"));
    ASSIGN_OR_RETURN(const std::string y, Number(jwk, "y"));
    return PublicKey::FromP256(x, y);
  }
  if (kty == "OKP" && crv == "Ed25519") {
    ASSIGN_OR_RETURN(const std::string x, Number(jwk, "x"));
    return PublicKey::FromEd25519(x);
  }
  return LeftOut("it is neither RSA nor P-256 nor Ed25519");
}

bool MayVerify(const json& jwk) {
  if (jwk.contains("use") && Text(jwk, "use") != "sig") return false;
  const auto operations = jwk.find("key_ops");
  if (operations == jwk.end()) return true;
  if (!operations->is_array()) return false;
  for (const json& operation : *operations) {
    if (operation == "verify") return true;
  }
  return false;
}

absl::StatusOr<PublicKey> ReadKey(const json& jwk) {
  if (!MayVerify(jwk)) return LeftOut("`use` or `key_ops` is not for checking signatures");
  const std::string kid = Text(jwk, "kid");
  if (kid.empty() || kid.size() > kKidBytesMax) {
    return LeftOut(absl::StrCat("`kid` is missing or has more than ", kKidBytesMax, " bytes"));
  }
  ASSIGN_OR_RETURN(PublicKey key, KeyOfKind(jwk));
  if (jwk.contains("alg") && Text(jwk, "alg") != AlgorithmName(key.algorithm())) {
    return LeftOut(absl::StrCat("`alg` is not ", AlgorithmName(key.algorithm())));
  }
  return key;
}

}  // namespace

absl::StatusOr<KeySet> KeySet::Parse(absl::string_view jwks) {
  if (jwks.size() > kJwksBytesMax) {
    return Malformed(absl::StrCat("it has more than ", kJwksBytesMax, " bytes"));
  }
  const std::optional<json> object = ParseStrictObject(jwks);
  if (!object.has_value() || !object->contains("keys") || !object->at("keys").is_array()) {
    return Malformed("it is no JSON object with an array `keys`, or names a member twice");
  }
  KeySet set;
  std::set<std::string> kids;
  int index = 0;
  for (const json& jwk : object->at("keys")) {
    const std::string place = absl::StrCat("keys[", index++, "]");
    if (!jwk.is_object()) return Malformed(absl::StrCat(place, " is no JSON object"));
    if (jwk.contains("d")) {
      return Malformed(absl::StrCat(place,
                                    " is a private key: it is known to others now, so make "
                                    "another one and publish its public part"));
    }
    // Also of a key that is left out: which of the two signed is not to be guessed.
    const std::string kid = Text(jwk, "kid");
    if (!kid.empty() && !kids.insert(kid).second) {
      return Malformed(absl::StrCat(place, " has the `kid` of another key"));
    }
    absl::StatusOr<PublicKey> key = ReadKey(jwk);
    if (!key.ok()) {
      set.left_out_.push_back(absl::StrCat(place, ": ", key.status().message()));
      continue;
    }
    set.thumbprints_.insert(key->thumbprint());
    set.keys_.emplace(kid, *std::move(key));
  }
  return set;
}

const PublicKey* KeySet::Find(absl::string_view kid) const {
  const auto found = keys_.find(std::string(kid));
  return found == keys_.end() ? nullptr : &found->second;
}

bool KeySet::Has(absl::string_view thumbprint) const {
  return thumbprints_.count(std::string(thumbprint)) != 0;
}

}  // namespace sakip::auth
