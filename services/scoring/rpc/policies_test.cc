// Policies of regions, over gRPC: which one a scorecard is computed under, and reading them.

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/policy/proto/policy_proto.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/scoring_server.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Stub = v1::ScoringService::Stub;

constexpr char kExclusive[] = "policies/permenpanrb-88-2021/versions/1";

class PoliciesTest : public ::testing::Test {
 protected:
  // Exactly 90 % of IKU1, 110 % of SK1.1.
  void SetUp() override {
    logs_.AddAgency();
    planning::v1::PlanDocument plan = TestPlan();
    plan.mutable_annual_plan()
        ->mutable_objectives(0)
        ->mutable_indicators(0)
        ->mutable_target()
        ->set_value("100");
    logs_.Add(plan);
    logs_.Add(TestSubmission());
  }

  // The scale of PermenPANRB 88/2021, under which 90 is A.
  static types::v1::ScoringPolicy Exclusive(int first_year = 2023) {
    types::v1::ScoringPolicy policy = policy::ToProto(*policy::FindBuiltIn(kExclusive));
    policy.set_legal_basis("Perbup 7/2023");
    policy.set_first_year(first_year);
    return policy;
  }

  void Publish(const std::string& region, int version, types::v1::ScoringPolicy policy) {
    policy.set_name(absl::StrCat(region, "/scoringPolicies/", version));
    policy.set_log_position(logs_.End(Source::kPlanning));
    planning::v1::PlanEvent event;
    *event.mutable_scoring_policy_published()->mutable_scoring_policy() = std::move(policy);
    logs_.AddEvent(std::move(event));
  }

  absl::StatusOr<v1::GetScorecardResponse> GetUnder(const std::string& policy) {
    v1::GetScorecardRequest request;
    request.set_name(CardOf(kDinsos));
    request.set_policy(policy);
    return scoring_.Get(request);
  }

  // Those of regions, page after page.
  std::vector<std::string> Listed(const std::string& parent, int page_size = 0) {
    v1::ListPoliciesRequest request;
    request.set_parent(parent);
    request.set_page_size(page_size);
    std::vector<std::string> names;
    do {
      const auto page = rpc::CallNow(scoring_.stub(), &Stub::ListPolicies, request);
      EXPECT_THAT(page, IsOk());
      EXPECT_TRUE(page_size == 0 || page->policies_size() <= page_size);
      for (const auto& policy : page->policies()) {
        if (!policy::FindBuiltIn(policy.name())) names.push_back(policy.name());
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }

  TestLogs logs_;
  ScoringServer scoring_;
};

TEST_F(PoliciesTest, AYearIsScoredUnderThePolicyOfItsRegion) {
  Publish("regions/35", 1, Exclusive());
  scoring_.Read(logs_);

  const auto response = scoring_.Get(CardOf(kDinsos));

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->scorecard().achievement().rating(), "A");
  const v1::Sources& sources = response->scorecard().sources();
  EXPECT_EQ(sources.policy(), "regions/35/scoringPolicies/1");
  EXPECT_EQ(sources.region_policy().legal_basis(), "Perbup 7/2023");
  EXPECT_EQ(sources.region_policy().first_year(), 2023);
  EXPECT_EQ(sources.region_policy().log_position(), 2);
  EXPECT_FALSE(response->has_comparison());
  EXPECT_EQ(scoring_.List("regions/35")->scorecards(0).achievement().rating(), "A");
}

TEST_F(PoliciesTest, BeforeItsFirstYearAndElsewhereAPolicyDoesNotHold) {
  Publish("regions/35.09", 1, Exclusive(2024));
  Publish("regions/35.10", 1, Exclusive());
  scoring_.Read(logs_);

  const auto response = scoring_.Get(CardOf(kDinsos));

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->scorecard().achievement().rating(), "AA");
  EXPECT_EQ(response->scorecard().sources().policy(), policy::DefaultPolicy().name);
  EXPECT_FALSE(response->scorecard().sources().has_region_policy());
}

TEST_F(PoliciesTest, APolicyIsPartOfTheStateOfThePast) {
  Publish("regions/35.09", 1, Exclusive());
  scoring_.Read(logs_);
  v1::GetScorecardRequest request;
  request.set_name(CardOf(kDinsos));
  request.mutable_as_of()->mutable_positions()->set_planning(2);
  request.mutable_as_of()->mutable_positions()->set_realization(1);

  EXPECT_EQ(scoring_.Get(request)->scorecard().achievement().rating(), "AA");
  request.set_policy("regions/35.09/scoringPolicies/1");
  EXPECT_THAT(scoring_.Get(request), StatusIs(StatusCode::kNotFound, "POLICY_NOT_FOUND"));
  request.mutable_as_of()->mutable_positions()->set_planning(3);
  EXPECT_EQ(scoring_.Get(request)->scorecard().achievement().rating(), "A");
}

TEST_F(PoliciesTest, ShowsWhatAnotherPolicyWouldChange) {
  types::v1::ScoringPolicy clamped = Exclusive();
  types::v1::Clamp& clamp = *clamped.add_clamps();
  clamp.set_level(types::v1::LEVEL_SUB_ACTIVITY);
  clamp.set_lower("0");
  clamp.set_upper("100");
  Publish("regions/35.10", 1, clamped);
  scoring_.Read(logs_);

  const auto response = GetUnder("regions/35.10/scoringPolicies/1");

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->scorecard().sources().policy(), "regions/35.10/scoringPolicies/1");
  EXPECT_EQ(response->scorecard().achievement().rating(), "A");
  const v1::PolicyComparison& comparison = response->comparison();
  EXPECT_EQ(comparison.own_policy(), policy::DefaultPolicy().name);
  ASSERT_THAT(comparison.changes(), SizeIs(8));
  EXPECT_EQ(comparison.changes(0).code(), kDinsos);
  EXPECT_EQ(comparison.changes(0).target(), v1::AchievementChange::TARGET_YEAR);
  EXPECT_EQ(comparison.changes(0).before().rating(), "AA");
  EXPECT_EQ(comparison.changes(0).after().rating(), "A");
  EXPECT_EQ(comparison.changes(0).after().derivation_size(), 0);
  EXPECT_EQ(comparison.changes(7).code(), "SK1.1");
  EXPECT_EQ(comparison.changes(7).target(), v1::AchievementChange::TARGET_TO_DATE);
  EXPECT_EQ(comparison.changes(7).before().figure().value(), "110.00");
  EXPECT_EQ(comparison.changes(7).after().figure().value(), "100.00");
}

TEST_F(PoliciesTest, UnderItsOwnPolicyNothingChanges) {
  scoring_.Read(logs_);

  const auto response = GetUnder(policy::DefaultPolicy().name);

  ASSERT_THAT(response, IsOk());
  EXPECT_TRUE(response->has_comparison());
  EXPECT_THAT(response->comparison().changes(), IsEmpty());
  EXPECT_THAT(GetUnder("policies/none/versions/1"),
              StatusIs(StatusCode::kNotFound, "POLICY_NOT_FOUND"));
}

TEST_F(PoliciesTest, ListsThePoliciesOfARegionAndThoseAboveIt) {
  Publish("regions/35.09", 1, Exclusive());
  Publish("regions/35", 1, Exclusive());
  Publish("regions/35.10", 1, Exclusive());
  Publish("regions/35.09", 2, Exclusive(2024));
  scoring_.Read(logs_);

  EXPECT_THAT(Listed(""), IsEmpty());
  EXPECT_THAT(Listed("regions/35"), ElementsAre("regions/35/scoringPolicies/1"));
  EXPECT_THAT(Listed("regions/35.09"),
              ElementsAre("regions/35/scoringPolicies/1", "regions/35.09/scoringPolicies/1",
                          "regions/35.09/scoringPolicies/2"));
  EXPECT_THAT(Listed("regions/-"), SizeIs(4));
  v1::ListPoliciesRequest request;
  request.set_parent(kDinsos);
  EXPECT_THAT(rpc::CallNow(scoring_.stub(), &Stub::ListPolicies, request), HasField("parent"));
}

TEST_F(PoliciesTest, GetsAPolicyOfARegionAsPublished) {
  Publish("regions/35.09", 1, Exclusive());
  scoring_.Read(logs_);
  v1::GetPolicyRequest request;
  request.set_name("regions/35.09/scoringPolicies/1");

  const auto response = rpc::CallNow(scoring_.stub(), &Stub::GetPolicy, request);

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->policy().legal_basis(), "Perbup 7/2023");
  EXPECT_EQ(response->policy().log_position(), 2);
  request.set_name("regions/35.09/scoringPolicies/2");
  EXPECT_THAT(rpc::CallNow(scoring_.stub(), &Stub::GetPolicy, request),
              StatusIs(StatusCode::kNotFound, "POLICY_NOT_FOUND"));
}

// Such as one of a later version of the suite, with a rule that this one does not know.
TEST_F(PoliciesTest, APolicyThatCannotBeReadStopsItsRegionFromItsFirstYearOn) {
  types::v1::ScoringPolicy later = Exclusive(2023);
  later.set_weighting(static_cast<types::v1::Weighting>(99));
  Publish("regions/35.09", 1, later);
  later.set_first_year(2024);
  Publish("regions/35.10", 1, later);
  const std::string other = "regions/35.10/agencies/dinsos";
  logs_.AddAgency(other);
  logs_.Add(TestPlan(other));
  scoring_.Read(logs_);

  const auto stopped = scoring_.Get(CardOf(kDinsos));
  const auto before = scoring_.Get(CardOf(other));

  ASSERT_THAT(stopped, IsOk());
  EXPECT_EQ(stopped->scorecard().achievement().figure().state(), v1::FIGURE_STATE_NOT_SCORED);
  ASSERT_THAT(stopped->scorecard().findings(), SizeIs(1));
  EXPECT_EQ(stopped->scorecard().findings(0).code(), "EVENT_NOT_READ");
  EXPECT_EQ(stopped->scorecard().budget().budget(), "");
  EXPECT_EQ(stopped->scorecard().findings(0).subject(), "regions/35.09/scoringPolicies/1");
  ASSERT_THAT(before, IsOk());
  EXPECT_THAT(before->scorecard().objectives(), SizeIs(1));
}

TEST_F(PoliciesTest, ListsPageAfterPageOfOneState) {
  Publish("regions/35", 1, Exclusive());
  Publish("regions/35.09", 1, Exclusive());
  Publish("regions/35", 2, Exclusive());
  Publish("regions/35.10", 1, Exclusive());
  scoring_.Read(logs_);
  const auto upper = ElementsAre("regions/35/scoringPolicies/1", "regions/35/scoringPolicies/2",
                                 "regions/35.09/scoringPolicies/1");
  for (const int size : {0, 1, 2, 3, 4}) EXPECT_THAT(Listed("regions/35.09", size), upper) << size;
  EXPECT_THAT(Listed("regions/-", 2), SizeIs(4));

  v1::ListPoliciesRequest request;
  request.set_parent("regions/35.09");
  request.set_page_size(4);  // The three that are built in, and one.
  const auto first = rpc::CallNow(scoring_.stub(), &Stub::ListPolicies, request);
  ASSERT_THAT(first, IsOk());
  Publish("regions/35", 3, Exclusive());
  scoring_.Read(logs_);
  request.set_page_token(first->next_page_token());
  const auto second = rpc::CallNow(scoring_.stub(), &Stub::ListPolicies, request);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->policies_size(), 2) << "the third version was published after the first page";
  EXPECT_EQ(second->policies(0).name(), "regions/35/scoringPolicies/2");
  EXPECT_EQ(second->next_page_token(), "");

  request.set_parent("regions/35");
  EXPECT_THAT(rpc::CallNow(scoring_.stub(), &Stub::ListPolicies, request), HasField("page_token"));
  request.clear_page_token();
  request.set_page_size(-1);
  EXPECT_THAT(rpc::CallNow(scoring_.stub(), &Stub::ListPolicies, request), HasField("page_size"));
}

}  // namespace
}  // namespace sakip::scoring
