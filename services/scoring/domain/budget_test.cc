#include "services/scoring/domain/budget.h"

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
using testing::R;
using testing::StateName;

// Two sub-activities `a` of 1000 and `b` of 3000.
Facts TwoLines() {
  Facts facts;
  facts.Output(MakeIndicator("a", "10"), "1000");
  facts.Output(MakeIndicator("b", "10"), "3000");
  return facts;
}

const ActivityScore& ActivityOf(const Scorecard& scorecard) {
  return scorecard.objectives[0].programs[0].activities[0];
}

// `FINAL 50.00`, `MISSING`.
std::string Seen(const BudgetScore& score) {
  return StateName(score.absorption.state) +
         (score.absorption.exact.has_value() ? " " + score.absorption.printed : "");
}

std::string Line(const Facts& facts, int quarter, size_t line = 0) {
  return Seen(ActivityOf(facts.At(quarter)).sub_activities[line].budget);
}

TEST(Absorption, IsRealizedOverBudgetOnEveryLevel) {
  Facts facts = TwoLines();
  facts.Submit(4, Coverage::kYearToDate).budgets = {{"a", {D("900"), {}}}, {"b", {D("300"), {}}}};
  facts.Close(4);

  const Scorecard scorecard = facts.At(4);
  EXPECT_EQ(Line(facts, 4, 0), "FINAL 90.00");
  EXPECT_EQ(Line(facts, 4, 1), "FINAL 10.00");
  // Recomputed from the sums, not the mean of 90 and 10.
  EXPECT_EQ(Seen(ActivityOf(scorecard).budget), "FINAL 30.00");
  EXPECT_EQ(Seen(scorecard.objectives[0].programs[0].budget), "FINAL 30.00");
  EXPECT_EQ(Seen(scorecard.objectives[0].budget), "FINAL 30.00");
  EXPECT_EQ(Seen(scorecard.budget), "FINAL 30.00");
  EXPECT_EQ(scorecard.budget.budget, R("4000"));
  EXPECT_EQ(*scorecard.budget.realized, R("1200"));
}

TEST(Absorption, AddsQuartersUpAndTakesValuesToDate) {
  Facts facts = TwoLines();
  facts.Submit(1).budgets["a"].realized = D("100");
  facts.Submit(2).budgets["a"].realized = D("150");
  EXPECT_EQ(Line(facts, 1), "PROVISIONAL 10.00");
  EXPECT_EQ(Line(facts, 2), "PROVISIONAL 25.00");
  facts.submissions.by_quarter[2].coverage = Coverage::kYearToDate;
  EXPECT_EQ(Line(facts, 2), "PROVISIONAL 15.00");
  facts.Submit(3).budgets["a"].realized = D("5");
  EXPECT_EQ(Line(facts, 3), "PROVISIONAL 15.50");
}

TEST(Absorption, HasItsStates) {
  Facts facts = TwoLines();
  EXPECT_EQ(Line(facts, 4), "MISSING");
  facts.Submit(4).budgets["a"].realized = D("0");
  EXPECT_EQ(Line(facts, 4), "ZERO 0.00");
  facts.activity().sub_activities[0].budget = D("0");
  EXPECT_EQ(Line(facts, 4), "NOT_APPLICABLE");
  facts.Submit(4).budgets["a"].realized = D("1");
  EXPECT_EQ(Line(facts, 4), "NOT_SCORED");
  EXPECT_EQ(Count(facts.At(4), "REALIZED_OVER_BUDGET", "a"), 1);
}

TEST(Absorption, SaysHowManyPartsReportedNothing) {
  Facts facts = TwoLines();
  facts.Submit(4).budgets["a"].realized = D("1000");
  const BudgetScore budget = facts.At(4).budget;
  EXPECT_EQ(Seen(budget), "PROVISIONAL 25.00");
  EXPECT_EQ(ActivityOf(facts.At(4)).budget.derivation[1].words,
            Phrase(PhraseCode::kSumOfParts, {"1"}));
  EXPECT_EQ(ActivityOf(facts.At(4)).budget.derivation[1].note,
            Phrase(PhraseCode::kPartsWithoutReport, {"1"}));
}

TEST(Absorption, ShowsNoFullAbsorptionThatIsNone) {
  Facts facts;
  facts.Output(MakeIndicator("a", "10"), "60979145376");
  facts.Submit(4).budgets["a"].realized = D("60979145375");
  EXPECT_EQ(Line(facts, 4), "PROVISIONAL 99.999999998");
  facts.Submit(4).budgets["a"].realized = D("60979145376");
  EXPECT_EQ(Line(facts, 4), "PROVISIONAL 100.00");
}

TEST(RealizedOverBudget, OnEveryLevelWhereItIs) {
  Facts facts = TwoLines();
  facts.Submit(4).budgets = {{"a", {D("1000"), {}}}, {"b", {D("3000"), {}}}};
  EXPECT_EQ(Count(facts.At(4), "REALIZED_OVER_BUDGET"), 0);
  facts.Submit(4).budgets["a"].realized = D("1000.01");
  EXPECT_EQ(Count(facts.At(4), "REALIZED_OVER_BUDGET", "a"), 1);
  EXPECT_EQ(Count(facts.At(4), "REALIZED_OVER_BUDGET", "P1"), 1);
  EXPECT_EQ(Count(facts.At(4), "REALIZED_OVER_BUDGET"), 5);
  EXPECT_EQ(FindingOf(facts.At(4), "REALIZED_OVER_BUDGET").figures.size(), 2u);
  facts.Submit(4).budgets["b"].realized = D("2000");
  EXPECT_EQ(Count(facts.At(4), "REALIZED_OVER_BUDGET"), 1);
}

TEST(YearToDateFalls, InMoney) {
  Facts facts = TwoLines();
  facts.Submit(1).budgets["a"].realized = D("100");
  facts.Submit(2).budgets["a"].realized = D("100");
  facts.Submit(3, Coverage::kYearToDate).budgets["a"].realized = D("200");
  EXPECT_EQ(Count(facts.At(3), "YEAR_TO_DATE_FALLS"), 0);
  facts.Submit(3, Coverage::kYearToDate).budgets["a"].realized = D("199.99");
  EXPECT_EQ(Count(facts.At(3), "YEAR_TO_DATE_FALLS", "a"), 1);
  EXPECT_EQ(Count(facts.At(2), "YEAR_TO_DATE_FALLS"), 0);
}

TEST(YearToDateFalls, InMoneyAndOutputOfOneCodeAreTwoFindings) {
  Facts facts = TwoLines();
  facts.Submit(1, Coverage::kYearToDate).budgets["a"].realized = D("100");
  facts.Submit(1, Coverage::kYearToDate).indicators["a"] = testing::Quantity("5");
  facts.Submit(2, Coverage::kYearToDate).budgets["a"].realized = D("99");
  facts.Submit(2, Coverage::kYearToDate).indicators["a"] = testing::Quantity("4");
  EXPECT_EQ(Count(facts.At(2), "YEAR_TO_DATE_FALLS", "a"), 2);
}

TEST(OriginalBudget, StandsBesideTheAmendedOneOnEveryLevel) {
  Facts facts = TwoLines();
  facts.Revise(absl::CivilDay(2023, 11, 21));
  facts.activity().sub_activities[0].budget = D("1500");
  facts.activity().sub_activities.pop_back();
  facts.Output(MakeIndicator("c", "1"), "700");

  const Scorecard third = facts.At(3), fourth = facts.At(4);
  EXPECT_EQ(third.budget.budget, R("4000"));
  EXPECT_EQ(*third.budget.original, R("4000"));
  const ActivityScore& activity = ActivityOf(fourth);
  EXPECT_EQ(activity.sub_activities[0].budget.budget, R("1500"));
  EXPECT_EQ(*activity.sub_activities[0].budget.original, R("1000"));
  EXPECT_FALSE(activity.sub_activities[1].budget.original.has_value());
  // The line that was dropped stays in the original of everything above it.
  EXPECT_EQ(activity.budget.budget, R("2200"));
  EXPECT_EQ(*activity.budget.original, R("4000"));
  EXPECT_EQ(*fourth.objectives[0].programs[0].budget.original, R("4000"));
  EXPECT_EQ(*fourth.objectives[0].budget.original, R("4000"));
  EXPECT_EQ(*fourth.budget.original, R("4000"));
}

TEST(BudgetNarrative, IsThatOfTheLatestSubmission) {
  Facts facts = TwoLines();
  facts.Submit(1).budgets["a"] = {D("1"), {"", "hujan", ""}};
  facts.Submit(2).budgets["b"] = {D("1"), {"", "lembur", ""}};
  EXPECT_EQ(ActivityOf(facts.At(2)).sub_activities[0].narrative.constraints, "hujan");
  EXPECT_EQ(ActivityOf(facts.At(1)).sub_activities[1].narrative.constraints, "");
}

}  // namespace
}  // namespace sakip::scoring
