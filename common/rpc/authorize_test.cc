#include "common/rpc/authorize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

Principal WithScopes(const std::vector<std::string>& scopes) {
  Principal principal;
  principal.roles = {Role::kReporter};
  for (const std::string& scope : scopes) {
    principal.scopes.push_back(ParseResourceName(scope).value());
  }
  return principal;
}

struct Case {
  const char* scope;
  const char* tenant;
  bool covered;
};

TEST(CoversTenant, ComparesBySegments) {
  for (const Case& c : std::vector<Case>{
           {"regions/35", "regions/35", true},
           {"regions/35", "regions/35.09", true},
           {"regions/35", "regions/35.09/agencies/dinsos", true},
           {"regions/35.09", "regions/35", false},
           {"regions/35.09", "regions/35.10", false},
           {"regions/35", "regions/36", false},
           {"regions/35", "regions/-", false},
           {"regions/-", "regions/-", true},
           {"regions/-", "regions/35.09", true},
           {"regions/-", "regions/35.09/agencies/dinsos", true},
           {"regions/35.09/agencies/dinsos", "regions/35.09/agencies/dinsos", true},
           {"regions/35.09/agencies/dinsos", "regions/35.09/agencies/dinkes", false},
           {"regions/35.09/agencies/dinsos", "regions/35.10/agencies/dinsos", false},
           {"regions/35.09/agencies/dinsos", "regions/35.09", false},
           {"regions/35.09/agencies/dinsos", "regions/-", false},
       }) {
    EXPECT_EQ(CoversTenant(WithScopes({c.scope}), c.tenant), c.covered)
        << c.scope << " and " << c.tenant;
  }
}

TEST(CoversTenant, WhatIsReadByEveryoneReachesScopesBelow) {
  for (const Case& c : std::vector<Case>{
           {"regions/-", "regions/35", true},
           {"regions/35", "regions/35", true},
           {"regions/35.09", "regions/35", true},
           {"regions/35.09/agencies/dinsos", "regions/35", true},
           {"regions/36.09/agencies/dinsos", "regions/35", false},
           {"regions/35.09", "regions/35.10", false},
           {"regions/35.09/agencies/dinsos", "regions/35.09/agencies/dinkes", false},
           {"regions/35.09/agencies/dinsos", "regions/-", false},
       }) {
    EXPECT_EQ(CoversTenant(WithScopes({c.scope}), c.tenant, Reach::kAboveAndBelow), c.covered)
        << c.scope << " and " << c.tenant;
  }
}

TEST(CoveringScope, IsTheNarrowestThatLetsIn) {
  const auto covering = [](absl::string_view tenant, Reach reach) {
    const Principal principal =
        WithScopes({"regions/36", "regions/-", "regions/35", "regions/35.09/agencies/dinsos"});
    return ScopeName(*CoveringScope(principal, tenant, reach));
  };

  EXPECT_EQ(covering("regions/35.09/agencies/dinsos", Reach::kAbove),
            "regions/35.09/agencies/dinsos");
  EXPECT_EQ(covering("regions/35.09/agencies/dinkes", Reach::kAbove), "regions/35");
  EXPECT_EQ(covering("regions/35.09", Reach::kAbove), "regions/35");
  EXPECT_EQ(covering("regions/35.09", Reach::kAboveAndBelow), "regions/35.09/agencies/dinsos");
  EXPECT_EQ(covering("regions/37", Reach::kAbove), "regions/-");
  EXPECT_EQ(CoveringScope(WithScopes({"regions/36"}), "regions/35"), nullptr);
}

TEST(CoversTenant, LooksAtEveryScope) {
  EXPECT_TRUE(CoversTenant(WithScopes({"regions/36", "regions/35"}), "regions/35.09"));
  EXPECT_FALSE(CoversTenant(WithScopes({}), "regions/35"));
}

TEST(TenantOf, IsTheAgencyAtAnyDepthOrElseTheRegion) {
  EXPECT_EQ(TenantOf("name", "regions/35.09/agencies/dinsos").value(),
            "regions/35.09/agencies/dinsos");
  EXPECT_EQ(TenantOf("name", "regions/35.09/agencies/dinsos/years/2023/quarters/4").value(),
            "regions/35.09/agencies/dinsos");
  EXPECT_EQ(TenantOf("name", "regions/35").value(), "regions/35");
  EXPECT_EQ(TenantOf("name", "regions/35/codeEditions/permendagri-90").value(), "regions/35");
  EXPECT_EQ(TenantOf("name", "regions/-").value(), "regions/-");
}

TEST(TenantOf, NamesTheFieldOfAnythingElse) {
  for (const char* name :
       {"", "regions", "regions/3", "agencies/dinsos", "regions/-/agencies/dinsos",
        "regions/-/codeEditions/permendagri-90", "regions/35.09/agencies/DINSOS",
        "regions/35.09/agencies/", "regions/35.09/agencies"}) {
    const auto tenant = TenantOf("document.name", name);
    EXPECT_THAT(tenant, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD")) << name;
    EXPECT_THAT(tenant, HasField("document.name"));
  }
}

TEST(AuthorizeTenant, NeedsBothRoleAndScope) {
  const Principal reporter = WithScopes({"regions/35"});

  EXPECT_THAT(AuthorizeTenant(reporter, "realization.submissions.submit", "regions/35.09"), IsOk());
  EXPECT_THAT(AuthorizeTenant(reporter, "realization.submissions.submit", "regions/36"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_THAT(AuthorizeTenant(reporter, "realization.submissions.verify", "regions/35.09"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
}

TEST(AuthorizeService, NeedsTheRoleAlone) {
  Principal service;
  service.roles = {Role::kService};

  EXPECT_THAT(AuthorizeService(service, "eventlog.head.read", "sakip.x"), IsOk());
  EXPECT_THAT(AuthorizeService(service, "scoring.policies.read", "sakip.x"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
}

}  // namespace
}  // namespace sakip::rpc
