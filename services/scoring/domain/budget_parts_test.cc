// Money by kind and source: what is told adds up with the rest to the whole at every level, and an
// absorption has the same money on both sides.
#include "services/scoring/domain/budget_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/region_summary.h"
#include "services/scoring/domain/scorecard_diff.h"
#include "services/scoring/domain/simulate.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using money::ExpenditureKind;
using money::Part;
using testing::Count;
using testing::D;
using ::testing::ElementsAre;
using testing::Facts;
using testing::FindingOf;
using ::testing::IsEmpty;
using testing::MakeIndicator;
using testing::StateName;

Part Operating(std::string source, absl::string_view amount) {
  return {{ExpenditureKind::kOperating, std::move(source)}, D(amount)};
}
Part Capital(std::string source, absl::string_view amount) {
  return {{ExpenditureKind::kCapital, std::move(source)}, D(amount)};
}

std::string Text(const std::optional<Rational>& amount) {
  return amount.has_value() ? ExactText(*amount) : "-";
}

// `operating DAU 600/600/300 50.00`: original, budget, realized, and the absorption or its state;
// ` of 100/50` what it compares where that is not all. The rest comes last.
std::vector<std::string> Seen(const BudgetScore& whole) {
  std::vector<std::string> rows;
  for (const BudgetPartScore& part : whole.parts) {
    const Figure& figure = part.absorption;
    std::string row = absl::StrCat(
        part.key.Text(), " ", Text(part.original), "/", Text(part.budget), "/", Text(part.realized),
        " ", figure.exact.has_value() ? figure.printed : StateName(figure.state));
    if (part.compared_budget != part.budget || part.compared_realized != part.realized) {
      absl::StrAppend(&row, " of ", Text(part.compared_budget), "/", Text(part.compared_realized));
    }
    rows.push_back(std::move(row));
  }
  const UndividedBudget rest = Undivided(whole);
  rows.push_back(
      absl::StrCat("rest ", Text(rest.original), "/", Text(rest.budget), "/", Text(rest.realized)));
  return rows;
}

const ActivityScore& ActivityOf(const Scorecard& card) {
  return card.objectives[0].programs[0].activities[0];
}

std::vector<std::string> Line(const Facts& facts, size_t line = 0, int quarter = 4) {
  return Seen(ActivityOf(facts.At(quarter)).sub_activities[line].budget);
}

// Sub-activities `a` of 1000 and `b` of 3000, both divided.
Facts TwoLines() {
  Facts facts;
  facts.Output(MakeIndicator("a", "10"), "1000").budget_parts = {Operating("DAU", "600"),
                                                                 Capital("DBHCHT", "400")};
  facts.Output(MakeIndicator("b", "10"), "3000").budget_parts = {Operating("DAU", "3000")};
  return facts;
}

RealizedBudget Spending(absl::string_view realized, std::vector<Part> parts) {
  return {D(realized), {}, std::move(parts)};
}

TEST(BudgetParts, AreAbsorbedOnEveryLevelFromTheSums) {
  Facts facts = TwoLines();
  facts.Submit(4, Coverage::kYearToDate).budgets = {
      {"a", Spending("700", {Operating("DAU", "300"), Capital("DBHCHT", "400")})},
      {"b", Spending("600", {Operating("DAU", "600")})}};
  facts.Close(4);

  const Scorecard card = facts.At(4);

  EXPECT_THAT(Line(facts, 0), ElementsAre("operating DAU 600/600/300 50.00",
                                          "capital DBHCHT 400/400/400 100.00", "rest 0/0/0"));
  EXPECT_THAT(Line(facts, 1), ElementsAre("operating DAU 3000/3000/600 20.00", "rest 0/0/0"));
  // Not the mean of 50 and 20.
  const auto all = ElementsAre("operating DAU 3600/3600/900 25.00",
                               "capital DBHCHT 400/400/400 100.00", "rest 0/0/0");
  EXPECT_THAT(Seen(ActivityOf(card).budget), all);
  EXPECT_THAT(Seen(card.objectives[0].programs[0].budget), all);
  EXPECT_THAT(Seen(card.objectives[0].budget), all);
  EXPECT_THAT(Seen(card.budget), all);
  EXPECT_EQ(card.budget.parts[0].absorption.state, FigureState::kFinal);
  EXPECT_THAT(card.findings, IsEmpty()) << card.findings[0].code;
}

TEST(BudgetParts, AreTheSameByQuarterAndToDate) {
  Facts quarters = TwoLines(), to_date = TwoLines();
  quarters.Submit(1).budgets["a"] = Spending("100", {Operating("DAU", "100")});
  quarters.Submit(2).budgets["a"] =
      Spending("250", {Capital("DBHCHT", "50"), Operating("DAU", "200")});
  to_date.Submit(1, Coverage::kYearToDate).budgets["a"] =
      Spending("100", {Operating("DAU", "100")});
  to_date.Submit(2, Coverage::kYearToDate).budgets["a"] =
      Spending("350", {Operating("DAU", "300"), Capital("DBHCHT", "50")});

  for (const int quarter : {1, 2}) {
    EXPECT_EQ(Line(quarters, 0, quarter), Line(to_date, 0, quarter)) << quarter;
    EXPECT_THAT(ChangedBudgets(quarters.At(quarter), to_date.At(quarter)), IsEmpty()) << quarter;
  }
  EXPECT_THAT(Line(quarters, 0, 2), ElementsAre("operating DAU 600/600/300 50.00",
                                                "capital DBHCHT 400/400/50 12.50", "rest 0/0/0"));
  EXPECT_EQ(quarters.At(2).budget.parts[0].absorption.state, FigureState::kProvisional);
}

TEST(BudgetParts, OfAValueToDateStandForAllBefore) {
  Facts facts = TwoLines();
  facts.Submit(1).budgets["a"] = Spending("100", {Operating("DAU", "100")});
  facts.Submit(2, Coverage::kYearToDate).budgets["a"] = Spending("100", {Capital("DBHCHT", "100")});
  facts.Submit(3).budgets["a"] = Spending("20", {Capital("DBHCHT", "20")});

  EXPECT_THAT(Line(facts, 0, 3), ElementsAre("operating DAU 600/600/0 0.00",
                                             "capital DBHCHT 400/400/120 30.00", "rest 0/0/0"));
}

TEST(BudgetParts, AreNotComparedWhereWhatWasSpentIsNotDivided) {
  Facts facts = TwoLines();
  facts.Submit(4).budgets = {{"a", Spending("700", {})},
                             {"b", Spending("600", {Operating("DAU", "600")})}};

  const Scorecard card = facts.At(4);

  EXPECT_THAT(Line(facts, 0),
              ElementsAre("operating DAU 600/600/- MISSING of -/-",
                          "capital DBHCHT 400/400/- MISSING of -/-", "rest 0/0/700"));
  // Of 3600 only 3000 can be compared: neither 600 / 3600 nor anything of 700 is told.
  EXPECT_THAT(Seen(card.budget),
              ElementsAre("operating DAU 3600/3600/600 20.00 of 3000/600",
                          "capital DBHCHT 400/400/- MISSING of -/-", "rest 0/0/700"));
  EXPECT_EQ(Count(card, "REALIZED_PARTS_DIFFER"), 0);
  EXPECT_EQ(TextOf(card.budget.parts[0].derivation[0].note, Language::kEnglish),
            "of 3600; the rest cannot be compared");
}

TEST(BudgetParts, AreNotComparedWhereThePlanDoesNotDivide) {
  Facts facts = TwoLines();
  facts.activity().sub_activities[1].budget_parts.clear();
  facts.Submit(4).budgets = {
      {"a", Spending("700", {Operating("DAU", "300"), Capital("DBHCHT", "400")})},
      {"b", Spending("600", {Operating("DAU", "600")})}};

  const Scorecard card = facts.At(4);

  EXPECT_THAT(Line(facts, 1),
              ElementsAre("operating DAU -/-/600 NOT_SCORED of -/-", "rest 3000/3000/0"));
  // 900 / 600 would be more than all.
  EXPECT_THAT(Seen(card.budget),
              ElementsAre("operating DAU 600/600/900 50.00 of 600/300",
                          "capital DBHCHT 400/400/400 100.00", "rest 3000/3000/0"));
  EXPECT_EQ(Count(card, "REALIZED_PART_NOT_PLANNED"), 0);
  EXPECT_EQ(Count(card, "REALIZED_PART_OVER_BUDGET"), 0);
}

TEST(BudgetParts, OfWhatReportedNothingCountZeroAsTheWholeDoes) {
  Facts facts = TwoLines();
  EXPECT_THAT(Line(facts, 1), ElementsAre("operating DAU 3000/3000/- MISSING", "rest 0/0/-"));
  facts.Submit(4).budgets["b"] = Spending("600", {Operating("DAU", "600")});

  EXPECT_THAT(Seen(facts.At(4).budget),
              ElementsAre("operating DAU 3600/3600/600 16.67", "capital DBHCHT 400/400/- MISSING",
                          "rest 0/0/0"));
}

TEST(BudgetParts, ThatAreNotToldOfAWholeThatIsDividedAreNothing) {
  Facts facts = TwoLines();
  facts.Submit(4).budgets["a"] = Spending("0", {});

  EXPECT_THAT(Line(facts, 0), ElementsAre("operating DAU 600/600/0 0.00",
                                          "capital DBHCHT 400/400/0 0.00", "rest 0/0/0"));
}

TEST(BudgetParts, AreNoneWhereNothingIsDivided) {
  Facts facts;
  facts.Output(MakeIndicator("a", "10"), "1000");
  facts.Submit(4).budgets["a"] = Spending("700", {});

  EXPECT_THAT(Line(facts), ElementsAre("rest 1000/1000/700"));
  EXPECT_THAT(facts.At(4).budget.parts, IsEmpty());
}

TEST(BudgetParts, KeepTheOriginalOfLinesThatWereDropped) {
  Facts facts = TwoLines();
  facts.Revise(absl::CivilDay(2023, 11, 21));
  facts.activity().sub_activities.pop_back();
  facts.activity().sub_activities[0].budget_parts = {Operating("DAU", "1000")};

  EXPECT_THAT(Seen(facts.At(4).budget),
              ElementsAre("operating DAU 3600/1000/- MISSING", "capital DBHCHT 400/0/- MISSING",
                          "rest 0/0/-"));
  facts.activity().sub_activities.clear();
  EXPECT_THAT(Seen(facts.At(4).budget),
              ElementsAre("operating DAU 3600/-/- NOT_APPLICABLE",
                          "capital DBHCHT 400/-/- NOT_APPLICABLE", "rest 0/0/-"));
}

TEST(BudgetParts, ShowHowTheyCameAbout) {
  Facts facts = TwoLines();
  facts.Submit(1).budgets["a"] = Spending("100", {Operating("DAU", "100")});
  facts.Submit(2).budgets["a"] = Spending("200", {Operating("DAU", "200")});

  const Scorecard card = facts.At(2);
  const Derivation& steps = ActivityOf(card).sub_activities[0].budget.parts[0].derivation;

  ASSERT_EQ(steps.size(), 6u);
  EXPECT_EQ(steps[0].source,
            "regions/35.09/agencies/dinsos/annualPlans/2023@1 "
            "sub_activities[a].budget_parts[operating DAU].amount");
  EXPECT_EQ(steps[0].log_position, 1u);
  EXPECT_EQ(steps[2].source,
            "regions/35.09/agencies/dinsos/submissions/2023Q2@1 "
            "budgets[a].realized_parts[operating DAU].amount");
  EXPECT_EQ(steps[2].log_position, 20u);
  EXPECT_EQ(steps[3].expression, "100 + 200");
  EXPECT_EQ(steps[4].expression, "300 / 600 x 100");
  EXPECT_EQ(steps[5].result, "50.00");
}

TEST(RealizedPartsDiffer, WhereThePartsToDateDoNotMakeWhatWasSpent) {
  Facts facts = TwoLines();
  facts.Submit(1).budgets["a"] = Spending("100", {Operating("DAU", "90")});
  facts.Submit(2).budgets["a"] = Spending("100", {Operating("DAU", "110")});

  const Scorecard first = facts.At(1);
  EXPECT_THAT(Seen(ActivityOf(first).sub_activities[0].budget),
              ElementsAre("operating DAU 600/600/90 NOT_SCORED of -/-",
                          "capital DBHCHT 400/400/- NOT_SCORED of -/-", "rest 0/0/10"));
  ASSERT_EQ(Count(first, "REALIZED_PARTS_DIFFER"), 1);
  const Finding& finding = FindingOf(first, "REALIZED_PARTS_DIFFER");
  EXPECT_EQ(finding.subject, "a");
  EXPECT_EQ(finding.figures[0].value, "90 Rp");
  EXPECT_EQ(finding.figures[1].value, "100 Rp");
  EXPECT_THAT(finding.figures[1].location, ::testing::HasSubstr("2023Q1@1 budgets[a].realized"));
  // As one value to date would: 200 of 200.
  EXPECT_EQ(Count(facts.At(2), "REALIZED_PARTS_DIFFER"), 0);
}

TEST(RealizedPartsDiffer, AlsoWhereThePartsMakeMore) {
  Facts facts = TwoLines();
  facts.Submit(4).budgets["b"] = Spending("100", {Operating("DAU", "100.01")});

  EXPECT_THAT(Line(facts, 1),
              ElementsAre("operating DAU 3000/3000/100.01 NOT_SCORED of -/-", "rest 0/0/-0.01"));
  EXPECT_EQ(Count(facts.At(4), "REALIZED_PARTS_DIFFER", "b"), 1);
}

TEST(BudgetPartsDiffer, IsToldInTheScorecardToo) {
  Facts facts = TwoLines();
  facts.activity().sub_activities[1].budget_parts[0].amount = D("2999");
  facts.Submit(4).budgets["b"] = Spending("100", {Operating("DAU", "100")});

  EXPECT_THAT(Line(facts, 1),
              ElementsAre("operating DAU 2999/2999/100 NOT_SCORED of -/-", "rest 1/1/0"));
  EXPECT_EQ(Count(facts.At(4), "BUDGET_PARTS_DIFFER", "b"), 1);
}

TEST(RealizedPartNotPlanned, NamesEveryPartThatThePlanDoesNotHave) {
  Facts facts = TwoLines();
  facts.Submit(4).budgets["b"] = Spending("100", {Operating("DAU", "70"), Operating("PAD", "20"),
                                                  Capital("DAU", "10"), Capital("PAD", "0")});

  EXPECT_THAT(Line(facts, 1),
              ElementsAre("operating DAU 3000/3000/70 2.33", "operating PAD -/0/20 NOT_SCORED",
                          "capital DAU -/0/10 NOT_SCORED", "capital PAD -/0/0 NOT_APPLICABLE",
                          "rest 0/0/0"));
  const Scorecard card = facts.At(4);
  ASSERT_EQ(Count(card, "REALIZED_PART_NOT_PLANNED"), 1);
  const Finding& finding = FindingOf(card, "REALIZED_PART_NOT_PLANNED");
  EXPECT_EQ(finding.subject, "b");
  ASSERT_EQ(finding.figures.size(), 4u);
  EXPECT_EQ(finding.figures[0].value, "20 Rp");
  EXPECT_EQ(finding.figures[2].value, "10 Rp");
}

TEST(RealizedPartOverBudget, ComparesWithThePlanInForce) {
  Facts facts = TwoLines();
  facts.Submit(1).budgets["a"] = Spending("400", {Operating("DAU", "0"), Capital("DBHCHT", "400")});
  EXPECT_EQ(Count(facts.At(1), "REALIZED_PART_OVER_BUDGET"), 0);
  facts.Submit(2).budgets["a"] = Spending("1", {Capital("DBHCHT", "1")});

  const Scorecard card = facts.At(2);

  EXPECT_EQ(Count(card, "REALIZED_OVER_BUDGET"), 0);
  ASSERT_EQ(Count(card, "REALIZED_PART_OVER_BUDGET"), 1);
  const Finding& finding = FindingOf(card, "REALIZED_PART_OVER_BUDGET");
  EXPECT_EQ(finding.figures[0].value, "401 Rp");
  EXPECT_THAT(
      finding.figures[0].location,
      ::testing::HasSubstr("2023Q1@1, regions/35.09/agencies/dinsos/submissions/2023Q2@1 "));
  EXPECT_EQ(finding.figures[1].value, "400 Rp");
  EXPECT_THAT(Seen(card.budget), ::testing::Contains("capital DBHCHT 400/400/401 100.25"));
}

TEST(RegionTally, SumsTheMoneyByKindAndSource) {
  Facts divided = TwoLines();
  divided.Submit(4).budgets["b"] = Spending("600", {Operating("DAU", "600")});
  Facts silent = TwoLines();
  silent.Submit(4).budgets["b"] = Spending("500", {});
  RegionTally tally;
  for (const Facts* facts : {&divided, &silent}) tally.Add(facts->At(4), facts->policy);

  EXPECT_THAT(Seen(tally.Sum().budget),
              ElementsAre("operating DAU 7200/7200/600 14.29 of 4200/600",
                          "capital DBHCHT 800/800/- MISSING", "rest 0/0/500"));
}

TEST(ApplyChanges, TakesMoneyWithoutPartsAsNotDivided) {
  Facts facts = TwoLines();
  facts.Submit(4).budgets["b"] = Spending("600", {Operating("DAU", "600")});
  const auto after = [&](RealizedBudget value) {
    Changes changes;
    changes.quarters.resize(1);
    changes.quarters[0].quarter = 4;
    changes.quarters[0].budgets = {{"b", std::move(value)}};
    const auto changed = ApplyChanges({facts.plans, facts.submissions}, changes, {2023, 4});
    return *Score(changed->plans, changed->submissions, facts.policy, {2023, 4});
  };

  EXPECT_THAT(Seen(ActivityOf(after(Spending("900", {}))).sub_activities[1].budget),
              ElementsAre("operating DAU 3000/3000/- MISSING of -/-", "rest 0/0/900"));
  const Scorecard other = after(Spending("600", {Operating("PAD", "600")}));
  EXPECT_THAT(Seen(ActivityOf(other).sub_activities[1].budget),
              ElementsAre("operating DAU 3000/3000/0 0.00", "operating PAD -/0/600 NOT_SCORED",
                          "rest 0/0/0"));
}

TEST(ChangedBudgets, TellPartsThatDifferOfAWholeThatDoesNot) {
  Facts facts = TwoLines();
  const auto card = [&](absl::string_view dau, absl::string_view dbhcht) {
    facts.Submit(4).budgets["a"] =
        Spending("500", {Operating("DAU", dau), Capital("DBHCHT", dbhcht)});
    return facts.At(4);
  };

  EXPECT_EQ(ChangedBudgets(card("200", "300"), card("300", "200")).size(), 5u);
  EXPECT_THAT(ChangedBudgets(card("200", "300"), card("200", "300")), IsEmpty());
}

}  // namespace
}  // namespace sakip::scoring
