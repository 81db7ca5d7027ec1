#include "services/scoring/domain/form/renja_evaluation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/scoring/domain/form/testing/told.h"

namespace sakip::scoring::form {
namespace {

using testing::D;
using ::testing::ElementsAre;
using testing::Facts;
using testing::MakeIndicator;
using testing::R;

// A year with the key indicator IKU1 (a position, 80 %), and the sub-activity SK1 that promises 10
// orang, which add up, for 1000 rupiah. All of it is reached in the fourth quarter unless a test
// says otherwise.
Facts Year(int year) {
  Facts facts;
  facts.plan().year = year;
  facts.plan().ref.effective_date = absl::CivilDay(year, 1, 1);
  Indicator key = MakeIndicator("IKU1", "80", "%");
  key.time_aggregation = TimeAggregation::kLast;
  facts.Key(std::move(key));
  SubActivity& sub_activity = facts.Output(MakeIndicator("SK1", "10"), "1000");
  sub_activity.responsible_unit = "rehsos";
  Submission& fourth = facts.Submit(4, Coverage::kYearToDate);
  fourth.indicators["IKU1"] = testing::Percentage("80");
  fourth.indicators["SK1"] = testing::Quantity("10");
  fourth.budgets["SK1"].realized = D("900");
  facts.Close(4);
  return facts;
}

// With a strategic plan from `first` to `last` that promises 90 % and, each year, 10 orang.
Facts& Plan(Facts& facts, int first, int last) {
  StrategicPlan& plan = facts.Strategy();
  plan.first_year = first;
  plan.last_year = last;
  for (int year = first; year <= last; ++year) {
    plan.targets["IKU1"][year] = {D("90"), "%"};
    plan.targets["SK1"][year] = {D("10"), "orang"};
  }
  return facts;
}

RenjaEvaluation Evaluate(const Facts& now, const std::vector<const Facts*>& before = {},
                         int quarter = 4) {
  std::vector<YearFacts> years;
  for (const Facts* facts : before) years.push_back(Of(*facts));
  return *EvaluateRenja(Of(now), years, quarter);
}

std::vector<std::string> Quarters(const Half& half) {
  std::vector<std::string> told;
  for (const Amount& quarter : half.quarters) told.push_back(Told(quarter));
  return told;
}

TEST(EvaluateRenja, HasTheRowsOfThePlan) {
  const Facts facts = Year(2023);
  const RenjaEvaluation evaluation = Evaluate(facts);
  std::vector<std::string> rows;
  for (const Row& row : evaluation.rows) {
    rows.push_back(absl::StrCat(row.objective, " ", row.code, " ",
                                row.indicator.has_value() ? row.indicator->code : "-"));
  }
  EXPECT_THAT(rows, ElementsAre("S1 S1 IKU1", "S1 P1 -", "S1 K1 -", "S1 SK1 SK1"));
  EXPECT_THAT(RowOf(evaluation, "SK1").responsible_units, ElementsAre("rehsos"));
  EXPECT_EQ(evaluation.head.period, (Period{2023, 4}));
  EXPECT_TRUE(evaluation.head.objectives.empty());
  // A node without indicator has money, and no performance that anybody promised.
  EXPECT_EQ(Told(RowOf(evaluation, "P1").performance.target), "NOT_PLANNED");
  EXPECT_EQ(Told(RowOf(evaluation, "P1").money.target), "PLANNED 1000 Rp");
}

TEST(EvaluateRenja, PutsTheYearBesideTheStrategicPlan) {
  const Facts y2021 = Year(2021), y2022 = Year(2022);
  Facts now = Year(2023);
  Plan(now, 2021, 2025);

  const RenjaEvaluation evaluation = Evaluate(now, {&y2021, &y2022});

  const Half& output = RowOf(evaluation, "SK1").performance;
  EXPECT_EQ(Told(output.strategic_target), "PLANNED 50 orang of 2021,2022,2023,2024,2025");
  EXPECT_EQ(Told(output.strategic_before), "FINAL 20 orang of 2021,2022");
  EXPECT_EQ(Told(output.target), "PLANNED 10 orang");
  EXPECT_EQ(Told(output.realization), "FINAL 10 orang");
  EXPECT_EQ(Told(output.achievement), "FINAL 100.00 met");
  EXPECT_EQ(Told(output.strategic_realization), "FINAL 30 orang of 2021,2022,2023");
  EXPECT_EQ(Told(output.strategic_achievement), "FINAL 60.00 missed");

  const Half& key = RowOf(evaluation, "IKU1").performance;
  EXPECT_EQ(Told(key.strategic_target), "PLANNED 90 % of 2025");
  EXPECT_EQ(Told(key.strategic_before), "FINAL 80 % of 2022");
  EXPECT_EQ(Told(key.strategic_realization), "FINAL 80 % of 2023");
  EXPECT_EQ(*key.strategic_achievement.figure->exact, R("800/9"));

  const Half& money = RowOf(evaluation, "SK1").money;
  EXPECT_EQ(Told(money.strategic_target), "NOT_RECORDED");
  EXPECT_EQ(Told(money.strategic_before), "FINAL 1800 Rp of 2021,2022");
  EXPECT_EQ(Told(money.strategic_realization), "FINAL 2700 Rp of 2021,2022,2023");
  EXPECT_EQ(Told(money.strategic_achievement), "NOT_RECORDED");
  EXPECT_EQ(Told(money.achievement), "FINAL 90.00 missed");
  EXPECT_EQ(Told(RowOf(evaluation, "IKU1").money.strategic_before), "FINAL 1800 Rp of 2021,2022");
  EXPECT_THAT(evaluation.earlier_years,
              ElementsAre(YearState{2021, CellState::kFinal}, YearState{2022, CellState::kFinal}));
}

TEST(EvaluateRenja, SaysWhichYearsAreNotInTheSystem) {
  Facts y2021;
  y2021.plans.annual_plans.clear();
  Facts y2022 = Year(2022), now = Year(2023);
  y2022.submissions.by_quarter[4].indicators.erase("SK1");
  Plan(now, 2021, 2025);
  const YearFacts nothing{2021, &y2021.plans, &y2021.submissions, &y2021.policy};

  const RenjaEvaluation evaluation = *EvaluateRenja(Of(now), {nothing, Of(y2022)}, 4);

  const Half& output = RowOf(evaluation, "SK1").performance;
  EXPECT_EQ(Told(output.strategic_before),
            "MISSING without 2021 NOT_RECORDED without 2022 MISSING");
  EXPECT_EQ(Told(output.strategic_realization),
            "PARTIAL 10 orang of 2023 without 2021 NOT_RECORDED without 2022 MISSING");
  EXPECT_EQ(Told(output.strategic_achievement), "PARTIAL");  // No part of a whole.
  // A position needs the last year only.
  EXPECT_EQ(Told(RowOf(evaluation, "IKU1").performance.strategic_achievement),
            "FINAL 88.89 missed");
  EXPECT_EQ(Told(RowOf(evaluation, "SK1").money.strategic_realization),
            "PARTIAL 1800 Rp of 2022,2023 without 2021 NOT_RECORDED");
  EXPECT_THAT(evaluation.earlier_years, ElementsAre(YearState{2021, CellState::kNotRecorded},
                                                    YearState{2022, CellState::kFinal}));
}

TEST(EvaluateRenja, LeavesOutAYearOfAnotherDefinition) {
  Facts y2022 = Year(2022), now = Year(2023);
  y2022.activity().sub_activities[0].indicators[0].target.unit = "paket";
  y2022.submissions.by_quarter[4].indicators["SK1"] = testing::Quantity("7", "paket");
  Plan(now, 2022, 2023);
  EXPECT_EQ(Told(RowOf(Evaluate(now, {&y2022}), "SK1").performance.strategic_before),
            "NOT_SCORED without 2022 NOT_SCORED");
}

TEST(EvaluateRenja, MeasuresNothingAgainstTargetsThatLack) {
  Facts y2022 = Year(2022), now = Year(2023);
  Plan(now, 2022, 2024);
  now.plans.strategic_plans.back().targets["SK1"].erase(2024);
  now.plans.strategic_plans.back().targets.erase("IKU1");
  const RenjaEvaluation evaluation = Evaluate(now, {&y2022});
  EXPECT_EQ(Told(RowOf(evaluation, "SK1").performance.strategic_target),
            "PARTIAL 20 orang of 2022,2023 without 2024 NOT_RECORDED");
  EXPECT_EQ(Told(RowOf(evaluation, "SK1").performance.strategic_achievement), "PARTIAL");
  EXPECT_EQ(Told(RowOf(evaluation, "IKU1").performance.strategic_achievement), "NOT_PLANNED");
  EXPECT_EQ(Told(RowOf(evaluation, "IKU1").performance.strategic_realization),
            "FINAL 80 % of 2023");
}

TEST(EvaluateRenja, HasNoStrategicColumnsWithoutAStrategicPlan) {
  const Facts y2022 = Year(2022), now = Year(2023);
  const RenjaEvaluation evaluation = Evaluate(now, {&y2022});
  EXPECT_FALSE(evaluation.strategic_plan.has_value());
  EXPECT_TRUE(evaluation.earlier_years.empty());
  for (const Half* half :
       {&RowOf(evaluation, "IKU1").performance, &RowOf(evaluation, "IKU1").money}) {
    EXPECT_EQ(Told(half->strategic_target), "NOT_PLANNED");
    EXPECT_EQ(Told(half->strategic_before), "NOT_PLANNED");
    EXPECT_EQ(Told(half->strategic_realization), "NOT_PLANNED");
    EXPECT_EQ(Told(half->strategic_achievement), "NOT_PLANNED");
  }
  EXPECT_EQ(FirstStrategicYear(Of(now), 4), 2023);
}

TEST(EvaluateRenja, NothingIsBeforeTheFirstYearOfThePlan) {
  Facts y2022 = Year(2022), now = Year(2023);
  Plan(now, 2023, 2027);
  const RenjaEvaluation evaluation = Evaluate(now, {&y2022});
  EXPECT_EQ(Told(RowOf(evaluation, "SK1").performance.strategic_before), "NOT_APPLICABLE");
  EXPECT_EQ(Told(RowOf(evaluation, "SK1").performance.strategic_realization),
            "FINAL 10 orang of 2023");
  EXPECT_EQ(FirstStrategicYear(Of(now), 4), 2023);
}

// The same quarters, submitted alone or to date.
TEST(Quarters, AreTheSameWhicheverWayTheyWereSubmitted) {
  const auto submitted = [](Coverage coverage, const std::vector<const char*>& values,
                            const std::vector<const char*>& money) {
    Facts facts = Year(2023);
    facts.submissions.by_quarter.clear();
    for (int quarter = 1; quarter <= 3; ++quarter) {
      Submission& submission = facts.Submit(quarter, coverage);
      submission.indicators["SK1"] = testing::Quantity(values[quarter - 1]);
      submission.indicators["IKU1"] = testing::Percentage("70");
      submission.budgets["SK1"].realized = D(money[quarter - 1]);
    }
    facts.submissions.closed_quarters = {1};
    const RenjaEvaluation evaluation = Evaluate(facts, {}, 3);
    EXPECT_THAT(Quarters(RowOf(evaluation, "SK1").performance),
                ElementsAre("FINAL 2 orang", "ZERO 0 orang", "PROVISIONAL 5 orang", "NOT_DUE"));
    EXPECT_THAT(Quarters(RowOf(evaluation, "IKU1").performance),
                ElementsAre("FINAL 70 %", "PROVISIONAL 70 %", "PROVISIONAL 70 %", "NOT_DUE"));
    EXPECT_THAT(Quarters(RowOf(evaluation, "K1").money),
                ElementsAre("FINAL 100 Rp", "PROVISIONAL 300 Rp", "PROVISIONAL 50 Rp", "NOT_DUE"));
    EXPECT_EQ(Told(RowOf(evaluation, "SK1").performance.realization), "PROVISIONAL 7 orang");
  };
  submitted(Coverage::kQuarter, {"2", "0", "5"}, {"100", "300", "50"});
  submitted(Coverage::kYearToDate, {"2", "2", "7"}, {"100", "400", "450"});
}

TEST(Quarters, SayWhatLacksAndWhatAValueToDateCovers) {
  Facts facts = Year(2023);
  facts.Quarters("SK1", "10", {{1, "2"}, {3, "3"}, {4, "5"}});
  facts.Submit(1).indicators["SK1"] = testing::Quantity("2");
  facts.submissions.by_quarter[1].budgets["SK1"].realized = D("100");
  facts.Submit(3).indicators["IKU1"] = testing::Percentage("70");
  const RenjaEvaluation evaluation = Evaluate(facts);
  EXPECT_THAT(Quarters(RowOf(evaluation, "SK1").performance),
              ElementsAre("FINAL 2 orang", "NOT_DUE", "MISSING", "FINAL 8 orang from TW 2"));
  EXPECT_THAT(Quarters(RowOf(evaluation, "SK1").money),
              ElementsAre("FINAL 100 Rp", "MISSING", "MISSING", "FINAL 800 Rp from TW 2"));
  EXPECT_THAT(Quarters(RowOf(evaluation, "IKU1").performance),
              ElementsAre("NOT_DUE", "NOT_DUE", "FINAL 70 %", "FINAL 80 %"));
}

TEST(Quarters, AreThoseOfThePlanInForceThen) {
  Facts facts = Year(2023);
  facts.Submit(1).indicators["SK1"] = testing::Quantity("2");
  facts.submissions.by_quarter[1].budgets["SK1"].realized = D("100");
  facts.Revise(absl::CivilDay(2023, 5, 1));
  facts.activity().sub_activities[0].budget = D("1500");
  facts.Output(MakeIndicator("SK2", "4", "paket"), "50");
  facts.activity().sub_activities[0].indicators[0].target = {D("20"), "paket"};
  Submission& fourth = facts.submissions.by_quarter[4];
  fourth.indicators["SK1"] = testing::Quantity("18", "paket");
  fourth.indicators["SK2"] = testing::Quantity("4", "paket");

  const RenjaEvaluation evaluation = Evaluate(facts);

  const Half& changed = RowOf(evaluation, "SK1").performance;
  EXPECT_EQ(Told(changed.target), "PLANNED 20 paket");
  // Through the first quarter it was counted in another unit, so the year is not taken apart.
  EXPECT_THAT(Quarters(changed),
              ElementsAre("FINAL 2 orang", "NOT_DUE", "NOT_DUE", "FINAL 18 paket from TW 1"));
  EXPECT_EQ(Told(RowOf(evaluation, "SK1").money.target), "PLANNED 1500 Rp");
  EXPECT_EQ(Told(RowOf(evaluation, "SK2").performance.quarters[0]), "NOT_PLANNED");
  EXPECT_EQ(Told(RowOf(evaluation, "SK2").money.quarters[0]), "NOT_PLANNED");
  // One of two sub-activities spent something that is known.
  EXPECT_EQ(Told(RowOf(evaluation, "K1").money.realization), "PARTIAL 900 Rp");
  EXPECT_EQ(Told(RowOf(evaluation, "K1").money.quarters[3]), "PARTIAL 800 Rp from TW 2");
  EXPECT_EQ(Told(RowOf(evaluation, "SK2").money.realization), "MISSING");
}

TEST(Quarters, SayWhatDoesNotApply) {
  Facts facts = Year(2023);
  facts.submissions.by_quarter[4].indicators["SK1"] = testing::NotApplicable();
  facts.objective().indicators[0].not_applicable_reason = "tidak diukur tahun ini";
  facts.submissions.by_quarter[4].indicators.erase("IKU1");
  const RenjaEvaluation evaluation = Evaluate(facts);
  const Half& output = RowOf(evaluation, "SK1").performance;
  EXPECT_EQ(Told(output.quarters[3]), "NOT_APPLICABLE");
  EXPECT_EQ(Told(output.realization), "NOT_APPLICABLE");
  EXPECT_EQ(Told(output.achievement), "NOT_APPLICABLE");
  EXPECT_EQ(Told(RowOf(evaluation, "IKU1").performance.target), "NOT_APPLICABLE");
  EXPECT_EQ(Told(RowOf(evaluation, "IKU1").performance.quarters[3]), "NOT_APPLICABLE");
}

TEST(EvaluateRenja, GivesMoneyOnceWhereANodeHasManyIndicators) {
  Facts facts = Year(2023);
  Indicator second = MakeIndicator("SK1.2", "4", "paket");
  facts.activity().sub_activities[0].indicators.push_back(std::move(second));
  const RenjaEvaluation evaluation = Evaluate(facts);
  EXPECT_EQ(Told(RowOf(evaluation, "SK1").money.realization), "FINAL 900 Rp");
  EXPECT_EQ(Told(RowOf(evaluation, "SK1.2").money.realization), "IN_FIRST_ROW");
  EXPECT_EQ(Told(RowOf(evaluation, "SK1.2").performance.achievement), "MISSING 0.00 missed");
}

TEST(Means, AreOfOneLevelAndRatedByTheFormsOwnScale) {
  Facts facts = Year(2023);
  facts.Output(MakeIndicator("SK2", "4", "paket"), "3000");
  Submission& fourth = facts.submissions.by_quarter[4];
  fourth.indicators["SK2"] = testing::Quantity("3.26", "paket");  // 81.5 %
  fourth.budgets["SK2"].realized = D("300");
  const RenjaEvaluation evaluation = Evaluate(facts);
  ASSERT_EQ(evaluation.means.size(), 2u);
  EXPECT_EQ(evaluation.means[0].level, Level::kObjective);
  const LevelMeans& outputs = evaluation.means[1];
  EXPECT_EQ(outputs.level, Level::kSubActivity);
  // (100 + 81.5) / 2 = 90.75: below 91, so it is not Sangat Tinggi.
  EXPECT_EQ(Told(outputs.annual.performance), "FINAL 90.75 T");
  EXPECT_EQ(outputs.annual.counted, 2);
  // 1200 of 4000, not the mean of 90 and 10.
  EXPECT_EQ(Told(outputs.annual.money), "FINAL 30.00 SR");
  EXPECT_EQ(Told(outputs.strategic.performance), "NOT_PLANNED");
}

TEST(Means, CountWhatIsMissingOnceItsQuarterIsClosed) {
  Facts facts = Year(2023);
  facts.Output(MakeIndicator("SK2", "4", "paket"), "3000");
  EXPECT_EQ(Told(Evaluate(facts).means[1].annual.performance), "FINAL 50.00 SR");
  facts.submissions.closed_quarters.clear();
  const RenjaEvaluation open = Evaluate(facts);
  EXPECT_EQ(Told(open.means[1].annual.performance), "PROVISIONAL 100.00 ST");
  EXPECT_EQ(open.means[1].annual.counted, 1);
  EXPECT_EQ(open.means[1].annual.indicators, 2);
}

TEST(EvaluateRenja, IsAbsentWhereTheYearIsNotScored) {
  Facts facts = Year(2023);
  facts.submissions.unread.push_back({"event", 3, "does not parse"});
  EXPECT_FALSE(EvaluateRenja(Of(facts), {}, 4).has_value());
  const Facts later = Year(2023);
  YearFacts none = Of(later);
  none.year = 2022;
  EXPECT_FALSE(EvaluateRenja(none, {}, 4).has_value());
}

}  // namespace
}  // namespace sakip::scoring::form
