#include "common/rpc/identity.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::rpc {
namespace {

constexpr size_t kIdentityBytesMax = 4096;
constexpr size_t kSubjectBytesMax = 128;
constexpr size_t kScopesMax = 64;

absl::Status IdentityInvalid(absl::string_view what) {
  return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID",
                   absl::StrCat("metadata `", kDevIdentityKey, "` ", what,
                                "; subject=NAME;roles=ROLE,...;scopes=regions/35.09,..."));
}

bool IsSubject(absl::string_view text) {
  if (text.empty() || text.size() > kSubjectBytesMax) return false;
  for (const char c : text) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '_' && c != '@' &&
        c != ':' && c != '-') {
      return false;
    }
  }
  return true;
}

absl::Status SetSubject(absl::string_view value, Principal& principal) {
  if (!IsSubject(value)) return IdentityInvalid("has a malformed subject");
  principal.subject = std::string(value);
  return absl::OkStatus();
}

absl::Status SetRoles(absl::string_view value, Principal& principal) {
  for (const absl::string_view name : absl::StrSplit(value, ',')) {
    const std::optional<Role> role = ParseRole(name);
    if (!role.has_value()) return IdentityInvalid("names a role that does not exist");
    principal.roles.push_back(*role);
  }
  return absl::OkStatus();
}

absl::Status SetScopes(absl::string_view value, Principal& principal) {
  for (const absl::string_view name : absl::StrSplit(value, ',')) {
    auto scope = ParseResourceName(name);
    if (!scope.ok() || !scope->collection.empty()) {
      return IdentityInvalid("names a scope that is no region and no agency");
    }
    principal.scopes.push_back(*std::move(scope));
    if (principal.scopes.size() > kScopesMax) return IdentityInvalid("has too many scopes");
  }
  return absl::OkStatus();
}

absl::StatusOr<Principal> ParseDevIdentity(absl::string_view text) {
  if (text.size() > kIdentityBytesMax) return IdentityInvalid("is too long");
  Principal principal;
  for (const absl::string_view part : absl::StrSplit(text, ';')) {
    const std::pair<absl::string_view, absl::string_view> field =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    const auto& [key, value] = field;
    if (key == "subject" && principal.subject.empty()) {
      RETURN_IF_ERROR(SetSubject(value, principal));
    } else if (key == "roles" && principal.roles.empty()) {
      RETURN_IF_ERROR(SetRoles(value, principal));
    } else if (key == "scopes" && principal.scopes.empty()) {
      RETURN_IF_ERROR(SetScopes(value, principal));
    } else {
      return IdentityInvalid("has an unknown or repeated part");
    }
  }
  if (principal.subject.empty() || principal.roles.empty() || principal.scopes.empty()) {
    return IdentityInvalid("lacks subject, roles or scopes");
  }
  return principal;
}

Principal Developer() {
  Principal principal;
  principal.subject = "developer";
  principal.roles.assign(AllRoles().begin(), AllRoles().end());
  ResourceName all;
  all.region = "-";
  principal.scopes.push_back(std::move(all));
  return principal;
}

class DevAuthenticator : public Authenticator {
 public:
  absl::StatusOr<Principal> Authenticate(const Evidence& evidence) const override {
    // Who comes through a proxy comes from loopback, whoever it is.
    if (evidence.metadata.count(kForwardedForKey) > 0) {
      return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID",
                       "development identity is not for callers through a proxy");
    }
    const auto [first, last] = evidence.metadata.equal_range(kDevIdentityKey);
    if (first == last) return Developer();
    if (std::next(first) != last) return IdentityInvalid("is given more than once");
    return ParseDevIdentity(absl::string_view(first->second.data(), first->second.size()));
  }

  absl::Status Confirm(const Principal&) const override { return absl::OkStatus(); }

  bool loopback_only() const override { return true; }
};

}  // namespace

std::unique_ptr<Authenticator> MakeDevAuthenticator() {
  return std::make_unique<DevAuthenticator>();
}

std::string FormatDevIdentity(absl::string_view subject, const std::vector<Role>& roles,
                              const std::vector<std::string>& scopes) {
  return absl::StrCat(
      "subject=", subject, ";roles=",
      absl::StrJoin(roles, ",",
                    [](std::string* out, Role role) { absl::StrAppend(out, RoleName(role)); }),
      ";scopes=", absl::StrJoin(scopes, ","));
}

}  // namespace sakip::rpc
