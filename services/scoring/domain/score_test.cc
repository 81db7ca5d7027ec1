#include "services/scoring/domain/score.h"

#include <gtest/gtest.h>

#include <string>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::Count;
using testing::D;
using testing::Facts;
using testing::Find;
using testing::FindingOf;
using testing::MakeIndicator;
using testing::Quantity;
using testing::R;
using testing::Seen;

constexpr absl::CivilDay kAmended(2023, 11, 21);

// One key indicator `a` with a target of 100, 50 of it realized in each quarter so far.
Facts OneKey() {
  Facts facts;
  facts.Key(MakeIndicator("a", "100")).time_aggregation = TimeAggregation::kLast;
  facts.Quarters("a", "100", {{1, "100"}, {2, "100"}, {3, "100"}, {4, "100"}});
  for (int quarter = 1; quarter <= 4; ++quarter) {
    facts.Submit(quarter).indicators["a"] = Quantity("50");
  }
  return facts;
}

void SetTarget(Facts& facts, const char* target) {
  facts.objective().indicators[0].target.value = D(target);
}

TEST(InForce, IsTheRevisionPublishedLastOfThoseEffectiveByTheDay) {
  std::vector<AnnualPlan> revisions(3);
  revisions[0].ref.effective_date = absl::CivilDay(2023, 1, 1);
  revisions[1].ref.effective_date = kAmended;
  revisions[2].ref.effective_date = absl::CivilDay(2023, 6, 30);  // Retroactive.

  EXPECT_EQ(InForce(revisions, absl::CivilDay(2022, 12, 31)), nullptr);
  EXPECT_EQ(InForce(revisions, absl::CivilDay(2023, 1, 1)), &revisions[0]);
  EXPECT_EQ(InForce(revisions, absl::CivilDay(2023, 6, 29)), &revisions[0]);
  EXPECT_EQ(InForce(revisions, absl::CivilDay(2023, 6, 30)), &revisions[2]);
  EXPECT_EQ(InForce(revisions, kAmended), &revisions[2]);
  revisions.pop_back();
  EXPECT_EQ(InForce(revisions, absl::CivilDay(2023, 11, 20)), &revisions[0]);
  EXPECT_EQ(InForce(revisions, kAmended), &revisions[1]);
}

TEST(Score, IsAbsentWithoutAPlanInForce) {
  Facts facts;
  facts.plan().ref.effective_date = absl::CivilDay(2023, 4, 1);
  EXPECT_FALSE(Score(facts.plans, {}, policy::DefaultPolicy(), {2023, 1}).has_value());
  EXPECT_TRUE(Score(facts.plans, {}, policy::DefaultPolicy(), {2023, 2}).has_value());
  EXPECT_FALSE(Score({}, {}, policy::DefaultPolicy(), {2023, 4}).has_value());
}

TEST(Score, OfAnEmptyPlanHasNoNumbers) {
  Facts facts;
  facts.plan().objectives.clear();
  const Scorecard scorecard = facts.At(4);
  EXPECT_EQ(Seen(scorecard.achievement), "NOT_APPLICABLE");
  EXPECT_FALSE(scorecard.budget.absorption.exact.has_value());
}

TEST(Score, UsesThePlanInForceAtTheEndOfTheQuarter) {
  Facts facts = OneKey();
  facts.Revise(kAmended);
  SetTarget(facts, "50");
  facts.plans.action_plans.clear();
  facts.Quarters("a", "50", {});

  EXPECT_EQ(Find(facts.At(4), "a").to_date.target->value, R("50"));
  const IndicatorScore third = Find(facts.At(3), "a");
  EXPECT_EQ(third.year.target->value, R("50"));
  EXPECT_EQ(facts.At(3).documents[0].revision, 1u);
  EXPECT_EQ(facts.At(4).documents[0].revision, 2u);
}

TEST(Score, LetsARetroactiveRevisionChangeAQuarterThatIsNotPinned) {
  Facts facts = OneKey();
  facts.Revise(absl::CivilDay(2023, 2, 1));
  SetTarget(facts, "50");
  EXPECT_EQ(Seen(Find(facts.At(1), "a").year.achievement), "PROVISIONAL 100.00 AA met");
  EXPECT_EQ(Count(facts.At(1), "CLOSED_QUARTER_WOULD_CHANGE"), 0);
}

TEST(Score, LetsNoRetroactiveRevisionChangeAPinnedQuarter) {
  Facts facts = OneKey();
  facts.Close(4);
  facts.submissions.pinned_plan_records = {{1, 50}, {2, 50}, {3, 50}, {4, 50}};
  const std::string before = Seen(facts.At(1).achievement);
  facts.Revise(absl::CivilDay(2023, 2, 1), /*log_position=*/50);
  SetTarget(facts, "50");

  EXPECT_EQ(Seen(facts.At(1).achievement), before);
  EXPECT_EQ(Seen(facts.At(4).achievement), before);
  ASSERT_EQ(Count(facts.At(1), "CLOSED_QUARTER_WOULD_CHANGE"), 1);
  EXPECT_EQ(FindingOf(facts.At(1), "CLOSED_QUARTER_WOULD_CHANGE").figures[1].value,
            "regions/35.09/agencies/dinsos/annualPlans/2023@2");

  facts.plan().ref.log_position = 49;
  EXPECT_EQ(Seen(facts.At(1).achievement), "FINAL 100.00 AA met");
  EXPECT_EQ(Count(facts.At(1), "CLOSED_QUARTER_WOULD_CHANGE"), 0);
}

TEST(Score, PinsEveryDocumentOfTheQuarter) {
  Facts facts = OneKey();
  facts.submissions.pinned_plan_records[1] = 50;
  facts.plans.action_plans.push_back(facts.plans.action_plans[0]);
  facts.plans.action_plans[1].ref.revision = 2;
  facts.plans.action_plans[1].ref.log_position = 51;
  facts.plans.action_plans[1].lines[0].quarters[1].value = D("25");
  facts.Agree().ref.log_position = 52;
  facts.Strategy().ref.log_position = 53;

  const Scorecard scorecard = facts.At(1);
  EXPECT_EQ(Find(scorecard, "a").to_date.target->value, R("100"));
  EXPECT_EQ(Count(scorecard, "CLOSED_QUARTER_WOULD_CHANGE"), 3);
  EXPECT_EQ(scorecard.documents.size(), 2u);
}

TEST(Score, KeepsThePlanWhereTheYearWasPinnedBeforeIt) {
  Facts facts = OneKey();
  facts.submissions.pinned_plan_records[4] = 0;
  EXPECT_FALSE(Score(facts.plans, facts.submissions, facts.policy, {2023, 4}).has_value());
  EXPECT_EQ(Find(facts.At(3), "a").year.target->value, R("100"));
}

TEST(Score, IsTheMeanOfTheObjectivesMeans) {
  Facts facts;
  facts.Key(MakeIndicator("a", "100"));
  facts.Key(MakeIndicator("b", "100"));
  Objective second{"S2", "", {MakeIndicator("c", "100")}, {}};
  facts.plan().objectives.push_back(second);
  facts.Submit(4).indicators = {
      {"a", Quantity("100")}, {"b", Quantity("50")}, {"c", Quantity("25")}};

  const Scorecard scorecard = facts.At(4);
  EXPECT_EQ(Seen(scorecard.objectives[0].achievement), "PROVISIONAL 75.00 BB missed");
  EXPECT_EQ(Seen(scorecard.objectives[1].achievement), "PROVISIONAL 25.00 D missed");
  EXPECT_EQ(Seen(scorecard.achievement), "PROVISIONAL 50.00 CC missed");
  EXPECT_EQ(Seen(scorecard.to_date), "PROVISIONAL 50.00 CC missed");
}

TEST(Score, WeighsTheIndicatorsOfAnObjectiveButNotTheObjectives) {
  Facts facts;
  facts.Key(MakeIndicator("a", "100")).weight = D("3");
  facts.Key(MakeIndicator("b", "100"));
  facts.Submit(4).indicators = {{"a", Quantity("100")}, {"b", Quantity("40")}};
  EXPECT_EQ(Seen(facts.At(4).achievement), "PROVISIONAL 85.00 A missed");
}

TEST(Score, ClampsBeforeItTakesTheMean) {
  Facts facts;
  facts.Key(MakeIndicator("a", "100"));
  facts.Key(MakeIndicator("b", "100"));
  facts.Submit(4).indicators = {{"a", Quantity("180")}, {"b", Quantity("20")}};
  EXPECT_EQ(Seen(facts.At(4).achievement), "PROVISIONAL 60.00 B missed");
}

TEST(Score, LeavesOutputsOutOfTheObjective) {
  Facts facts;
  facts.Key(MakeIndicator("a", "100"));
  facts.Output(MakeIndicator("b", "100"));
  facts.Submit(4).indicators = {{"a", Quantity("100")}, {"b", Quantity("0")}};
  EXPECT_EQ(Seen(facts.At(4).achievement), "PROVISIONAL 100.00 AA met");
}

TEST(Score, LooksAtNothingLaterThanTheQuarter) {
  Facts facts = OneKey();
  const Scorecard before = facts.At(2);
  facts.Submit(3, Coverage::kYearToDate).indicators["a"] = Quantity("99");
  facts.Close(2);
  facts.submissions.closed_quarters.erase(2);
  const Scorecard after = facts.At(2);
  EXPECT_EQ(Seen(before.achievement), Seen(after.achievement));
  EXPECT_EQ(after.submissions.size(), 2u);
}

TEST(Score, CitesWhatItRead) {
  Facts facts = OneKey();
  facts.Revise(kAmended);
  facts.Agree();
  facts.Strategy();
  const Scorecard scorecard = facts.At(2);
  std::string cited;
  for (const DocumentRef& ref : scorecard.documents) cited += ref.Versioned().substr(30) + " ";
  EXPECT_EQ(cited,
            "annualPlans/2023@1 annualPlans/2023@2 actionPlans/2023@1 "
            "performanceAgreements/2023@1 strategicPlans/2023@1 ");
  ASSERT_EQ(scorecard.submissions.size(), 2u);
  EXPECT_EQ(scorecard.submissions[1].log_position, 20u);
  EXPECT_EQ(scorecard.policy, "policies/permenpanrb-53-2014/versions/1");
}

TEST(Score, KeepsTheLatestNarrativeOfAnObjective) {
  Facts facts = OneKey();
  facts.submissions.by_quarter[1].objectives["S1"].constraints = "hujan";
  facts.submissions.by_quarter[4].objectives["S1"].constraints = "banjir";
  EXPECT_EQ(facts.At(3).objectives[0].narrative.constraints, "hujan");
  EXPECT_EQ(facts.At(4).objectives[0].narrative.constraints, "banjir");
}

TEST(Score, DependsOnThePolicyAlone) {
  Facts facts;
  facts.Key(MakeIndicator("a", "100"));
  facts.Submit(4).indicators["a"] = Quantity("90");
  EXPECT_EQ(facts.At(4).achievement.rating, "AA");
  facts.policy = *policy::FindBuiltIn("policies/permenpanrb-88-2021/versions/1");
  EXPECT_EQ(facts.At(4).achievement.rating, "A");
  facts.policy = *policy::FindBuiltIn("policies/permendagri-86-2017/versions/1");
  EXPECT_EQ(facts.At(4).achievement.rating, "T");
}

// 10,000 sub-activities, each with everything that can be said of it: seconds. A quadratic step
// would run into the time limit of the test.
TEST(Score, OfTenThousandSubActivitiesIsLinear) {
  constexpr int kLines = 10'000;
  Facts facts;
  Indicator share = MakeIndicator("share", "100", "%");
  share.formula = Formula::kShareMet;
  for (int i = 0; i < kLines; ++i) {
    const std::string code = absl::StrCat("x", i);
    share.children.push_back(code);
    facts.Output(MakeIndicator(code, "7"), "1000");
    facts.Quarters(code, "8", {{1, "1"}, {2, "1"}, {3, "2"}, {4, "3"}});
    for (int quarter = 1; quarter <= 4; ++quarter) {
      Submission& submission = facts.submissions.by_quarter[quarter];
      submission.indicators[code] = Quantity("3");
      submission.indicators["unplanned" + code] = Quantity("3");
      submission.budgets[code].realized = D("300");
    }
  }
  facts.Key(share);

  const Scorecard scorecard = facts.At(4);

  EXPECT_EQ(Seen(scorecard.achievement), "PROVISIONAL 100.00 AA met");
  EXPECT_EQ(Count(scorecard, "CODE_NOT_IN_PLAN"), kLines);
  EXPECT_EQ(Count(scorecard, "ACTION_PLAN_QUARTERS_DIFFER"), kLines);
}

}  // namespace
}  // namespace sakip::scoring
