#include "services/scoring/domain/own_policy.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

RegionPolicy Version(std::string region, int first_year, uint64_t log_position) {
  RegionPolicy version;
  version.policy = policy::DefaultPolicy();
  version.policy.name = absl::StrCat("regions/", region, "/scoringPolicies/", log_position);
  version.policy.first_year = first_year;
  version.region = std::move(region);
  version.log_position = log_position;
  return version;
}

std::string InForceIn(const RegionPolicies& policies, int year, uint64_t records = 100) {
  const RegionPolicy* version = PolicyInForce(policies, year, records);
  return version == nullptr ? "default" : version->policy.name;
}

TEST(PolicyInForce, HoldsFromItsFirstYearOn) {
  const RegionPolicies policies = {Version("35", 2023, 4)};
  EXPECT_EQ(InForceIn(policies, 2022), "default");
  EXPECT_EQ(InForceIn(policies, 2023), "regions/35/scoringPolicies/4");
  EXPECT_EQ(InForceIn(policies, 2030), "regions/35/scoringPolicies/4");
}

TEST(PolicyInForce, OfTheNearestRegionThatHasOne) {
  const RegionPolicies policies = {Version("35.09", 2024, 4), Version("35", 2023, 7)};
  EXPECT_EQ(InForceIn(policies, 2023), "regions/35/scoringPolicies/7");
  EXPECT_EQ(InForceIn(policies, 2024), "regions/35.09/scoringPolicies/4");
}

TEST(PolicyInForce, TheOnePublishedLast) {
  const RegionPolicies policies = {Version("35", 2024, 4), Version("35", 2023, 7)};
  EXPECT_EQ(InForceIn(policies, 2024), "regions/35/scoringPolicies/7");
  EXPECT_EQ(InForceIn(policies, 2024, 7), "regions/35/scoringPolicies/4");
  EXPECT_EQ(InForceIn(policies, 2024, 4), "default");
}

TEST(OwnPolicy, AClosedQuarterKeepsTheOneThatItWasClosedUnder) {
  testing::Facts facts;
  facts.plans.policies = {Version("35.09", 2023, 4), Version("35.09", 2023, 50)};
  facts.submissions.pinned_plan_records[1] = 20;

  const auto own = [&](int quarter) {
    return OwnPolicy(facts.plans, facts.submissions, {2023, quarter}).name;
  };
  EXPECT_EQ(own(1), "regions/35.09/scoringPolicies/4");
  EXPECT_EQ(own(2), "regions/35.09/scoringPolicies/50");
  EXPECT_EQ(OwnPolicy(facts.plans, facts.submissions, {2022, 1}).name,
            policy::DefaultPolicy().name);
}

TEST(Score, NotesThatALaterPolicyWouldChangeAClosedQuarter) {
  testing::Facts facts;
  facts.plans.policies = {Version("35.09", 2023, 4), Version("35.09", 2023, 50)};
  facts.submissions.pinned_plan_records[1] = 20;

  const Scorecard closed = facts.At(1);

  ASSERT_EQ(testing::Count(closed, "CLOSED_QUARTER_WOULD_CHANGE"), 1);
  const Finding& finding = testing::FindingOf(closed, "CLOSED_QUARTER_WOULD_CHANGE");
  EXPECT_EQ(finding.figures[0].value, "regions/35.09/scoringPolicies/4");
  EXPECT_EQ(finding.figures[1].value, "regions/35.09/scoringPolicies/50");
  EXPECT_EQ(testing::Count(facts.At(2), "CLOSED_QUARTER_WOULD_CHANGE"), 0);
}

}  // namespace
}  // namespace sakip::scoring
