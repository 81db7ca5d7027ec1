#include <gtest/gtest.h>

#include <string>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::Count;
using testing::D;
using testing::Facts;
using testing::FindingOf;
using testing::MakeIndicator;
using testing::Quantity;

Facts OneOutput() {
  Facts facts;
  facts.Output(MakeIndicator("a", "100"), "1000");
  return facts;
}

int PlanFindings(const Facts& facts) {
  int count = 0;
  for (const Finding& finding : facts.At(4).findings) {
    for (const char* start : {"ACTION_PLAN", "AGREEMENT", "ANNUAL_PLAN", "STRATEGIC", "CODE_NOT"}) {
      count += finding.code.starts_with(start) ? 1 : 0;
    }
  }
  return count;
}

TEST(PlanFindings, AreNoneWherePlansAgree) {
  Facts facts = OneOutput();
  facts.plan().stated_budget = D("1000");
  facts.Quarters("a", "100", {{1, "60"}, {2, "40"}});
  facts.Agree().targets = {{"a", {D("100.0"), "Orang"}}};
  facts.plans.agreements[0].program_budgets = {{"P1", D("1000")}};
  facts.plans.agreements[0].stated_budget = D("1000");
  facts.Strategy().targets["a"] = {{2022, {D("5"), "orang"}}, {2023, {D("100"), "orang"}}};
  facts.Submit(4).indicators["a"] = Quantity("100");
  facts.submissions.by_quarter[4].budgets["a"].realized = D("1000");
  EXPECT_EQ(PlanFindings(facts), 0);
}

TEST(AnnualPlanSumDiffers, WhereItsRowsDoNotMakeItsTotal) {
  Facts facts = OneOutput();
  facts.plan().stated_budget = D("1000.01");
  ASSERT_EQ(Count(facts.At(4), "ANNUAL_PLAN_SUM_DIFFERS"), 1);
  EXPECT_EQ(FindingOf(facts.At(4), "ANNUAL_PLAN_SUM_DIFFERS").figures[0].value, "1000 Rp");
  EXPECT_EQ(PlanFindings(facts), 1);
}

TEST(AgreementSumDiffers, WhereItsRowsDoNotMakeItsTotal) {
  Facts facts = OneOutput();
  facts.Agree().program_budgets = {{"P1", D("1000")}};
  facts.plans.agreements[0].stated_budget = D("920");
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_SUM_DIFFERS"), 1);
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_TOTAL_DIFFERS"), 1);
  facts.plans.agreements[0].stated_budget = D("1000");
  EXPECT_EQ(PlanFindings(facts), 0);
}

TEST(AgreementTotalDiffers, WithoutAnyRowsToo) {
  Facts facts = OneOutput();
  facts.Agree().stated_budget = D("999");
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_TOTAL_DIFFERS"), 1);
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_SUM_DIFFERS"), 0);
}

TEST(AgreementTargetDiffers, InNumberOrUnitOrWhereItIsNotPlanned) {
  Facts facts = OneOutput();
  Measure& target = facts.Agree().targets.emplace_back("a", Measure{D("101"), "orang"}).second;
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_TARGET_DIFFERS", "a"), 1);
  target = {D("100"), "keluarga"};
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_TARGET_DIFFERS", "a"), 1);
  target = {D("100"), "orang"};
  EXPECT_EQ(PlanFindings(facts), 0);
  facts.plans.agreements[0].targets = {{"gone", {D("1"), "orang"}}};
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_TARGET_DIFFERS", "gone"), 1);
}

TEST(AgreementBudgetDiffers, InNumberOrWhereItIsNotPlanned) {
  Facts facts = OneOutput();
  facts.Agree().program_budgets = {{"P1", D("999")}, {"P9", D("1")}};
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_BUDGET_DIFFERS", "P1"), 1);
  EXPECT_EQ(Count(facts.At(4), "AGREEMENT_BUDGET_DIFFERS", "P9"), 1);
  facts.plans.agreements[0].program_budgets = {{"P1", D("1000")}};
  EXPECT_EQ(PlanFindings(facts), 0);
}

TEST(ActionPlanTargetDiffers, InNumberOrWhereItIsNotPlanned) {
  Facts facts = OneOutput();
  facts.Quarters("a", "90", {{1, "90"}});
  EXPECT_EQ(Count(facts.At(4), "ACTION_PLAN_TARGET_DIFFERS", "a"), 1);
  EXPECT_EQ(PlanFindings(facts), 1);
  facts.plans.action_plans.clear();
  facts.Quarters("gone", "90", {{1, "90"}});
  EXPECT_EQ(Count(facts.At(4), "ACTION_PLAN_TARGET_DIFFERS", "gone"), 1);
}

TEST(ActionPlanUnitDiffers, OfTheYearOrOfAQuarter) {
  Facts facts = OneOutput();
  ActionLine& line = facts.Quarters("a", "100", {{1, "100"}});
  EXPECT_EQ(PlanFindings(facts), 0);
  line.year_target.unit = "%";
  EXPECT_EQ(Count(facts.At(4), "ACTION_PLAN_UNIT_DIFFERS", "a"), 1);
  EXPECT_EQ(PlanFindings(facts), 1);
  line.year_target.unit = "orang";
  line.quarters[1].unit = "%";
  EXPECT_EQ(Count(facts.At(4), "ACTION_PLAN_UNIT_DIFFERS", "a"), 1);
  EXPECT_EQ(PlanFindings(facts), 1);
}

TEST(ActionPlanQuartersDiffer, WhereTheyDoNotMakeTheYear) {
  Facts facts = OneOutput();
  ActionLine& line = facts.Quarters("a", "100", {{1, "60"}, {2, "39"}});
  ASSERT_EQ(Count(facts.At(4), "ACTION_PLAN_QUARTERS_DIFFER", "a"), 1);
  EXPECT_EQ(FindingOf(facts.At(4), "ACTION_PLAN_QUARTERS_DIFFER").figures[0].value, "99 orang");
  line.quarters[2].value = D("40");
  EXPECT_EQ(PlanFindings(facts), 0);

  Indicator& indicator = facts.activity().sub_activities[0].indicators[0];
  indicator.time_aggregation = TimeAggregation::kConstant;
  EXPECT_EQ(Count(facts.At(4), "ACTION_PLAN_QUARTERS_DIFFER", "a"), 1);
  line.quarters = {{1, {D("100"), "orang"}}, {4, {D("100"), "orang"}}};
  EXPECT_EQ(PlanFindings(facts), 0);
  line.quarters.clear();
  EXPECT_EQ(PlanFindings(facts), 0);
}

TEST(StrategicTargetDiffers, InTheYearOfThePlanOnly) {
  Facts facts = OneOutput();
  auto& years = facts.Strategy().targets["a"];
  years[2022] = {D("1"), "orang"};
  EXPECT_EQ(PlanFindings(facts), 0);
  years[2023] = {D("99"), "orang"};
  EXPECT_EQ(Count(facts.At(4), "STRATEGIC_TARGET_DIFFERS", "a"), 1);
  years[2023] = {D("100"), "%"};
  EXPECT_EQ(Count(facts.At(4), "STRATEGIC_TARGET_DIFFERS", "a"), 1);
}

TEST(CodeNotInPlan, OfIndicatorsAndOfMoneyUpToTheQuarter) {
  Facts facts = OneOutput();
  facts.Submit(2).indicators["x"] = Quantity("1");
  facts.submissions.by_quarter[2].budgets["x"].realized = D("1");
  EXPECT_EQ(Count(facts.At(1), "CODE_NOT_IN_PLAN"), 0);
  EXPECT_EQ(Count(facts.At(2), "CODE_NOT_IN_PLAN", "x"), 2);
  EXPECT_EQ(Count(facts.At(4), "CODE_NOT_IN_PLAN", "x"), 2);
}

}  // namespace
}  // namespace sakip::scoring
