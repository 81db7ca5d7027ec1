#include "common/rpc/authorize.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"

namespace sakip::rpc {
namespace {

absl::Status Denied(absl::string_view permission, absl::string_view resource) {
  return MakeError(absl::StatusCode::kPermissionDenied, "PERMISSION_DENIED",
                   absl::StrCat("Permission `", permission, "` denied on resource `", resource,
                                "` (or it might not exist)."));
}

bool ScopeCoversRegion(const ResourceName& scope, const ResourceName& region) {
  if (scope.is_all_regions()) return true;
  if (!scope.agency.empty() || region.is_all_regions()) return false;
  return RegionCovers(scope.region, region.region);
}

// Of two that cover the same.
bool IsNarrower(const ResourceName& scope, const ResourceName& other) {
  if (scope.agency.empty() != other.agency.empty()) return !scope.agency.empty();
  if (scope.is_all_regions() || other.is_all_regions()) return !scope.is_all_regions();
  return scope.region.size() > other.region.size();
}

}  // namespace

absl::StatusOr<std::string> TenantOf(absl::string_view field, absl::string_view name) {
  const absl::string_view owner = OwnerOf(name);
  if (!owner.empty()) return std::string(owner);
  const auto parsed = ParseResourceName(name);
  if (!parsed.ok()) {
    const absl::string_view why = parsed.status().message();
    return InvalidField(field, why);
  }
  return std::string(name);
}

const ResourceName* CoveringScope(const Principal& principal, absl::string_view tenant,
                                  Reach reach) {
  const auto parsed = ParseResourceName(tenant);
  if (!parsed.ok()) return nullptr;
  const bool above_only = parsed->agency.empty() && reach == Reach::kAbove;
  const ResourceName* narrowest = nullptr;
  for (const ResourceName& scope : principal.scopes) {
    if (above_only ? !ScopeCoversRegion(scope, *parsed) : !ScopeCovers(scope, tenant)) continue;
    if (narrowest == nullptr || IsNarrower(scope, *narrowest)) narrowest = &scope;
  }
  return narrowest;
}

std::string ScopeName(const ResourceName& scope) {
  return scope.agency.empty() ? absl::StrCat("regions/", scope.region) : scope.AgencyName();
}

absl::StatusOr<const ResourceName*> AuthorizeTenant(const Principal& principal,
                                                    absl::string_view permission,
                                                    absl::string_view tenant, Reach reach) {
  if (!RolesAllow(principal.roles, permission)) return Denied(permission, tenant);
  const ResourceName* const scope = CoveringScope(principal, tenant, reach);
  if (scope == nullptr) return Denied(permission, tenant);
  return scope;
}

absl::Status AuthorizeService(const Principal& principal, absl::string_view permission,
                              absl::string_view service) {
  if (RolesAllow(principal.roles, permission)) return absl::OkStatus();
  return Denied(permission, service);
}

}  // namespace sakip::rpc
