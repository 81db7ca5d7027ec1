#include "services/scoring/domain/indicator.h"

#include <gtest/gtest.h>

#include <map>
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
using testing::NotApplicable;
using testing::Percentage;
using testing::R;
using testing::Seen;

RealizedIndicator Amount(const char* value) { return testing::Quantity(value); }

// One output `a` of 100 a year with a target of 10, 20, 30 and 40 in its quarters.
Facts QuarterlyFacts() {
  Facts facts;
  facts.Output(MakeIndicator("a", "100"));
  facts.Quarters("a", "100", {{1, "10"}, {2, "20"}, {3, "30"}, {4, "40"}});
  return facts;
}

TEST(ScoreIndicator, GivesTheTargetToDateAndThatOfTheYear) {
  Facts facts = QuarterlyFacts();
  facts.Submit(1).indicators["a"] = Amount("10");
  facts.Submit(2).indicators["a"] = Amount("17");
  facts.Close(2);

  const IndicatorScore score = Find(facts.At(2), "a");
  EXPECT_EQ(score.to_date.target->value, R("30"));
  EXPECT_EQ(score.to_date.realization->value, R("27"));
  EXPECT_EQ(Seen(score.to_date.achievement), "FINAL 90.00 AA missed");
  EXPECT_EQ(score.year.target->value, R("100"));
  EXPECT_EQ(Seen(score.year.achievement), "FINAL 27.00 D missed");
}

TEST(ScoreIndicator, IsNotDueForTheYearBeforeAnythingIsDueOrSubmitted) {
  Facts facts;
  facts.Output(MakeIndicator("a", "100"));
  facts.Close(4);
  EXPECT_EQ(Seen(Find(facts.At(3), "a").to_date.achievement), "NOT_DUE");
  EXPECT_EQ(Seen(Find(facts.At(3), "a").year.achievement), "NOT_DUE");
  EXPECT_EQ(Seen(Find(facts.At(4), "a").to_date.achievement), "MISSING 0.00 D missed");
  EXPECT_EQ(Seen(Find(facts.At(4), "a").year.achievement), "MISSING 0.00 D missed");

  facts.Submit(3).indicators["a"] = Amount("50");
  EXPECT_EQ(Seen(Find(facts.At(3), "a").to_date.achievement), "NOT_DUE");
  EXPECT_EQ(Seen(Find(facts.At(3), "a").year.achievement), "FINAL 50.00 CC missed");
}

TEST(ScoreIndicator, IsMissingUntilTheCloseAndThenZero) {
  Facts facts = QuarterlyFacts();
  EXPECT_EQ(Seen(Find(facts.At(1), "a").to_date.achievement), "MISSING");
  EXPECT_EQ(Seen(Find(facts.At(1), "a").year.achievement), "MISSING");
  facts.Close(1);
  EXPECT_EQ(Seen(Find(facts.At(1), "a").to_date.achievement), "MISSING 0.00 D missed");
  EXPECT_EQ(Seen(Find(facts.At(2), "a").to_date.achievement), "MISSING");
}

TEST(ScoreIndicator, UsesThePolicysFormulaWhereItNamesNone) {
  Facts facts;
  facts.Output(MakeIndicator("a", "10"));
  facts.Submit(4).indicators["a"] = Amount("12");
  EXPECT_EQ(Find(facts.At(4), "a").formula, Formula::kPositive);
  facts.policy.default_formula = Formula::kNegative;
  EXPECT_EQ(Find(facts.At(4), "a").formula, Formula::kNegative);
  EXPECT_EQ(Seen(Find(facts.At(4), "a").year.achievement), "PROVISIONAL 80.00 A missed");
}

TEST(ScoreIndicator, ScoresNoYearInAnotherUnit) {
  Facts facts;
  facts.Output(MakeIndicator("a", "8", "lembaga"));
  facts.Quarters("a", "8", {{1, "1"}}, "lembaga");
  facts.Revise(absl::CivilDay(2023, 11, 21));
  facts.activity().sub_activities[0].indicators[0].target = {D("1500"), "orang"};
  facts.Submit(1).indicators["a"] = testing::Quantity("185", "lembaga");

  const Scorecard scorecard = facts.At(1);
  EXPECT_EQ(Seen(Find(scorecard, "a").to_date.achievement), "PROVISIONAL 18500.00 AA met");
  EXPECT_EQ(Seen(Find(scorecard, "a").year.achievement), "NOT_SCORED");
  ASSERT_EQ(Count(scorecard, "YEAR_UNIT_DIFFERS", "a"), 1);
  EXPECT_EQ(FindingOf(scorecard, "YEAR_UNIT_DIFFERS").figures[1].value, "1500 orang");

  facts.activity().sub_activities[0].indicators[0].target.unit = "Lembaga";
  EXPECT_EQ(Count(facts.At(1), "YEAR_UNIT_DIFFERS"), 0);
  EXPECT_EQ(Seen(Find(facts.At(1), "a").year.achievement), "PROVISIONAL 12.33 D missed");
}

TEST(ScoreIndicator, KeepsTheLatestNarrative) {
  Facts facts = QuarterlyFacts();
  facts.Submit(1).indicators["a"] = Amount("1");
  facts.submissions.by_quarter[1].indicators["a"].narrative.constraints = "hujan";
  facts.Submit(2);
  EXPECT_EQ(Find(facts.At(2), "a").narrative.constraints, "hujan");
  facts.Submit(3).indicators["a"] = Amount("1");
  EXPECT_EQ(Find(facts.At(3), "a").narrative.constraints, "");
}

// --- a quarter that was left out ---

TEST(QuarterNotReported, WhereTheSubmissionHasNoValueForIt) {
  Facts facts = QuarterlyFacts();
  facts.Submit(1).indicators["a"] = Amount("10");
  EXPECT_EQ(Count(facts.At(1), "QUARTER_NOT_REPORTED"), 0);
  EXPECT_EQ(Count(facts.At(2), "QUARTER_NOT_REPORTED"), 0) << "the quarter may still come";
  facts.Submit(2);
  EXPECT_EQ(Count(facts.At(2), "QUARTER_NOT_REPORTED", "a"), 1);
  EXPECT_EQ(FindingOf(facts.At(2), "QUARTER_NOT_REPORTED").figures[0].value, "20 orang");
}

TEST(QuarterNotReported, WhereNothingWasSubmittedByTheClose) {
  Facts facts = QuarterlyFacts();
  facts.Submit(1).indicators["a"] = Amount("10");
  facts.Close(2);
  EXPECT_EQ(Count(facts.At(2), "QUARTER_NOT_REPORTED", "a"), 1);
  // What is missing altogether is missing, and no finding beside it.
  facts.submissions.by_quarter.clear();
  EXPECT_EQ(Count(facts.At(2), "QUARTER_NOT_REPORTED"), 0);
}

TEST(QuarterNotReported, UnlessALaterValueStandsForIt) {
  Facts facts = QuarterlyFacts();
  facts.Close(4);
  facts.Submit(3).indicators["a"] = Amount("30");
  EXPECT_EQ(Count(facts.At(3), "QUARTER_NOT_REPORTED", "a"), 1);
  facts.submissions.by_quarter[3].coverage = Coverage::kYearToDate;
  EXPECT_EQ(Count(facts.At(3), "QUARTER_NOT_REPORTED"), 0);
  facts.submissions.by_quarter[3].coverage = Coverage::kQuarter;
  facts.activity().sub_activities[0].indicators[0].time_aggregation = TimeAggregation::kLast;
  EXPECT_EQ(Count(facts.At(3), "QUARTER_NOT_REPORTED"), 0);
  EXPECT_EQ(Count(facts.At(4), "QUARTER_NOT_REPORTED"), 1);
}

TEST(QuarterNotReported, NeverWhereNothingWasDue) {
  Facts facts;
  facts.Output(MakeIndicator("a", "100"));
  facts.Quarters("a", "100", {{1, "50"}, {3, "50"}});
  facts.Close(4);
  facts.Submit(1).indicators["a"] = Amount("50");
  EXPECT_EQ(Count(facts.At(2), "QUARTER_NOT_REPORTED"), 0);
  EXPECT_EQ(Count(facts.At(3), "QUARTER_NOT_REPORTED"), 1);
}

TEST(QuarterNotReported, OfWhatIsDueWithTheYear) {
  Facts facts;
  facts.Key(MakeIndicator("a", "100")).time_aggregation = TimeAggregation::kLast;
  facts.Submit(3).indicators["a"] = Amount("100");
  facts.Close(4);
  EXPECT_EQ(Count(facts.At(3), "QUARTER_NOT_REPORTED"), 0);
  EXPECT_EQ(Count(facts.At(4), "QUARTER_NOT_REPORTED"), 1);
}

// --- beyond the next quarter's target ---

TEST(NextTargetPassed, WhereTheRealizationIsBeyondTheTargetThroughTheNextQuarter) {
  Facts facts = QuarterlyFacts();
  facts.Submit(1).indicators["a"] = Amount("30");
  EXPECT_EQ(Count(facts.At(1), "NEXT_TARGET_PASSED"), 0);
  facts.Submit(1).indicators["a"] = Amount("30.1");
  EXPECT_EQ(Count(facts.At(1), "NEXT_TARGET_PASSED", "a"), 1);
  EXPECT_EQ(FindingOf(facts.At(1), "NEXT_TARGET_PASSED").figures[1].value, "30 orang");
  EXPECT_EQ(Count(facts.At(4), "NEXT_TARGET_PASSED"), 0) << "no quarter follows";
}

TEST(NextTargetPassed, BeforeAnythingIsDue) {
  Facts facts;
  facts.Output(MakeIndicator("a", "100"));
  facts.Quarters("a", "100", {{2, "100"}});
  facts.Submit(1).indicators["a"] = Amount("101");
  EXPECT_EQ(Count(facts.At(1), "NEXT_TARGET_PASSED"), 1);
  facts.Submit(1).indicators["a"] = Amount("100");
  EXPECT_EQ(Count(facts.At(1), "NEXT_TARGET_PASSED"), 0);
}

TEST(NextTargetPassed, OfRisingPositionsButNotOfAConstant) {
  Facts facts;
  facts.Output(MakeIndicator("a", "80")).indicators[0].time_aggregation = TimeAggregation::kLast;
  facts.Quarters("a", "80", {{1, "70"}, {2, "80"}});
  facts.Submit(1).indicators["a"] = Amount("81");
  EXPECT_EQ(Count(facts.At(1), "NEXT_TARGET_PASSED"), 1);

  facts.plans.action_plans[0].lines[0].quarters[2].value = D("70");
  EXPECT_EQ(Count(facts.At(1), "NEXT_TARGET_PASSED"), 0);
}

TEST(NextTargetPassed, NotInAnotherUnit) {
  Facts facts = QuarterlyFacts();
  facts.plans.action_plans[0].lines[0].quarters[2].unit = "keluarga";
  facts.Submit(1).indicators["a"] = Amount("99");
  EXPECT_EQ(Count(facts.At(1), "NEXT_TARGET_PASSED"), 0);
}

// --- shares ---

// A share of the program indicators `a`, `b` and `c`, each with a target of 10 a year.
Facts ShareFacts() {
  Facts facts;
  Indicator share = MakeIndicator("share", "100", "%");
  share.formula = Formula::kShareMet;
  share.time_aggregation = TimeAggregation::kLast;
  share.children = {"a", "b", "c"};
  facts.Key(share);
  for (const char* code : {"a", "b", "c"}) {
    facts.program().indicators.push_back(MakeIndicator(code, "10"));
  }
  return facts;
}

Facts ShareFacts(const std::map<std::string, RealizedIndicator>& submitted) {
  Facts facts = ShareFacts();
  facts.Submit(4, Coverage::kYearToDate).indicators = submitted;
  return facts;
}

std::string Share(const Facts& facts, int quarter = 4) {
  return Seen(Find(facts.At(quarter), "share").year.achievement);
}

TEST(ShareMet, IsComputedFromTheChildrenWhereItIsNotSubmitted) {
  const Facts facts = ShareFacts({{"a", Amount("10")}, {"b", Amount("9.99")}, {"c", Amount("11")}});
  const IndicatorScore share = Find(facts.At(4), "share");
  EXPECT_EQ(share.year.realization->value, R("200/3"));
  EXPECT_EQ(Seen(share.year.achievement), "PROVISIONAL 66.67 B missed");
  EXPECT_EQ(Seen(share.to_date.achievement), "PROVISIONAL 66.67 B missed");
  EXPECT_EQ(Count(facts.At(4), "SHARE_NOT_AS_NAMED"), 0);
}

TEST(ShareMet, OfAllIsMet) {
  EXPECT_EQ(Share(ShareFacts({{"a", Amount("10")}, {"b", Amount("10")}, {"c", Amount("10")}})),
            "PROVISIONAL 100.00 AA met");
}

TEST(ShareMet, CountsAMissingChildAsNotMet) {
  Facts facts = ShareFacts({{"a", Amount("10")}, {"b", Amount("10")}});
  EXPECT_EQ(Share(facts), "PROVISIONAL 66.67 B missed");
  facts.Close(4);
  EXPECT_EQ(Share(facts), "FINAL 66.67 B missed");
}

TEST(ShareMet, IsMissingWhereAllChildrenAre) {
  Facts facts = ShareFacts();
  EXPECT_EQ(Share(facts), "MISSING");
  facts.Close(4);
  EXPECT_EQ(Share(facts), "MISSING 0.00 D missed");
}

TEST(ShareMet, LeavesOutChildrenThatDoNotApply) {
  EXPECT_EQ(Share(ShareFacts({{"a", Amount("10")}, {"b", NotApplicable()}, {"c", Amount("1")}})),
            "PROVISIONAL 50.00 CC missed");
  EXPECT_EQ(
      Share(ShareFacts({{"a", NotApplicable()}, {"b", NotApplicable()}, {"c", NotApplicable()}})),
      "NOT_APPLICABLE");
}

TEST(ShareMet, CountsANotScoredChildAsNotMet) {
  EXPECT_EQ(
      Share(ShareFacts(
          {{"a", Amount("10")}, {"b", testing::Quantity("10", "lembaga")}, {"c", Amount("10")}})),
      "PROVISIONAL 66.67 B missed");
}

TEST(ShareMet, IsNotDueBeforeItsChildren) {
  Facts facts = ShareFacts();
  facts.Quarters("share", "100", {{1, "100"}}, "%");
  EXPECT_EQ(Seen(Find(facts.At(1), "share").to_date.achievement), "NOT_DUE");
  facts.Quarters("a", "10", {{1, "10"}});
  EXPECT_EQ(Seen(Find(facts.At(1), "share").to_date.achievement), "MISSING");
  facts.Submit(1).indicators["a"] = Amount("10");
  EXPECT_EQ(Seen(Find(facts.At(1), "share").to_date.achievement), "PROVISIONAL 100.00 AA met");
}

TEST(ShareMet, CountsUnknownAndNestedChildrenAsNotMetAndRepeatedOnesOnce) {
  Facts facts = ShareFacts({{"a", Amount("10")}, {"b", Amount("10")}, {"c", Amount("10")}});
  Indicator& share = facts.objective().indicators[0];
  share.children = {"a", "a", "a", "b"};
  EXPECT_EQ(Share(facts), "PROVISIONAL 100.00 AA met");
  share.children = {"a", "b", "gone"};
  EXPECT_EQ(Share(facts), "PROVISIONAL 66.67 B missed");
  share.children = {"a", "a", "a", "share"};
  EXPECT_EQ(Share(facts), "PROVISIONAL 50.00 CC missed");
  share.children = {"share"};
  EXPECT_EQ(Share(facts), "ZERO 0.00 D missed");
  share.children = {};
  EXPECT_EQ(Share(facts), "MISSING");
}

TEST(ShareMet, SubmittedIsScoredAsSubmittedAndCompared) {
  // Two of six in the Jember sample; here one of three.
  const Facts facts = ShareFacts(
      {{"share", Percentage("100")}, {"a", Amount("10")}, {"b", Amount("9")}, {"c", Amount("9")}});
  EXPECT_EQ(Share(facts), "PROVISIONAL 100.00 AA met");
  const Scorecard scorecard = facts.At(4);
  ASSERT_EQ(Count(scorecard, "SHARE_NOT_AS_NAMED", "share"), 1);
  const Finding& finding = FindingOf(scorecard, "SHARE_NOT_AS_NAMED");
  EXPECT_EQ(finding.figures[0].value, "100 %");
  EXPECT_EQ(finding.figures[1].value, "33.33 %");
  EXPECT_TRUE(finding.message_indonesian.ends_with(": 1 / 3 x 100, 33.33 % (C)"));
}

TEST(ShareMet, SubmittedAsItIsIsNoFinding) {
  EXPECT_EQ(Count(ShareFacts({{"share", testing::Ratio("1", "3")},
                              {"a", Amount("10")},
                              {"b", Amount("9")},
                              {"c", Amount("9")}})
                      .At(4),
                  "SHARE_NOT_AS_NAMED"),
            0);
}

TEST(ShareMet, SubmittedDuringTheYearIsComparedWithTheTargetsToDate) {
  Facts facts = ShareFacts();
  for (const char* code : {"a", "b", "c"}) facts.Quarters(code, "10", {{1, "2"}, {4, "8"}});
  facts.Submit(1).indicators = {
      {"share", Percentage("100")}, {"a", Amount("2")}, {"b", Amount("2")}, {"c", Amount("2")}};
  EXPECT_EQ(Count(facts.At(1), "SHARE_NOT_AS_NAMED"), 0);
  facts.submissions.by_quarter[1].indicators["c"] = Amount("1");
  EXPECT_EQ(Count(facts.At(1), "SHARE_NOT_AS_NAMED"), 1);
}

TEST(ShareMet, ShowsItsChildren) {
  const Facts facts = ShareFacts({{"a", Amount("10")}, {"b", Amount("9")}});
  std::string children;
  const Scorecard scorecard = facts.At(4);
  for (const Step& step : Find(scorecard, "share").year.achievement.derivation) {
    if (step.subject == "child") {
      children += step.source + " " + step.expression + TextOf(step.words, Language::kEnglish) +
                  " " + step.result + " " + TextOf(step.note, Language::kEnglish) + "; ";
    }
  }
  EXPECT_EQ(children,
            "indicator a 100.00 % met ; indicator b 90.00 % not met ; "
            "indicator c no number not met missing; ");
}

}  // namespace
}  // namespace sakip::scoring
