#include "services/scoring/domain/efficiency.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using policy::EfficiencyMethod;
using testing::D;
using testing::Facts;
using testing::MakeIndicator;
using testing::Quantity;
using testing::R;

// `FINAL 10.91 efisien`.
std::string Told(const EfficiencyScore& score) {
  std::string text = testing::StateName(score.figure.state);
  if (score.figure.exact.has_value()) absl::StrAppend(&text, " ", score.figure.printed);
  if (!score.words.empty()) absl::StrAppend(&text, " ", score.words);
  if (score.scaled.has_value()) absl::StrAppend(&text, ", NE ", score.scaled->printed);
  return text;
}

// An objective that reached `achieved` % and an output of 100 that has `spent` of 100 rupiah.
Facts Year(const char* achieved, const char* spent, const char* output = "100") {
  Facts facts;
  facts.Key(MakeIndicator("IKU1", "100"));
  facts.Output(MakeIndicator("SK1", "100"));
  Submission& submission = facts.Submit(4);
  submission.indicators["IKU1"] = Quantity(achieved);
  submission.indicators["SK1"] = Quantity(output);
  submission.budgets["SK1"].realized = D(spent);
  facts.Close(4);
  return facts;
}

// What the sample's report says in words (100 % achieved, 89.09 % spent): that it was efficient.
TEST(AchievementMinusAbsorption, SaysWhatWasSaved) {
  EXPECT_EQ(Told(Year("100", "89.09").At(4).efficiency), "FINAL 10.91 efisien");
  EXPECT_EQ(Told(Year("90", "90").At(4).efficiency), "ZERO 0.00 cukup efisien");
  EXPECT_EQ(Told(Year("60", "90").At(4).efficiency), "FINAL -30.00 tidak efisien");
}

TEST(AchievementMinusAbsorption, IsSufficientUpToTheTolerance) {
  EXPECT_EQ(Told(Year("95", "90").At(4).efficiency), "FINAL 5.00 cukup efisien");
  EXPECT_EQ(Told(Year("95", "100").At(4).efficiency), "FINAL -5.00 cukup efisien");
  EXPECT_EQ(Told(Year("95.01", "90").At(4).efficiency), "FINAL 5.01 efisien");
  EXPECT_EQ(Told(Year("94.99", "100").At(4).efficiency), "FINAL -5.01 tidak efisien");
  Facts facts = Year("95", "90");
  facts.policy.efficiency.tolerance = D("4.5");
  EXPECT_EQ(Told(facts.At(4).efficiency), "FINAL 5.00 efisien");
}

// -5.004 rounded to -5.00 would read as sufficient.
TEST(AchievementMinusAbsorption, RoundingDoesNotBetterIt) {
  EXPECT_EQ(Told(Year("94.996", "100").At(4).efficiency), "FINAL -5.004 tidak efisien");
  EXPECT_EQ(Told(Year("95.004", "90").At(4).efficiency), "FINAL 5.00 efisien");
}

TEST(AchievementMinusAbsorption, IsThereAtEveryLevel) {
  const Scorecard card = Year("100", "80", "90").At(4);
  const ObjectiveScore& objective = card.objectives.at(0);
  const ProgramScore& program = objective.programs.at(0);
  EXPECT_EQ(Told(objective.efficiency), "FINAL 20.00 efisien");
  // Neither the program nor the activity has indicators of its own.
  EXPECT_EQ(Told(program.efficiency), "NOT_APPLICABLE");
  EXPECT_EQ(Told(program.activities.at(0).efficiency), "NOT_APPLICABLE");
  EXPECT_EQ(Told(program.activities.at(0).sub_activities.at(0).efficiency), "FINAL 10.00 efisien");
}

TEST(AchievementMinusAbsorption, NeedsBothFigures) {
  Facts facts = Year("100", "80");
  facts.submissions.by_quarter[4].budgets.clear();
  EXPECT_EQ(Told(facts.At(4).efficiency), "MISSING");
}

TEST(AchievementMinusAbsorption, AsksForNoMethodNoFigure) {
  Facts facts = Year("100", "80");
  facts.policy.efficiency.method = EfficiencyMethod::kNone;
  EXPECT_EQ(Told(facts.At(4).efficiency), "NOT_APPLICABLE");
}

Facts Pmk(const char* output, const char* spent) {
  Facts facts = Year("100", spent, output);
  facts.policy.efficiency.method = EfficiencyMethod::kPmk214Of2017;
  return facts;
}

// E = (PA x CK - RA) / (PA x CK) x 100, NE = 50 + E / 20 x 50.
TEST(Pmk214, ComparesWhatWasEarnedWithWhatWasSpent) {
  EXPECT_EQ(Told(Pmk("100", "90").At(4).efficiency), "FINAL 10.00, NE 75.00");
  EXPECT_EQ(Told(Pmk("100", "100").At(4).efficiency), "ZERO 0.00, NE 50.00");
  // (100 x 0.9 - 99) / 90 x 100 = -10
  EXPECT_EQ(Told(Pmk("90", "99").At(4).efficiency), "FINAL -10.00, NE 25.00");
}

// ITJEN printed an NE of 235 % because it left the domain of the formula: E of 74 gives that.
TEST(Pmk214, KeepsToTheDomainOfItsFormula) {
  EXPECT_EQ(Told(Pmk("100", "26").At(4).efficiency), "FINAL 74.00, NE 100.00");
  EXPECT_EQ(Told(Pmk("100", "80").At(4).efficiency), "FINAL 20.00, NE 100.00");
  EXPECT_EQ(Told(Pmk("50", "80").At(4).efficiency), "FINAL -60.00, NE 0.00");
  EXPECT_EQ(Told(Pmk("0", "80").At(4).efficiency), "NOT_SCORED");
}

TEST(Pmk214, AddsUpTheOutputsThatHaveBoth) {
  Facts facts = Pmk("100", "90");
  facts.Output(MakeIndicator("SK2", "10"), "300");
  facts.Output(MakeIndicator("SK3", "10"), "1000");  // Nothing is said of its money.
  Submission& submission = facts.submissions.by_quarter[4];
  submission.indicators["SK2"] = Quantity("5");
  submission.indicators["SK3"] = Quantity("10");
  submission.budgets["SK2"].realized = D("120");
  // (100 + 300 x 0.5 - 90 - 120) / 250 x 100 = 16; 50 + 16 / 20 x 50 = 90
  const Scorecard card = facts.At(4);
  EXPECT_EQ(Told(card.efficiency), "FINAL 16.00, NE 90.00");
  EXPECT_EQ(Told(card.objectives.at(0).programs.at(0).efficiency), "FINAL 16.00, NE 90.00");
}

// SK2 adds 100 rupiah of budget and 10 spent; with what it reached less than nothing, E must not
// rise above that of an output that reached nothing.
TEST(Pmk214, CountsLessThanNothingAsNothing) {
  const auto with_second = [](const char* realized) {
    Facts facts = Pmk("100", "90");
    facts.Output(MakeIndicator("SK2", "100"));
    facts.submissions.by_quarter[4].indicators["SK2"] = Quantity(realized);
    facts.submissions.by_quarter[4].budgets["SK2"].realized = D("10");
    return facts.At(4).efficiency;
  };
  const EfficiencyScore none = with_second("0"), less = with_second("-50");
  EXPECT_EQ(Told(none), "ZERO 0.00, NE 50.00");
  EXPECT_EQ(Told(less), Told(none));
  EXPECT_EQ(less.derivation.front().subject, "SK2");
  EXPECT_EQ(less.derivation.front().expression, "max(-50, 0)");
}

TEST(Pmk214, LeavesOutWhatIsNotApplicable) {
  Facts facts = Pmk("100", "90");
  facts.activity().sub_activities.at(0).indicators.push_back(MakeIndicator("SK1b", "100"));
  auto& indicators = facts.submissions.by_quarter[4].indicators;
  indicators["SK1b"].kind = RealizedIndicator::Kind::kNotApplicable;
  EXPECT_EQ(Told(facts.At(4).efficiency), "FINAL 10.00, NE 75.00");
  indicators["SK1"].kind = RealizedIndicator::Kind::kNotApplicable;
  EXPECT_EQ(Told(facts.At(4).efficiency), "MISSING");
}

// The root of 1 x 0.81 is 0.9; that of 1 x 0.5 has no end: 0.707106781186...
TEST(Pmk214, TakesTheGeometricMeanOfTheIndicatorsOfAnOutput) {
  const auto with_second = [](const char* realized) {
    Facts facts = Pmk("100", "81");
    facts.activity().sub_activities.at(0).indicators.push_back(MakeIndicator("SK1b", "100"));
    facts.submissions.by_quarter[4].indicators["SK1b"] = Quantity(realized);
    return facts.At(4).efficiency;
  };
  EXPECT_EQ(*with_second("81").figure.exact, R("10"));  // (90 - 81) / 90
  // 100 x 0.707106781186, the root cut off after 12 digits.
  const exact::Rational earned = R("707106781186/10000000000");
  EXPECT_EQ(*with_second("50").figure.exact, *Divide(earned - R("81"), earned) * R("100"));
}

TEST(Pmk214, TakesTheRootOfAtMostAHundredIndicators) {
  Facts facts = Pmk("50", "40");
  std::vector<Indicator>& indicators = facts.activity().sub_activities.at(0).indicators;
  const auto add = [&] {
    indicators.push_back(MakeIndicator(absl::StrCat("SK1.", indicators.size()), "100"));
    facts.submissions.by_quarter[4].indicators[indicators.back().code] = Quantity("50");
  };
  while (indicators.size() < 100) add();
  EXPECT_EQ(*facts.At(4).efficiency.figure.exact, R("20"));  // (50 - 40) / 50
  add();
  const EfficiencyScore beyond = facts.At(4).efficiency;
  EXPECT_EQ(Told(beyond), "NOT_SCORED");
  EXPECT_EQ(beyond.derivation.back().note, Phrase(PhraseCode::kOutputTooWide, {"100"}));
}

}  // namespace
}  // namespace sakip::scoring
