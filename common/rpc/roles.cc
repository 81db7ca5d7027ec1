#include "common/rpc/roles.h"

#include <cstdint>

namespace sakip::rpc {
namespace {

constexpr Role kAllRoles[] = {Role::kPlanner,    Role::kReporter,       Role::kVerifier,
                              Role::kAgencyHead, Role::kProvinceReader, Role::kAuditor,
                              Role::kOperator,   Role::kService};

constexpr uint32_t Bit(Role role) { return uint32_t{1} << static_cast<int>(role); }

constexpr uint32_t kPlanner = Bit(Role::kPlanner);
constexpr uint32_t kReporter = Bit(Role::kReporter);
constexpr uint32_t kVerifier = Bit(Role::kVerifier);
constexpr uint32_t kAgencyHead = Bit(Role::kAgencyHead);
constexpr uint32_t kProvinceReader = Bit(Role::kProvinceReader);
constexpr uint32_t kAuditor = Bit(Role::kAuditor);
constexpr uint32_t kOperator = Bit(Role::kOperator);
constexpr uint32_t kService = Bit(Role::kService);

// Those who work in or look into agencies.
constexpr uint32_t kReaders =
    kPlanner | kReporter | kVerifier | kAgencyHead | kProvinceReader | kAuditor;

struct Grant {
  absl::string_view permission;
  uint32_t roles;
};

// The one table of permissions.
constexpr Grant kGrants[] = {
    {"planning.agencies.register", kOperator | kPlanner},
    {"planning.agencies.read", kReaders | kService},
    {"planning.documents.publish", kPlanner},
    {"planning.documents.read", kReaders | kService},
    // Code lists are no tenant's data; figures are, and integration clients bring them.
    {"planning.code_editions.publish", kOperator | kProvinceReader},
    {"planning.code_editions.read", kReaders | kOperator | kService},
    {"planning.reference_values.publish", kProvinceReader},
    // A policy decides what agencies score, so whoever runs the machines does not bring it.
    {"planning.scoring_policies.publish", kProvinceReader},
    {"planning.reference_values.read", kReaders | kService},
    {"eventlog.records.read", kReaders | kService},
    {"eventlog.head.read", kReaders | kOperator | kService},
    // An agency proves its own receipts, so all who read may ask.
    {"eventlog.proofs.read", kReaders},
    {"eventlog.backups.create", kOperator},
    {"eventlog.backups.read", kOperator},
    {"audit.entries.read", kAuditor},
    {"audit.proofs.read", kAuditor},
    {"realization.submissions.submit", kReporter},
    {"realization.submissions.read", kReaders},
    {"realization.submissions.verify", kVerifier},
    {"realization.submissions.approve", kAgencyHead},
    {"realization.submissions.open", kVerifier},
    {"realization.submissions.close", kVerifier},
    {"realization.submissions.reopen", kVerifier},
    {"realization.evidence.upload", kReporter},
    {"realization.evidence.read", kReaders},
    {"scoring.scorecards.read", kReaders},
    {"scoring.policies.read", kReaders},
    {"scoring.progress.read", kReaders | kOperator},
    {"scoring.reports.review", kReaders},
};

uint32_t RolesWith(absl::string_view permission) {
  for (const Grant& grant : kGrants) {
    if (grant.permission == permission) return grant.roles;
  }
  return 0;
}

}  // namespace

absl::Span<const Role> AllRoles() { return kAllRoles; }

absl::string_view RoleName(Role role) {
  switch (role) {
    case Role::kPlanner:
      return "planner";
    case Role::kReporter:
      return "reporter";
    case Role::kVerifier:
      return "verifier";
    case Role::kAgencyHead:
      return "agency_head";
    case Role::kProvinceReader:
      return "province_reader";
    case Role::kAuditor:
      return "auditor";
    case Role::kOperator:
      return "operator";
    case Role::kService:
      return "service";
  }
  return "";
}

std::optional<Role> ParseRole(absl::string_view name) {
  for (const Role role : kAllRoles) {
    if (RoleName(role) == name) return role;
  }
  return std::nullopt;
}

bool IsKnownPermission(absl::string_view permission) { return RolesWith(permission) != 0; }

bool RolesAllow(const std::vector<Role>& roles, absl::string_view permission) {
  const uint32_t allowed = RolesWith(permission);
  for (const Role role : roles) {
    if ((allowed & Bit(role)) != 0) return true;
  }
  return false;
}

}  // namespace sakip::rpc
