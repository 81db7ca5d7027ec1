// Calls the service of scoring policies over gRPC as a client does; the log is in memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/eventlog/testing/event_log_test_support.h"
#include "common/policy/proto/policy_proto.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/planning/rpc/testing/planning_server.h"

namespace sakip::planning {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using testing::EqualsProto;
using testing::HasField;
using testing::IsOk;
using testing::StatusIs;
using types::v1::ScoringPolicy;
using Stub = v1::ScoringPolicyService::Stub;

ScoringPolicy TestPolicy(int first_year = 2024) {
  ScoringPolicy policy = policy::ToProto(policy::DefaultPolicy());
  policy.set_legal_basis("Peraturan Bupati Jember 7 Tahun 2023");
  policy.set_first_year(first_year);
  return policy;
}

class ScoringPolicyServiceTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::PublishScoringPolicyResponse> Publish(
      const ScoringPolicy& policy, uint32_t expected_version, const std::string& request_id,
      const std::string& parent = "regions/35.09", const std::string& dev_identity = "") {
    v1::PublishScoringPolicyRequest request;
    request.set_parent(parent);
    *request.mutable_scoring_policy() = policy;
    request.set_expected_version(expected_version);
    request.set_request_id(request_id);
    return rpc::CallNow(planning_.scoring_policy_stub(), &Stub::PublishScoringPolicy, request,
                        dev_identity);
  }

  uint64_t end() { return planning_.log().end_position(); }

  PlanningServer planning_;
};

TEST_F(ScoringPolicyServiceTest, PublishesVersions) {
  const auto first = Publish(TestPolicy(), 0, "r1");
  const auto second = Publish(TestPolicy(2025), 1, "r2");
  const auto elsewhere = Publish(TestPolicy(), 0, "r3", "regions/35");

  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->scoring_policy().name(), "regions/35.09/scoringPolicies/1");
  EXPECT_EQ(first->scoring_policy().first_year(), 2024);
  EXPECT_EQ(first->scoring_policy().log_position(), 0);
  EXPECT_NE(first->scoring_policy().publisher(), "");
  EXPECT_TRUE(first->scoring_policy().has_publish_time());
  EXPECT_EQ(first->scoring_policy().content_digest().size(), 64u);
  EXPECT_EQ(first->scoring_policy().rating_scale().bands_size(), 7);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->scoring_policy().name(), "regions/35.09/scoringPolicies/2");
  EXPECT_EQ(second->receipt().position(), 1);
  ASSERT_THAT(elsewhere, IsOk());
  EXPECT_EQ(elsewhere->scoring_policy().name(), "regions/35/scoringPolicies/1");
  EXPECT_EQ(elsewhere->scoring_policy().content_digest(), first->scoring_policy().content_digest());
}

TEST_F(ScoringPolicyServiceTest, RefusesAVersionThatIsNotTheNext) {
  ASSERT_THAT(Publish(TestPolicy(), 0, "r1"), IsOk());
  for (const uint32_t expected : {0u, 2u}) {
    const auto refused = Publish(TestPolicy(2025), expected, "r2");
    EXPECT_THAT(refused, StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
    EXPECT_THAT(ErrorFacts(refused.status()), ElementsAre(ErrorFact{"current_revision", "1"}));
  }
  EXPECT_EQ(end(), 1);
}

TEST_F(ScoringPolicyServiceTest, ARepeatGetsTheFirstAnswer) {
  const auto first = Publish(TestPolicy(), 0, "r1");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Publish(TestPolicy(2025), 1, "r2"), IsOk());
  ScoringPolicy with_server_fields = TestPolicy();
  with_server_fields.set_publisher("somebody else");

  const auto again = Publish(with_server_fields, 0, "r1");

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  EXPECT_THAT(again->scoring_policy(), EqualsProto(first->scoring_policy()));
  EXPECT_THAT(Publish(TestPolicy(2026), 0, "r1"),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(end(), 2);
}

TEST_F(ScoringPolicyServiceTest, RefusesAScaleWithAGapAndNamesEveryWrongField) {
  ScoringPolicy gap = TestPolicy();
  gap.mutable_rating_scale()->mutable_bands(6)->set_lower("10");
  EXPECT_THAT(Publish(gap, 0, "r1"), HasField("scoring_policy.rating_scale.bands[6].lower"));
  ScoringPolicy overlap = TestPolicy();
  overlap.mutable_rating_scale()->mutable_bands(1)->set_lower("95");
  EXPECT_THAT(Publish(overlap, 0, "r1"), HasField("scoring_policy.rating_scale.bands[1].lower"));
  ScoringPolicy nothing;
  EXPECT_THAT(Publish(nothing, 0, "r1", "regions/-"), HasField("parent"));
  EXPECT_THAT(Publish(nothing, 0, "r1"), HasField("scoring_policy.legal_basis"));
  EXPECT_THAT(Publish(nothing, 0, "r1"), HasField("scoring_policy.first_year"));
  EXPECT_EQ(end(), 0);
}

TEST_F(ScoringPolicyServiceTest, IsForClientsOfTheRegion) {
  EXPECT_THAT(Publish(TestPolicy(), 0, "r1", "regions/35.09",
                      "subject=x;roles=province_reader;scopes=regions/35.10"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_THAT(Publish(TestPolicy(), 0, "r1", "regions/35.09",
                      "subject=x;roles=reporter;scopes=regions/35.09"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_THAT(Publish(TestPolicy(), 0, "r1", "regions/35.09",
                      "subject=x;roles=province_reader;scopes=regions/35"),
              IsOk());
}

}  // namespace
}  // namespace sakip::planning
