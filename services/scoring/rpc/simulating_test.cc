// What if, over gRPC.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/message/digest.h"
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

class SimulatingTest : public ::testing::Test {
 protected:
  // 45 of 50 against 90.2 %, half of 1,000,000 rupiah.
  void SetUp() override {
    logs_.AddAgency();
    logs_.Add(TestPlan());
    logs_.Add(TestSubmission());
    scoring_.Read(logs_);
    request_.set_name(CardOf(kDinsos));
  }

  v1::SimulatedTarget& Target(const std::string& code, const std::string& value) {
    v1::SimulatedTarget& target = *request_.add_targets();
    target.set_indicator_code(code);
    target.set_value(value);
    return target;
  }

  realization::v1::IndicatorRealization& Line(const std::string& code) {
    if (request_.quarters().empty()) request_.add_quarters()->set_quarter(4);
    auto& line = *request_.mutable_quarters(0)->add_indicators();
    line.set_indicator_code(code);
    return line;
  }

  absl::StatusOr<v1::SimulateScorecardResponse> Simulate() {
    return rpc::CallNow(scoring_.stub(), &ScoringServer::Stub::SimulateScorecard, request_);
  }

  static std::vector<std::string> Told(const v1::SimulateScorecardResponse& response) {
    std::vector<std::string> told;
    for (const v1::AchievementChange& change : response.changes()) {
      told.push_back(
          absl::StrCat(change.code(),
                       change.target() == v1::AchievementChange::TARGET_TO_DATE ? " to date " : " ",
                       change.before().figure().value(), " -> ", change.after().figure().value()));
    }
    return told;
  }

  TestLogs logs_;
  ScoringServer scoring_;
  v1::SimulateScorecardRequest request_;
};

TEST_F(SimulatingTest, TellsWhatATargetWouldChange) {
  Target("IKU1", "90");

  const auto response = Simulate();

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->scorecard().achievement().figure().value(), "99.78");
  EXPECT_EQ(response->simulated().achievement().figure().value(), "100.00");
  EXPECT_TRUE(response->simulated().achievement().met());
  EXPECT_THAT(Told(*response), ElementsAre("regions/35.09/agencies/dinsos 99.78 -> 100.00",
                                           "regions/35.09/agencies/dinsos to date 99.78 -> 100.00",
                                           "S1 99.78 -> 100.00", "S1 to date 99.78 -> 100.00",
                                           "IKU1 99.78 -> 100.00", "IKU1 to date 99.78 -> 100.00"));
  EXPECT_THAT(response->budget_changes(), IsEmpty());
  EXPECT_TRUE(response->simulated().sources().documents(0).simulated());
  EXPECT_FALSE(response->scorecard().sources().documents(0).simulated());
  EXPECT_EQ(response->read().planning(), 2u);
  EXPECT_EQ(response->read().realization(), 1u);
}

TEST_F(SimulatingTest, TellsWhatRealizationsAndBudgetsWouldChange) {
  Line("IKU1").mutable_ratio()->set_numerator("46");
  request_.mutable_quarters(0)->mutable_indicators(0)->mutable_ratio()->set_denominator("50");
  Line("SK1.1").set_quantity("60");
  auto& budget = *request_.mutable_quarters(0)->add_budgets();
  budget.set_sub_activity_code("SK1");
  budget.set_realized("1000000");

  const auto response = Simulate();

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->simulated().achievement().figure().value(), "100.00");
  EXPECT_EQ(response->simulated().budget().absorption().value(), "100.00");
  EXPECT_TRUE(response->simulated().sources().submissions(0).simulated());
  std::vector<std::string> budgets;
  for (const v1::BudgetChange& change : response->budget_changes()) {
    budgets.push_back(absl::StrCat(change.code(), " ", change.before().absorption().value(), " -> ",
                                   change.after().absorption().value()));
  }
  EXPECT_THAT(budgets,
              ElementsAre("regions/35.09/agencies/dinsos 50.00 -> 100.00", "S1 50.00 -> 100.00",
                          "P1 50.00 -> 100.00", "K1 50.00 -> 100.00", "SK1 50.00 -> 100.00"));
}

TEST_F(SimulatingTest, StoresNothing) {
  const auto before = scoring_.Get(CardOf(kDinsos));
  Target("IKU1", "50");
  ASSERT_THAT(Simulate(), IsOk());

  EXPECT_EQ(DeterministicBytes(*scoring_.Get(CardOf(kDinsos))), DeterministicBytes(*before));
}

TEST_F(SimulatingTest, WithoutChangesNothingDiffers) {
  const auto response = Simulate();

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(DeterministicBytes(response->simulated()), DeterministicBytes(response->scorecard()));
  EXPECT_THAT(response->changes(), IsEmpty());
  EXPECT_THAT(response->budget_changes(), IsEmpty());
}

TEST_F(SimulatingTest, TellsWhatAnotherPolicyWouldChange) {
  Target("IKU1", "100");
  request_.set_policy("policies/permenpanrb-88-2021/versions/1");
  auto response = Simulate();
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->scorecard().achievement().rating(), "AA");
  EXPECT_EQ(response->simulated().achievement().rating(), "A");  // Exactly 90 %.

  types::v1::ScoringPolicy& draft = *request_.mutable_draft_policy();
  draft = policy::ToProto(policy::DefaultPolicy());
  draft.set_first_year(2023);
  draft.mutable_rating_scale()->mutable_bands(0)->set_rating("A+");
  response = Simulate();
  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->simulated().achievement().rating(), "A+");
  EXPECT_EQ(response->simulated().sources().policy(), "");

  draft.set_first_year(1);
  EXPECT_THAT(Simulate(), HasField("draft_policy.first_year"));
  request_.set_policy("policies/none/versions/1");
  EXPECT_THAT(Simulate(), StatusIs(StatusCode::kNotFound, "POLICY_NOT_FOUND"));
}

TEST_F(SimulatingTest, SimulatesAStateOfThePast) {
  realization::v1::Submission corrected = TestSubmission();
  corrected.set_revision(2);
  corrected.mutable_indicators(0)->mutable_ratio()->set_numerator("40");
  logs_.Add(corrected);
  scoring_.Read(logs_);
  Target("IKU1", "100");
  request_.mutable_as_of()->mutable_positions()->set_planning(2);
  request_.mutable_as_of()->mutable_positions()->set_realization(1);

  const auto response = Simulate();

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->simulated().achievement().figure().value(), "90.00");
}

TEST_F(SimulatingTest, RefusesWrongNumbersByTheirPath) {
  Target("IKU1", "9,0").set_upper("-1");
  auto& line = Line("IKU1");
  line.mutable_ratio()->set_numerator("-1");
  line.mutable_ratio()->set_denominator("x");
  Line("SK1.1");
  Line("SK1.1").set_quantity("1e3");
  request_.mutable_quarters(0)->add_budgets()->set_realized("1.500");
  request_.mutable_quarters(0)->set_coverage(static_cast<realization::v1::Submission::Coverage>(9));

  const auto response = Simulate();

  for (const char* field :
       {"targets[0].value", "targets[0].upper", "quarters[0].indicators[0].ratio.numerator",
        "quarters[0].indicators[0].ratio.denominator", "quarters[0].indicators[1].value",
        "quarters[0].indicators[2].quantity", "quarters[0].budgets[0].realized",
        "quarters[0].coverage"}) {
    EXPECT_THAT(response, HasField(field)) << field;
  }
}

TEST_F(SimulatingTest, RefusesWhatIsNotOfThePlanOrTooMuch) {
  Target("IKU9", "90");
  EXPECT_THAT(Simulate(), HasField("targets[0].indicator_code"));
  for (int i = 0; i < 1000; ++i) Target("IKU1", "90");
  EXPECT_THAT(Simulate(), HasField("targets"));
  request_.clear_targets();
  for (int i = 0; i < 5; ++i) request_.add_quarters();
  EXPECT_THAT(Simulate(), HasField("quarters"));
}

TEST_F(SimulatingTest, RefusesScorecardsThatAreNone) {
  request_.set_name(kDinsos);
  EXPECT_THAT(Simulate(), HasField("name"));
  request_.set_name(CardOf("regions/35.09/agencies/lain"));
  EXPECT_THAT(Simulate(), StatusIs(StatusCode::kNotFound, "SCORECARD_NOT_FOUND"));
  request_.set_name(CardOf(kDinsos));
  request_.set_basis(static_cast<v1::Sources::Basis>(9));
  EXPECT_THAT(Simulate(), HasField("basis"));
}

}  // namespace
}  // namespace sakip::scoring
