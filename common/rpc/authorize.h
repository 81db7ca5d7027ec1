// Decides whether a caller may do something to a tenant's data. Pure and thread-safe.
#ifndef SAKIP_COMMON_RPC_AUTHORIZE_H_
#define SAKIP_COMMON_RPC_AUTHORIZE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/call.h"

namespace sakip::rpc {

// Returns the tenant that `name` belongs to: `regions/-`, or the agency that `name` is or lies in
// at any depth or, where it lies in none, the region. What follows the tenant is the handler's to
// check.
//   INVALID_ARGUMENT  INVALID_FIELD at `field`: it is none of these.
absl::StatusOr<std::string> TenantOf(absl::string_view field, absl::string_view name);

// Whose scopes reach a tenant: those of the tenant and above it, or for what is read by everyone
// (Authorization.readable_below) those below it too.
enum class Reach { kAbove, kAboveAndBelow };

// The narrowest of the principal's scopes that covers `tenant`, a result of TenantOf; null where
// none does. `regions/-` is covered by the scope `regions/-` alone, a region by the scope of an
// agency in it only where what is below reaches too.
const ResourceName* CoveringScope(const Principal& principal, absl::string_view tenant,
                                  Reach reach = Reach::kAbove);

inline bool CoversTenant(const Principal& principal, absl::string_view tenant,
                         Reach reach = Reach::kAbove) {
  return CoveringScope(principal, tenant, reach) != nullptr;
}

// The name of a scope: that of a tenant, or `regions/-`.
std::string ScopeName(const ResourceName& scope);

// Returns the CoveringScope, one of the principal's, by which it has `permission` on `tenant`. The
// refusal tells nothing about whether the tenant exists.
//   PERMISSION_DENIED  PERMISSION_DENIED
absl::StatusOr<const ResourceName*> AuthorizeTenant(const Principal& principal,
                                                    absl::string_view permission,
                                                    absl::string_view tenant,
                                                    Reach reach = Reach::kAbove);

// OK where the principal has `permission`, for a method of `service` that touches no tenant's data.
//   PERMISSION_DENIED  PERMISSION_DENIED
absl::Status AuthorizeService(const Principal& principal, absl::string_view permission,
                              absl::string_view service);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_AUTHORIZE_H_
