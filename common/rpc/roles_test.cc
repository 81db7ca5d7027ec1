#include "common/rpc/roles.h"

#include <gtest/gtest.h>

#include <string>

namespace sakip::rpc {
namespace {

constexpr const char* kPermissions[] = {"planning.agencies.register",
                                        "planning.agencies.read",
                                        "planning.documents.publish",
                                        "planning.documents.read",
                                        "planning.code_editions.publish",
                                        "planning.code_editions.read",
                                        "planning.reference_values.publish",
                                        "planning.reference_values.read",
                                        "planning.scoring_policies.publish",
                                        "eventlog.records.read",
                                        "eventlog.head.read",
                                        "eventlog.proofs.read",
                                        "eventlog.backups.create",
                                        "eventlog.backups.read",
                                        "audit.entries.read",
                                        "audit.proofs.read",
                                        "realization.submissions.submit",
                                        "realization.submissions.read",
                                        "realization.submissions.verify",
                                        "realization.submissions.approve",
                                        "realization.submissions.open",
                                        "realization.submissions.close",
                                        "realization.submissions.reopen",
                                        "realization.evidence.upload",
                                        "realization.evidence.read",
                                        "scoring.scorecards.read",
                                        "scoring.policies.read",
                                        "scoring.progress.read",
                                        "scoring.reports.review"};

std::string Allowed(Role role) {
  std::string allowed;
  for (const char* permission : kPermissions) {
    if (RolesAllow({role}, permission)) allowed += std::string(permission) + "\n";
  }
  return allowed;
}

TEST(Roles, HaveNamesThatParseBack) {
  ASSERT_EQ(AllRoles().size(), 8u);
  for (const Role role : AllRoles()) EXPECT_EQ(ParseRole(RoleName(role)), role);
  EXPECT_EQ(ParseRole("emperor"), std::nullopt);
  EXPECT_EQ(ParseRole(""), std::nullopt);
}

TEST(Roles, KnowEveryPermissionAndNoOther) {
  for (const char* permission : kPermissions) EXPECT_TRUE(IsKnownPermission(permission));
  EXPECT_FALSE(IsKnownPermission(""));
  EXPECT_FALSE(IsKnownPermission("planning.documents"));
}

TEST(Roles, OperatorReadsNoTenantsData) {
  EXPECT_EQ(Allowed(Role::kOperator),
            "planning.agencies.register\nplanning.code_editions.publish\n"
            "planning.code_editions.read\n"
            "eventlog.head.read\neventlog.backups.create\neventlog.backups.read\n"
            "scoring.progress.read\n");
}

TEST(Roles, ServiceReadsLogsAndPlansOnly) {
  EXPECT_EQ(Allowed(Role::kService),
            "planning.agencies.read\nplanning.documents.read\nplanning.code_editions.read\n"
            "planning.reference_values.read\neventlog.records.read\neventlog.head.read\n");
}

TEST(Roles, OnlyAuditorsReadTheAuditTrail) {
  for (const Role role : AllRoles()) {
    EXPECT_EQ(RolesAllow({role}, "audit.entries.read"), role == Role::kAuditor) << RoleName(role);
    EXPECT_EQ(RolesAllow({role}, "audit.proofs.read"), role == Role::kAuditor) << RoleName(role);
  }
}

TEST(Roles, ProvinceClientsPublishWhatBelongsToARegion) {
  for (const Role role : AllRoles()) {
    for (const char* publish :
         {"planning.reference_values.publish", "planning.scoring_policies.publish"}) {
      EXPECT_EQ(RolesAllow({role}, publish), role == Role::kProvinceReader)
          << publish << " " << RoleName(role);
    }
    EXPECT_EQ(RolesAllow({role}, "planning.code_editions.publish"),
              role == Role::kProvinceReader || role == Role::kOperator)
        << RoleName(role);
  }
}

TEST(Roles, ReadersWriteNothingOfAnAgency) {
  for (const Role role : {Role::kProvinceReader, Role::kAuditor}) {
    for (const char* write : {"planning.agencies.register", "planning.documents.publish",
                              "realization.submissions.submit", "realization.submissions.verify",
                              "realization.submissions.approve", "realization.submissions.open",
                              "realization.submissions.close", "realization.submissions.reopen",
                              "realization.evidence.upload"}) {
      EXPECT_FALSE(RolesAllow({role}, write)) << RoleName(role) << " " << write;
    }
  }
}

TEST(Roles, WhoSubmitsNeitherVerifiesNorApproves) {
  EXPECT_TRUE(RolesAllow({Role::kReporter}, "realization.submissions.submit"));
  EXPECT_FALSE(RolesAllow({Role::kReporter}, "realization.submissions.verify"));
  EXPECT_FALSE(RolesAllow({Role::kReporter}, "realization.submissions.approve"));
  EXPECT_TRUE(RolesAllow({Role::kReporter, Role::kVerifier}, "realization.submissions.verify"));
  EXPECT_FALSE(RolesAllow({Role::kVerifier}, "realization.submissions.approve"));
  EXPECT_FALSE(RolesAllow({Role::kAgencyHead}, "realization.submissions.verify"));
  EXPECT_FALSE(RolesAllow({Role::kReporter}, "realization.submissions.reopen"));
  EXPECT_FALSE(RolesAllow({}, "realization.submissions.read"));
}

}  // namespace
}  // namespace sakip::rpc
