#include "common/auth/token.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/auth/base64url.h"
#include "common/auth/strict_json.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::auth {
namespace {

using nlohmann::json;

constexpr size_t kSubjectBytesMax = 128;
constexpr size_t kScopesMax = 64;
constexpr size_t kCertificateBytes = 32;
// The end of the year 9999: what is later is a mistake, such as milliseconds.
constexpr uint64_t kSecondsMax = 253402300799;

absl::StatusOr<json> DecodePart(absl::string_view part, absl::string_view name) {
  const std::optional<std::string> text = DecodeBase64Url(part);
  if (!text.has_value()) return TokenInvalid(absl::StrCat("has a ", name, " that is no base64url"));
  std::optional<json> object = ParseStrictObject(*text);
  if (!object.has_value()) {
    return TokenInvalid(absl::StrCat("has a ", name,
                                     " that is no JSON object, nests too deep or names a "
                                     "member twice"));
  }
  return *std::move(object);
}

absl::StatusOr<std::string> TextOf(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string() ||
      member->get_ref<const std::string&>().empty()) {
    return TokenInvalid(absl::StrCat("has no text `", name, "`"));
  }
  return member->get<std::string>();
}

absl::StatusOr<absl::Time> TimeOf(const json& claims, const char* name) {
  const auto member = claims.find(name);
  if (member == claims.end() || !member->is_number_unsigned() ||
      member->get<uint64_t>() > kSecondsMax) {
    return TokenInvalid(absl::StrCat("has no `", name, "` in whole seconds since 1970"));
  }
  return absl::FromUnixSeconds(static_cast<int64_t>(member->get<uint64_t>()));
}

// The texts of an array; absent where it is none or has anything else.
std::optional<std::vector<std::string>> TextsOf(const json& array) {
  if (!array.is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const json& item : array) {
    if (!item.is_string()) return std::nullopt;
    texts.push_back(item.get<std::string>());
  }
  return texts;
}

absl::StatusOr<std::vector<std::string>> AudiencesOf(const json& claims) {
  const json aud = claims.value("aud", json());
  if (aud.is_string()) return std::vector<std::string>{aud.get<std::string>()};
  std::optional<std::vector<std::string>> audiences = TextsOf(aud);
  if (!audiences.has_value()) return TokenInvalid("has no `aud`, a text or an array of texts");
  return *std::move(audiences);
}

absl::Status CheckSubject(absl::string_view subject) {
  for (const char c : subject) {
    if (!absl::ascii_isgraph(static_cast<unsigned char>(c)) || subject.size() > kSubjectBytesMax) {
      return TokenInvalid(absl::StrCat("has a `sub` that is not visible ASCII of at most ",
                                       kSubjectBytesMax, " bytes"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<rpc::Role>> RolesOf(const json& claims) {
  const auto names = TextsOf(claims.value("roles", json()));
  if (!names.has_value() || names->empty() || names->size() > rpc::AllRoles().size()) {
    return TokenInvalid("has no `roles`, an array of names of roles");
  }
  std::vector<rpc::Role> roles;
  for (const std::string& name : *names) {
    const std::optional<rpc::Role> role = rpc::ParseRole(name);
    if (!role.has_value()) return TokenInvalid("names a role that does not exist");
    // Whoever issues tokens could else write what services alone may.
    if (*role == rpc::Role::kService) {
      return TokenInvalid("gives the role `service`, which only certificates give");
    }
    roles.push_back(*role);
  }
  return roles;
}

absl::StatusOr<std::vector<ResourceName>> ScopesOf(const json& claims) {
  const auto names = TextsOf(claims.value("scopes", json()));
  if (!names.has_value() || names->size() > kScopesMax) {
    return TokenInvalid(absl::StrCat("has no `scopes`, an array of at most ", kScopesMax,
                                     " names of regions and agencies"));
  }
  std::vector<ResourceName> scopes;
  for (const std::string& name : *names) {
    auto scope = ParseResourceName(name);
    if (!scope.ok() || !scope->collection.empty()) {
      return TokenInvalid("names a scope that is no region and no agency");
    }
    scopes.push_back(*std::move(scope));
  }
  return scopes;
}

// A confirmation of another kind cannot be checked here, so the token must not be taken.
absl::StatusOr<std::string> CertificateOf(const json& claims) {
  const auto cnf = claims.find("cnf");
  if (cnf == claims.end()) return "";
  if (cnf->is_object() && cnf->size() == 1) {
    const json thumbprint = cnf->value("x5t#S256", json());
    const auto bytes = thumbprint.is_string() ? DecodeBase64Url(thumbprint.get<std::string>())
                                              : std::optional<std::string>();
    if (bytes.has_value() && bytes->size() == kCertificateBytes) return *bytes;
  }
  return TokenInvalid("has a `cnf` that is not {\"x5t#S256\": SHA-256 of a certificate}");
}

absl::Status ReadHeader(const json& header, Token& token) {
  ASSIGN_OR_RETURN(token.alg, TextOf(header, "alg"));
  ASSIGN_OR_RETURN(token.kid, TextOf(header, "kid"));
  ASSIGN_OR_RETURN(const std::string type, TextOf(header, "typ"));
  // RFC 7515 section 4.1.9: media types, whose case says nothing.
  if (!absl::EqualsIgnoreCase(type, "at+jwt") && !absl::EqualsIgnoreCase(type, "JWT") &&
      !absl::EqualsIgnoreCase(type, "application/at+jwt")) {
    return TokenInvalid("has a `typ` that is neither at+jwt nor JWT");
  }
  if (header.contains("crit")) return TokenInvalid("asks for what is not understood: `crit`");
  return absl::OkStatus();
}

absl::Status ReadClaims(const json& claims, Token& token) {
  ASSIGN_OR_RETURN(token.issuer, TextOf(claims, "iss"));
  ASSIGN_OR_RETURN(token.subject, TextOf(claims, "sub"));
  RETURN_IF_ERROR(CheckSubject(token.subject));
  ASSIGN_OR_RETURN(token.audiences, AudiencesOf(claims));
  ASSIGN_OR_RETURN(token.expiry_time, TimeOf(claims, "exp"));
  ASSIGN_OR_RETURN(token.not_before_time, TimeOf(claims, "nbf"));
  ASSIGN_OR_RETURN(token.issue_time, TimeOf(claims, "iat"));
  ASSIGN_OR_RETURN(token.roles, RolesOf(claims));
  ASSIGN_OR_RETURN(token.scopes, ScopesOf(claims));
  ASSIGN_OR_RETURN(token.certificate, CertificateOf(claims));
  return absl::OkStatus();
}

}  // namespace

absl::Status TokenInvalid(absl::string_view what) {
  return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID",
                   absl::StrCat("the token ", what));
}

absl::StatusOr<Token> ParseToken(absl::string_view text) {
  if (text.size() > kTokenBytesMax) {
    return TokenInvalid(absl::StrCat("has more than ", kTokenBytesMax, " bytes"));
  }
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  if (parts.size() != 3) return TokenInvalid("is no JWT: header, claims and signature, with dots");
  Token token;
  ASSIGN_OR_RETURN(const json header, DecodePart(parts[0], "header"));
  RETURN_IF_ERROR(ReadHeader(header, token));
  ASSIGN_OR_RETURN(const json claims, DecodePart(parts[1], "body"));
  RETURN_IF_ERROR(ReadClaims(claims, token));
  std::optional<std::string> signature = DecodeBase64Url(parts[2]);
  if (!signature.has_value()) return TokenInvalid("has a signature that is no base64url");
  token.signature = *std::move(signature);
  token.signed_bytes = std::string(text.substr(0, parts[0].size() + 1 + parts[1].size()));
  return token;
}

}  // namespace sakip::auth
