// Money by kind and source over gRPC: from what was published and submitted to scorecards, lists,
// summaries and simulations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/scoring_server.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using sakip::testing::EqualsProto;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void AddPart(const std::string& source, const std::string& amount, types::v1::BudgetPart& part) {
  part.set_expenditure_kind(types::v1::EXPENDITURE_KIND_CAPITAL);
  part.set_funding_source(source);
  part.set_amount(amount);
}

// `DAU 600000/300000 50.00`, and the rest last: `rest 0/0`.
std::vector<std::string> Seen(const v1::BudgetScore& budget) {
  std::vector<std::string> seen;
  for (const v1::BudgetPartScore& part : budget.parts()) {
    EXPECT_EQ(part.expenditure_kind(), types::v1::EXPENDITURE_KIND_CAPITAL);
    seen.push_back(absl::StrCat(part.funding_source(), " ", part.budget(), "/", part.realized(),
                                " ", part.absorption().value()));
  }
  if (budget.has_undivided()) {
    seen.push_back(
        absl::StrCat("rest ", budget.undivided().budget(), "/", budget.undivided().realized()));
  }
  return seen;
}

// SK1 has 600,000 rupiah of DAU and 400,000 of PAD; 300,000 and 200,000 were spent.
class MoneyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    planning::v1::PlanDocument plan = TestPlan();
    auto& planned = *plan.mutable_annual_plan()
                         ->mutable_objectives(0)
                         ->mutable_programs(0)
                         ->mutable_activities(0)
                         ->mutable_sub_activities(0);
    AddPart("DAU", "600000", *planned.add_budget_parts());
    AddPart("PAD", "400000", *planned.add_budget_parts());
    AddPart("DAU", "300000", *submission_.mutable_budgets(0)->add_realized_parts());
    AddPart("PAD", "200000", *submission_.mutable_budgets(0)->add_realized_parts());
    logs_.AddAgency();
    logs_.Add(plan);
  }

  // Reads the logs with the submission.
  void Read() {
    logs_.Add(submission_);
    scoring_.Read(logs_);
  }

  realization::v1::Submission submission_ = TestSubmission();
  TestLogs logs_;
  ScoringServer scoring_;
};

TEST_F(MoneyTest, IsScoredByKindAndSourceOnEveryLevel) {
  Read();

  const auto response = scoring_.Get(CardOf(kDinsos));

  ASSERT_THAT(response, IsOk());
  const v1::Scorecard& card = response->scorecard();
  const v1::ObjectiveScore& objective = card.objectives(0);
  const v1::ActivityScore& activity = objective.programs(0).activities(0);
  for (const v1::BudgetScore* budget :
       {&card.budget(), &objective.budget(), &objective.programs(0).budget(), &activity.budget(),
        &activity.sub_activities(0).budget()}) {
    EXPECT_THAT(Seen(*budget),
                ElementsAre("DAU 600000/300000 50.00", "PAD 400000/200000 50.00", "rest 0/0"));
    EXPECT_EQ(budget->parts(0).original(), "600000");
    EXPECT_EQ(budget->parts(0).compared_budget(), "600000");
    EXPECT_EQ(budget->parts(0).compared_realized(), "300000");
    EXPECT_EQ(budget->parts(0).absorption().exact(), "50");
    EXPECT_GT(budget->parts(0).derivation_size(), 0);
    EXPECT_EQ(budget->undivided().original(), "0");
  }
}

TEST_F(MoneyTest, IsListedByKindAndSourceWithoutDerivations) {
  Read();

  const auto page = scoring_.List("regions/35");

  ASSERT_THAT(page, IsOk());
  const v1::BudgetScore& budget = page->scorecards(0).budget();
  EXPECT_THAT(Seen(budget),
              ElementsAre("DAU 600000/300000 50.00", "PAD 400000/200000 50.00", "rest 0/0"));
  EXPECT_THAT(budget.parts(0).derivation(), IsEmpty());
}

TEST_F(MoneyTest, IsSummedByKindAndSource) {
  const std::string other = "regions/35.10/agencies/dinsos";
  logs_.AddAgency(other);
  logs_.Add(TestPlan(other));
  logs_.Add(TestSubmission(other));
  Read();
  v1::SummarizeScorecardsRequest request;
  request.set_parent("regions/35");
  request.set_year(2023);
  request.set_quarter(4);

  const auto response =
      rpc::CallNow(scoring_.stub(), &ScoringServer::Stub::SummarizeScorecards, request);

  ASSERT_THAT(response, IsOk());
  EXPECT_THAT(
      Seen(response->total().budget()),
      ElementsAre("DAU 600000/300000 50.00", "PAD 400000/200000 50.00", "rest 1000000/500000"));
  EXPECT_THAT(Seen(response->governments(1).budget()), IsEmpty());
}

TEST_F(MoneyTest, WithoutPartsHasNoRest) {
  const std::string other = "regions/35.10/agencies/dinsos";
  logs_.AddAgency(other);
  logs_.Add(TestPlan(other));
  logs_.Add(TestSubmission(other));
  Read();

  const auto response = scoring_.Get(CardOf(other));

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(response->scorecard().budget().parts_size(), 0);
  EXPECT_FALSE(response->scorecard().budget().has_undivided());
}

TEST_F(MoneyTest, OfAKindThatScoringDoesNotKnowIsNotRead) {
  submission_.mutable_budgets(0)->mutable_realized_parts(0)->set_expenditure_kind(
      static_cast<types::v1::ExpenditureKind>(99));
  Read();

  const auto response = scoring_.Get(CardOf(kDinsos));

  ASSERT_THAT(response, IsOk());
  ASSERT_EQ(response->scorecard().findings_size(), 1);
  EXPECT_EQ(response->scorecard().findings(0).code(), "EVENT_NOT_READ");
}

TEST_F(MoneyTest, IsSimulatedByKindAndSource) {
  Read();
  v1::SimulateScorecardRequest request;
  request.set_name(CardOf(kDinsos));
  v1::SimulatedQuarter& quarter = *request.add_quarters();
  quarter.set_quarter(4);
  realization::v1::BudgetRealization& budget = *quarter.add_budgets();
  budget.set_sub_activity_code("SK1");
  budget.set_realized("800000");
  AddPart("DAU", "600000", *budget.add_realized_parts());
  AddPart("PAD", "200000", *budget.add_realized_parts());
  const auto simulate = [&] {
    return rpc::CallNow(scoring_.stub(), &ScoringServer::Stub::SimulateScorecard, request);
  };

  const auto response = simulate();
  ASSERT_THAT(response, IsOk());
  EXPECT_THAT(Seen(response->simulated().budget()),
              ElementsAre("DAU 600000/600000 100.00", "PAD 400000/200000 50.00", "rest 0/0"));
  EXPECT_THAT(Seen(response->budget_changes(0).before()),
              ElementsAre("DAU 600000/300000 50.00", "PAD 400000/200000 50.00", "rest 0/0"));

  budget.mutable_realized_parts(1)->set_amount("-1");
  EXPECT_THAT(simulate(), HasField("quarters[0].budgets[0].realized_parts[1].amount"));
  budget.clear_realized_parts();
  EXPECT_THAT(Seen(simulate()->simulated().budget()),
              ElementsAre("DAU 600000/ ", "PAD 400000/ ", "rest 0/800000"));
}

TEST_F(MoneyTest, ByQuarterAndToDateGivesTheSameScorecard) {
  submission_.mutable_budgets(0)->set_realized("100000");
  submission_.mutable_budgets(0)->mutable_realized_parts()->DeleteSubrange(1, 1);
  submission_.mutable_budgets(0)->mutable_realized_parts(0)->set_amount("100000");
  submission_.set_coverage(realization::v1::Submission::COVERAGE_QUARTER);
  realization::v1::Submission third = submission_;
  third.set_name(absl::StrCat(kDinsos, "/submissions/2023Q3"));
  logs_.Add(third);
  submission_.clear_indicators();
  Read();
  const auto quarters = scoring_.Get(CardOf(kDinsos));
  ASSERT_THAT(quarters, IsOk());

  submission_.set_revision(2);
  submission_.set_coverage(realization::v1::Submission::COVERAGE_YEAR_TO_DATE);
  submission_.mutable_budgets(0)->set_realized("200000");
  submission_.mutable_budgets(0)->mutable_realized_parts(0)->set_amount("200000");
  Read();
  const auto to_date = scoring_.Get(CardOf(kDinsos));
  ASSERT_THAT(to_date, IsOk());

  const auto bare = [](v1::BudgetScore budget) {
    budget.clear_derivation();
    for (auto& part : *budget.mutable_parts()) part.clear_derivation();
    return budget;
  };
  EXPECT_THAT(Seen(quarters->scorecard().budget()),
              ElementsAre("DAU 600000/200000 33.33", "PAD 400000/0 0.00", "rest 0/0"));
  EXPECT_THAT(bare(to_date->scorecard().budget()),
              EqualsProto(bare(quarters->scorecard().budget())));
}

}  // namespace
}  // namespace sakip::scoring
