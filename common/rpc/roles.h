// Roles of callers and what each allows. Values; all functions are pure and thread-safe.
//
// A role says what a caller may do, a scope says on whose data (common/rpc/authorize.h).
#ifndef SAKIP_COMMON_RPC_ROLES_H_
#define SAKIP_COMMON_RPC_ROLES_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace sakip::rpc {

enum class Role {
  kPlanner,         // Publishes plans (perencana).
  kReporter,        // Submits quarters (pelapor).
  kVerifier,        // Verifies, returns and closes quarters (verifikator, inspektorat).
  kAgencyHead,      // Approves what the agency submits (kepala perangkat daerah).
  kProvinceReader,  // Reads a whole region in bulk and as a stream.
  kAuditor,         // Reads everything in scope, with proofs.
  kOperator,        // Runs the system; registers agencies and reads no tenant's data.
  kService,         // Another service of the suite.
};

// Every role, in the order of the enum.
absl::Span<const Role> AllRoles();

// The name in an identity: `planner`, `agency_head`.
absl::string_view RoleName(Role role);

// The role of that name; nothing where there is none.
std::optional<Role> ParseRole(absl::string_view name);

// True where some role could hold `permission`. An RPC that declares another is a mistake.
bool IsKnownPermission(absl::string_view permission);

// True where one of `roles` has `permission`.
bool RolesAllow(const std::vector<Role>& roles, absl::string_view permission);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_ROLES_H_
