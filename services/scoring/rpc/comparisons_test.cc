// Scorecards with comparisons, over gRPC.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/scoring_server.h"

namespace sakip::scoring {
namespace {

using sakip::testing::IsOk;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ComparisonsTest : public ::testing::Test {
 protected:
  // Realizes `numerator` of 50 of IKU1 in a year that has promised 90.2 %.
  void AddYear(int year, const std::string& numerator) {
    planning::v1::PlanDocument plan = TestPlan();
    plan.set_name(absl::StrCat(kDinsos, "/annualPlans/", year));
    plan.set_effective_date(absl::StrCat(year, "-01-01"));
    plan.mutable_annual_plan()->set_year(year);
    logs_.Add(plan);
    realization::v1::Submission submission = TestSubmission();
    submission.set_name(absl::StrCat(kDinsos, "/submissions/", year, "Q4"));
    submission.mutable_indicators(0)->mutable_ratio()->set_numerator(numerator);
    logs_.Add(submission);
  }

  static v1::GetScorecardRequest Request() {
    v1::GetScorecardRequest request;
    request.set_name(CardOf(kDinsos));
    request.set_with_comparisons(true);
    return request;
  }

  TestLogs logs_;
  ScoringServer scoring_;
};

TEST_F(ComparisonsTest, TellsTheTwoYearsBefore) {
  logs_.AddAgency();
  AddYear(2020, "10");
  AddYear(2021, "40");
  AddYear(2022, "50");
  AddYear(2023, "45");
  scoring_.Read(logs_);

  const auto response = scoring_.Get(Request());

  ASSERT_THAT(response, IsOk());
  ASSERT_THAT(response->comparisons(), SizeIs(1));
  const v1::IndicatorComparison& comparison = response->comparisons(0);
  EXPECT_EQ(comparison.code(), "IKU1");
  ASSERT_THAT(comparison.years(), SizeIs(2));
  EXPECT_EQ(comparison.years(0).year(), 2021);
  EXPECT_EQ(comparison.years(0).target().value(), "90.2");
  EXPECT_EQ(comparison.years(0).realization().value(), "80");
  EXPECT_EQ(comparison.years(0).achievement().figure().value(), "88.69");  // 80 / 90.2
  EXPECT_EQ(comparison.years(0).achievement().derivation_size(), 0);
  EXPECT_EQ(comparison.years(1).year(), 2022);
  EXPECT_EQ(comparison.years(1).realization().value(), "100");
  EXPECT_FALSE(comparison.years(1).definition_changed());
  EXPECT_EQ(comparison.trend(), v1::STANDING_WORSE);
  ASSERT_THAT(comparison.quarters(), SizeIs(4));
  EXPECT_EQ(comparison.quarters(0).achievement().figure().state(), v1::FIGURE_STATE_NOT_DUE);
  EXPECT_EQ(comparison.quarters(3).realization().value(), "90");
  EXPECT_FALSE(comparison.has_final_target());
}

TEST_F(ComparisonsTest, ComparesWithTheEndOfTheStrategicPlan) {
  logs_.AddAgency();
  AddYear(2023, "45");
  planning::v1::PlanDocument strategic;
  strategic.set_name(absl::StrCat(kDinsos, "/strategicPlans/2021-2026"));
  strategic.set_revision(1);
  strategic.set_effective_date("2021-01-01");
  auto& plan = *strategic.mutable_strategic_plan();
  plan.set_first_year(2021);
  plan.set_last_year(2026);
  auto& indicator = *plan.add_goals()->add_objectives()->add_indicators();
  indicator.set_code("IKU1");
  auto& target = *indicator.add_targets();
  target.set_year(2026);
  target.mutable_target()->set_value("90.3");
  target.mutable_target()->set_unit("%");
  logs_.Add(strategic);
  scoring_.Read(logs_);

  const auto response = scoring_.Get(Request());

  ASSERT_THAT(response, IsOk());
  const v1::FinalTarget& final_target = response->comparisons(0).final_target();
  EXPECT_EQ(final_target.year(), 2026);
  EXPECT_EQ(final_target.reached().exact(), "30000/301");
  EXPECT_EQ(final_target.pace().value(), "0.1");
  EXPECT_EQ(final_target.pace().unit(), "%");
}

TEST_F(ComparisonsTest, PutTheNearestReferenceValueBeside) {
  const auto publish = [&](const std::string& region, const std::string& value, int year = 2023) {
    planning::v1::PlanEvent event;
    auto& change = *event.mutable_reference_values_published()->add_changes();
    planning::v1::ReferenceValue& reference = *change.mutable_reference_value();
    reference.set_name(absl::StrCat(region, "/referenceValues/national.", year, ".IKU1"));
    reference.set_indicator_code("IKU1");
    reference.set_year(year);
    reference.set_level(planning::v1::ReferenceValue::LEVEL_NATIONAL);
    reference.mutable_measure()->set_value(value);
    reference.mutable_measure()->set_unit("%");
    reference.set_source("BPS");
    reference.set_log_position(logs_.End(Source::kPlanning));
    logs_.AddEvent(std::move(event));
  };
  logs_.AddAgency();
  AddYear(2023, "45");
  publish("regions/35.09", "95");
  publish("regions/35", "80");
  publish("regions/35.09", "91");
  publish("regions/35.10", "70");
  publish("regions/35.09", "60", 2022);
  scoring_.Read(logs_);

  const auto response = scoring_.Get(Request());

  ASSERT_THAT(response, IsOk());
  ASSERT_THAT(response->comparisons(0).references(), SizeIs(1));
  const v1::ReferenceComparison& reference = response->comparisons(0).references(0);
  EXPECT_EQ(reference.value().value(), "91");
  EXPECT_EQ(reference.level(), planning::v1::ReferenceValue::LEVEL_NATIONAL);
  EXPECT_EQ(reference.reference_value(), "regions/35.09/referenceValues/national.2023.IKU1");
  EXPECT_EQ(reference.log_position(), 4);
  EXPECT_EQ(reference.standing(), v1::STANDING_WORSE);
  ASSERT_THAT(response->warnings(), SizeIs(1));
  EXPECT_EQ(response->warnings(0).code(), "WORSE_THAN_REFERENCE");
  EXPECT_EQ(response->scorecard().findings_size(),
            scoring_.Get(CardOf(kDinsos))->scorecard().findings_size());
}

TEST_F(ComparisonsTest, AreThereWhereTheyAreAskedFor) {
  logs_.AddAgency();
  AddYear(2022, "50");
  AddYear(2023, "45");
  scoring_.Read(logs_);
  EXPECT_THAT(scoring_.Get(CardOf(kDinsos))->comparisons(), IsEmpty());
}

}  // namespace
}  // namespace sakip::scoring
