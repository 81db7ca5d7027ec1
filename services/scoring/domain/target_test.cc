#include <gtest/gtest.h>

#include <string>

#include "services/scoring/domain/formula.h"
#include "services/scoring/domain/testing/facts_builder.h"
#include "services/scoring/domain/values.h"

namespace sakip::scoring {
namespace {

using testing::Count;
using testing::D;
using testing::Facts;
using testing::Find;
using testing::MakeIndicator;
using testing::Quantity;
using testing::Scene;
using testing::Seen;

// `30 orang`, `NOT_DUE` or `NOT_APPLICABLE`.
std::string Text(const Resolved& target) {
  if (target.outcome == Resolved::Outcome::kNotDue) return "NOT_DUE";
  if (target.outcome == Resolved::Outcome::kNotApplicable) return "NOT_APPLICABLE";
  return ExactText(target.value->value) + " " + target.value->unit;
}

std::string ToDate(const Facts& facts, int quarter, const Indicator& indicator) {
  return Text(TargetToDate(Scene(facts, quarter).context(), indicator));
}

Indicator With(TimeAggregation aggregation) {
  Indicator indicator = MakeIndicator("a", "100");
  indicator.time_aggregation = aggregation;
  return indicator;
}

TEST(TargetToDate, CombinesTheQuartersOfTheActionPlan) {
  Facts facts;
  facts.Quarters("a", "100", {{1, "10"}, {2, "40"}, {4, "30"}});

  EXPECT_EQ(ToDate(facts, 1, With(TimeAggregation::kSum)), "10 orang");
  EXPECT_EQ(ToDate(facts, 2, With(TimeAggregation::kSum)), "50 orang");
  EXPECT_EQ(ToDate(facts, 3, With(TimeAggregation::kSum)), "50 orang");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kSum)), "80 orang");
  EXPECT_EQ(ToDate(facts, 2, With(TimeAggregation::kLast)), "40 orang");
  EXPECT_EQ(ToDate(facts, 3, With(TimeAggregation::kLast)), "40 orang");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kLast)), "30 orang");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kAverage)), "80/3 orang");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kMax)), "40 orang");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kMin)), "10 orang");
}

TEST(TargetToDate, OfAConstantIsThatOfTheYear) {
  Facts facts;
  facts.Quarters("a", "60", {{1, "60"}, {2, "60"}, {3, "60"}, {4, "60"}});
  for (int quarter = 1; quarter <= 4; ++quarter) {
    EXPECT_EQ(ToDate(facts, quarter, With(TimeAggregation::kConstant)), "60 orang");
  }
}

TEST(TargetToDate, IsNotDueBeforeTheFirstQuarterWithATarget) {
  Facts facts;
  facts.Quarters("a", "100", {{2, "100"}});
  EXPECT_EQ(ToDate(facts, 1, With(TimeAggregation::kSum)), "NOT_DUE");
  EXPECT_EQ(ToDate(facts, 2, With(TimeAggregation::kSum)), "100 orang");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kSum)), "100 orang");
}

TEST(TargetToDate, WithoutQuartersIsDueWithTheYear) {
  Facts facts;
  EXPECT_EQ(ToDate(facts, 3, With(TimeAggregation::kSum)), "NOT_DUE");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kSum)), "100 orang");
  facts.Quarters("a", "100", {});
  EXPECT_EQ(ToDate(facts, 3, With(TimeAggregation::kSum)), "NOT_DUE");
  EXPECT_EQ(ToDate(facts, 4, With(TimeAggregation::kSum)), "100 orang");
}

TEST(TargetToDate, TakesNoQuartersInAnotherUnit) {
  Facts facts;
  facts.Quarters("a", "100", {{1, "25"}}, "keluarga");
  const Scene first(facts, 1);
  const Resolved target = TargetToDate(first.context(), With(TimeAggregation::kSum));
  EXPECT_EQ(Text(target), "NOT_DUE");
  EXPECT_EQ(target.steps.back().note, PhraseCode::kNotDueOtherUnit);

  Scene fourth(facts, 4);
  EXPECT_EQ(Text(TargetToDate(fourth.context(), With(TimeAggregation::kSum))), "100 orang");
  EXPECT_EQ(Count(fourth.Findings(), "ACTION_PLAN_UNIT_DIFFERS", "a"), 1);
}

TEST(TargetToDate, ReadsUnitsWithoutLetterCase) {
  Facts facts;
  facts.Quarters("a", "100", {{1, "25"}}, "ORANG");
  Scene scene(facts, 1);
  EXPECT_EQ(Text(TargetToDate(scene.context(), With(TimeAggregation::kSum))), "25 orang");
  EXPECT_TRUE(scene.Findings().empty());
}

TEST(TargetToDate, OfARangeHasBothBoundsFromTheFirstQuarterThatIsDue) {
  Facts facts;
  facts.Quarters("a", "80", {{2, "80"}});
  Indicator range = MakeIndicator("a", "80");
  range.target_upper = Measure{D("90"), "orang"};
  range.formula = Formula::kRange;

  EXPECT_EQ(ToDate(facts, 1, range), "NOT_DUE");
  const Resolved target = TargetToDate(Scene(facts, 2).context(), range);
  EXPECT_EQ(Text(target), "80 orang");
  EXPECT_EQ(ExactText(target.upper->value), "90");
}

TEST(TargetToDate, MayBeDeclaredNotApplicable) {
  Facts facts;
  facts.Quarters("a", "100", {{1, "25"}});
  Indicator indicator = With(TimeAggregation::kSum);
  indicator.not_applicable_reason = "dihapus";
  const Resolved target = TargetToDate(Scene(facts, 1).context(), indicator);
  EXPECT_EQ(Text(target), "NOT_APPLICABLE");
  EXPECT_EQ(target.steps.back().note, Phrase::Verbatim("dihapus"));
}

TEST(TargetToDate, CitesEveryQuarterItReads) {
  Facts facts;
  facts.Quarters("a", "100", {{1, "10"}, {2, "40"}});
  const Resolved target = TargetToDate(Scene(facts, 2).context(), With(TimeAggregation::kSum));
  ASSERT_EQ(target.steps.size(), 3u);
  EXPECT_EQ(target.steps[1].source,
            "regions/35.09/agencies/dinsos/actionPlans/2023@1 lines[a].quarters[2].target");
  EXPECT_EQ(target.steps[1].log_position, 2u);
  EXPECT_EQ(target.steps[2].expression, "10 + 40");
}

TEST(TargetOfYear, IsThatOfThePlanInForceAtTheEndOfTheYear) {
  Facts facts;
  facts.Output(MakeIndicator("a", "100"));
  facts.Revise(absl::CivilDay(2023, 11, 21));
  facts.activity().sub_activities[0].indicators[0].target.value = D("50");
  facts.Submit(3, Coverage::kYearToDate).indicators["a"] = Quantity("40");

  const IndicatorScore score = Find(facts.At(3), "a");
  EXPECT_EQ(Text({Resolved::Outcome::kValue, score.year.target, {}, {}}), "50 orang");
  EXPECT_EQ(Seen(score.year.achievement), "PROVISIONAL 80.00 A missed");
}

TEST(TargetOfYear, IsNotApplicableWhereThatPlanDroppedTheIndicator) {
  Facts facts;
  facts.Output(MakeIndicator("a", "100"));
  facts.Output(MakeIndicator("b", "100"));
  facts.Revise(absl::CivilDay(2023, 11, 21));
  facts.activity().sub_activities.pop_back();
  facts.Submit(3, Coverage::kYearToDate).indicators["b"] = Quantity("40");

  const Achievement achievement = Find(facts.At(3), "b").year.achievement;
  EXPECT_EQ(Seen(achievement), "NOT_APPLICABLE");
  EXPECT_EQ(achievement.derivation.front().note,
            Phrase(PhraseCode::kDroppedBy, {"regions/35.09/agencies/dinsos/annualPlans/2023@2"}));
}

}  // namespace
}  // namespace sakip::scoring
