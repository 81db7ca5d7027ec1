#include "common/audit/policy_digest.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/message/digest.h"
#include "common/rpc/roles.h"

namespace sakip::audit {
namespace {

std::string RolesWith(absl::string_view permission) {
  std::string roles;
  for (const rpc::Role role : rpc::AllRoles()) {
    if (rpc::RolesAllow({role}, permission)) absl::StrAppend(&roles, rpc::RoleName(role), ",");
  }
  return roles;
}

}  // namespace

std::string PolicyDigest(const rpc::MethodTable& methods) {
  std::vector<std::string> lines;
  for (const rpc::Method& method : methods.methods()) {
    lines.push_back(absl::StrJoin(
        {method.path, method.permission, RolesWith(method.permission), method.tenant_field,
         method.request_id_field, absl::StrCat(method.cost), absl::StrCat(method.readable_below),
         absl::StrCat(method.request_bytes_max), absl::FormatDuration(method.deadline_max)},
        " "));
  }
  std::sort(lines.begin(), lines.end());
  return Sha256(absl::StrJoin(lines, "\n"));
}

}  // namespace sakip::audit
