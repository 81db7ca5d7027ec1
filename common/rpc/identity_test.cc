#include "common/rpc/identity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;

absl::StatusOr<Principal> Authenticate(const std::string& identity) {
  const Metadata metadata = {{kDevIdentityKey, identity}};
  return MakeDevAuthenticator()->Authenticate({.metadata = metadata});
}

TEST(DevAuthenticator, ReadsSubjectRolesAndScopes) {
  const auto principal = Authenticate(
      "subject=dev-planner;roles=planner,reporter;scopes=regions/35.09,"
      "regions/35/agencies/dinsos");

  ASSERT_TRUE(principal.ok());
  EXPECT_EQ(principal->subject, "dev-planner");
  EXPECT_THAT(principal->roles, ElementsAre(Role::kPlanner, Role::kReporter));
  ASSERT_EQ(principal->scopes.size(), 2u);
  EXPECT_EQ(principal->scopes[0].region, "35.09");
  EXPECT_EQ(principal->scopes[1].agency, "dinsos");
}

TEST(DevAuthenticator, TakesACallerWithoutIdentityForADeveloperWithEveryRole) {
  const auto principal = MakeDevAuthenticator()->Authenticate({.metadata = {}});

  ASSERT_TRUE(principal.ok());
  EXPECT_EQ(principal->subject, "developer");
  EXPECT_EQ(principal->roles.size(), AllRoles().size());
  ASSERT_EQ(principal->scopes.size(), 1u);
  EXPECT_TRUE(principal->scopes[0].is_all_regions());
}

// It comes from loopback then, whoever sent it.
TEST(DevAuthenticator, BelievesNobodyWhoComesThroughAProxy) {
  const Metadata metadata = {{"x-forwarded-for", "192.0.2.1"}};

  EXPECT_THAT(MakeDevAuthenticator()->Authenticate({.metadata = metadata}),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST(DevAuthenticator, RefusesWhatIsMalformed) {
  for (const std::string identity : {
           "",
           "subject=x",
           "subject=x;roles=planner",
           "subject=;roles=planner;scopes=regions/35",
           "subject=a b;roles=planner;scopes=regions/35",
           "subject=x;roles=;scopes=regions/35",
           "subject=x;roles=emperor;scopes=regions/35",
           "subject=x;roles=planner;scopes=",
           "subject=x;roles=planner;scopes=35",
           "subject=x;roles=planner;scopes=regions/35.09/agencies/dinsos/annualPlans/2023",
           "subject=x;roles=planner;scopes=regions/35;scopes=regions/-",
           "subject=x;roles=planner;scopes=regions/35;admin=1",
           "subject=x;roles=planner;scopes=regions/35;",
       }) {
    EXPECT_THAT(Authenticate(identity), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"))
        << identity;
  }
}

TEST(DevAuthenticator, RefusesTwoIdentities) {
  const std::string identity = FormatDevIdentity("x", {Role::kPlanner}, {"regions/35"});

  const Metadata metadata = {{kDevIdentityKey, identity}, {kDevIdentityKey, identity}};

  EXPECT_THAT(MakeDevAuthenticator()->Authenticate({.metadata = metadata}),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
}

TEST(FormatDevIdentity, IsWhatTheAuthenticatorReads) {
  const std::string identity =
      FormatDevIdentity("x", {Role::kAgencyHead, Role::kAuditor}, {"regions/35", "regions/36"});

  EXPECT_EQ(identity, "subject=x;roles=agency_head,auditor;scopes=regions/35,regions/36");
  EXPECT_TRUE(Authenticate(identity).ok());
}

}  // namespace
}  // namespace sakip::rpc
