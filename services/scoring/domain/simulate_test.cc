#include "services/scoring/domain/simulate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/error.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::D;
using ::testing::ElementsAre;
using testing::Facts;
using testing::Find;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MakeIndicator;
using testing::Quantity;
using testing::Seen;

// 90 of 100 orang in the year to date; SK1 has 100 rupiah and spent 40.
Facts Nine() {
  Facts facts;
  facts.Key(MakeIndicator("IKU1", "100"));
  facts.Output(MakeIndicator("SK1", "50"));
  Submission& submission = facts.Submit(4, Coverage::kYearToDate);
  submission.indicators["IKU1"] = Quantity("90");
  submission.indicators["IKU1"].narrative.constraints = "kendala";
  submission.budgets["SK1"].realized = D("40");
  submission.content_digest = "as submitted";
  return facts;
}

absl::StatusOr<YearOfFacts> Apply(const Facts& facts, const Changes& changes, int quarter = 4) {
  return ApplyChanges({facts.plans, facts.submissions}, changes, {testing::kYear, quarter});
}

// Requires that the changes fit.
Scorecard Simulated(const Facts& facts, const Changes& changes, int quarter = 4) {
  const auto changed = Apply(facts, changes, quarter);
  return *Score(changed->plans, changed->submissions, facts.policy, {testing::kYear, quarter});
}

// The fields at fault.
std::vector<std::string> Refused(const Facts& facts, const Changes& changes, int quarter = 4) {
  std::vector<std::string> fields;
  const auto changed = Apply(facts, changes, quarter);
  for (const FieldViolation& violation : FieldViolations(changed.status())) {
    fields.push_back(violation.field);
  }
  return fields;
}

QuarterChange Realized(int quarter, std::string code, absl::string_view value,
                       std::string unit = "") {
  QuarterChange change;
  change.quarter = quarter;
  change.indicators = {{std::move(code), Quantity(value, std::move(unit))}};
  return change;
}

TEST(ApplyChanges, WithoutChangesTheScorecardIsWhatItIs) {
  const Facts facts = Nine();
  const Scorecard card = Simulated(facts, {});

  EXPECT_EQ(Seen(card.achievement), Seen(facts.At(4).achievement));
  EXPECT_FALSE(card.documents[0].simulated);
  EXPECT_FALSE(card.submissions[0].simulated);
}

TEST(ApplyChanges, ChangesTheTargetOfTheYear) {
  const Scorecard card = Simulated(Nine(), {.targets = {{"IKU1", 0, D("90"), {}}}});

  EXPECT_EQ(Seen(Find(card, "IKU1").year.achievement), "PROVISIONAL 100.00 AA met");
  EXPECT_EQ(Find(card, "IKU1").year.target->unit, "orang");
  EXPECT_TRUE(card.documents[0].simulated);
  EXPECT_THAT(Find(card, "IKU1").year.achievement.derivation[0].source,
              HasSubstr("annualPlans/2023@1 (simulated) "));
  EXPECT_FALSE(card.submissions[0].simulated);
}

TEST(ApplyChanges, ChangesTheTargetInEveryRevisionOfTheYear) {
  Facts facts = Nine();
  facts.Revise(absl::CivilDay(testing::kYear, 12, 31));

  const Scorecard third = Simulated(facts, {.targets = {{"IKU1", 0, D("45"), {}}}}, 3);

  EXPECT_TRUE(third.documents[0].simulated);
  EXPECT_EQ(Find(third, "IKU1").year.target->value, testing::R("45"));
}

TEST(ApplyChanges, ChangesTheTargetOfAQuarter) {
  Facts facts = Nine();
  facts.Quarters("IKU1", "100", {{2, "50"}, {4, "50"}});

  const Scorecard card = Simulated(facts, {.targets = {{"IKU1", 4, D("40"), {}}}});

  EXPECT_EQ(Seen(Find(card, "IKU1").to_date.achievement), "PROVISIONAL 100.00 AA met");
  EXPECT_EQ(Seen(Find(card, "IKU1").year.achievement), "PROVISIONAL 90.00 AA missed");
  EXPECT_THAT(Refused(Nine(), {.targets = {{"IKU1", 4, D("40"), {}}}}),
              ElementsAre("targets[0].quarter"));
}

TEST(ApplyChanges, ChangesTheBoundsOfARange) {
  Facts facts = Nine();
  Indicator& indicator = facts.objective().indicators[0];
  indicator.formula = Formula::kRange;
  indicator.target_upper = Measure{D("120"), "orang"};

  const Scorecard card = Simulated(facts, {.targets = {{"IKU1", 0, D("80"), D("90")}}});

  EXPECT_EQ(Find(card, "IKU1").year.target_upper->value, testing::R("90"));
  EXPECT_TRUE(Find(card, "IKU1").year.achievement.met);
  EXPECT_THAT(Refused(facts, {.targets = {{"IKU1", 0, D("121"), {}}}}),
              ElementsAre("targets[0].upper"));
  EXPECT_THAT(Refused(Nine(), {.targets = {{"IKU1", 0, D("80"), D("90")}}}),
              ElementsAre("targets[0].upper"));
}

TEST(ApplyChanges, ChangesWhatWasSubmitted) {
  Changes changes{.quarters = {Realized(4, "IKU1", "100")}};
  changes.quarters[0].budgets = {{"SK1", {D("100"), {}}}};

  const Scorecard card = Simulated(Nine(), changes);

  EXPECT_EQ(Seen(Find(card, "IKU1").year.achievement), "PROVISIONAL 100.00 AA met");
  EXPECT_EQ(Find(card, "IKU1").narrative.constraints, "kendala");
  EXPECT_EQ(card.budget.absorption.printed, "100.00");
  EXPECT_TRUE(card.submissions[0].simulated);
  EXPECT_EQ(card.submissions[0].content_digest, "as submitted");
  EXPECT_FALSE(card.documents[0].simulated);
}

TEST(ApplyChanges, AddsAQuarterThatWasNotSubmitted) {
  Changes changes{.quarters = {Realized(2, "IKU1", "30")}};
  EXPECT_THAT(Refused(Nine(), changes, 2), ElementsAre("quarters[0].coverage"));
  changes.quarters[0].coverage = Coverage::kQuarter;

  const Scorecard card = Simulated(Nine(), changes, 2);

  EXPECT_EQ(Find(card, "IKU1").year.realization->value, testing::R("30"));
  ASSERT_EQ(card.submissions.size(), 1u);
  EXPECT_EQ(card.submissions[0].name, "regions/35.09/agencies/dinsos/submissions/2023Q2");
  EXPECT_EQ(card.submissions[0].revision, 0u);
  EXPECT_TRUE(card.submissions[0].simulated);
}

TEST(ApplyChanges, CountsAShareFromItsChildrenWhereItsValueIsWithdrawn) {
  Facts facts = Nine();
  Indicator share = MakeIndicator("IKU2", "100", "%");
  share.formula = Formula::kShareMet;
  share.children = {"IKU1", "SK1"};
  facts.Key(share);
  Submission& submission = facts.submissions.by_quarter[4];
  submission.indicators["IKU2"] = testing::Percentage("100");
  submission.indicators["SK1"] = Quantity("50");
  ASSERT_EQ(Seen(Find(facts.At(4), "IKU2").year.achievement), "PROVISIONAL 100.00 AA met");
  Changes changes;
  changes.quarters.emplace_back().quarter = 4;
  changes.quarters[0].withdrawn = {"IKU2"};

  EXPECT_EQ(Seen(Find(Simulated(facts, changes), "IKU2").year.achievement),
            "PROVISIONAL 50.00 CC missed");
  changes.quarters[0].withdrawn = {"IKU3"};
  EXPECT_THAT(Refused(facts, changes), ElementsAre("quarters[0].withdrawn_indicators[0]"));
}

TEST(ApplyChanges, RefusesWhatThePlanDoesNotHave) {
  Changes changes{.targets = {{"IKU9", 0, D("1"), {}}, {"IKU1", 5, D("1"), {}}},
                  .quarters = {Realized(4, "IKU9", "1")}};
  changes.quarters[0].budgets = {{"SK9", {D("1"), {}}}};
  changes.quarters[0].withdrawn = {"IKU8"};

  EXPECT_THAT(
      Refused(Nine(), changes),
      ElementsAre("targets[0].indicator_code", "targets[1].quarter",
                  "quarters[0].indicators[0].indicator_code", "quarters[0].withdrawn_indicators[0]",
                  "quarters[0].budgets[0].sub_activity_code"));
}

TEST(ApplyChanges, RefusesWhatIsSaidTwice) {
  Changes changes{.targets = {{"IKU1", 0, D("1"), {}}, {"IKU1", 0, D("2"), {}}},
                  .quarters = {Realized(4, "IKU1", "1"), Realized(4, "IKU1", "2")}};
  changes.quarters[0].withdrawn = {"IKU1"};
  changes.quarters[0].budgets = {{"SK1", {D("1"), {}}}, {"SK1", {D("2"), {}}}};

  EXPECT_THAT(Refused(Nine(), changes),
              ElementsAre("targets[1].indicator_code", "quarters[0].withdrawn_indicators[0]",
                          "quarters[0].budgets[1].sub_activity_code", "quarters[1].quarter"));
}

TEST(ApplyChanges, RefusesQuartersAndCoverageThatAreNotThoseOfTheScorecard) {
  EXPECT_THAT(Refused(Nine(), {.quarters = {Realized(0, "IKU1", "1")}}),
              ElementsAre("quarters[0].quarter"));
  EXPECT_THAT(Refused(Nine(), {.quarters = {Realized(4, "IKU1", "1")}}, 3),
              ElementsAre("quarters[0].quarter"));
  Changes other{.quarters = {Realized(4, "IKU1", "1")}};
  other.quarters[0].coverage = Coverage::kQuarter;
  EXPECT_THAT(Refused(Nine(), other), ElementsAre("quarters[0].coverage"));
}

TEST(ApplyChanges, AnotherUnitThanThePlansIsNotScored) {
  const Scorecard card = Simulated(Nine(), {.quarters = {Realized(4, "IKU1", "1", "keluarga")}});

  EXPECT_EQ(Seen(Find(card, "IKU1").year.achievement), "NOT_SCORED");
}

TEST(ApplyChanges, LeavesFactsWithoutAPlanAsTheyAre) {
  Facts facts = Nine();
  facts.plans.annual_plans.clear();

  const auto changed = Apply(facts, {.targets = {{"IKU9", 0, D("1"), {}}}});

  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_THAT(changed->plans.annual_plans, IsEmpty());
}

}  // namespace
}  // namespace sakip::scoring
