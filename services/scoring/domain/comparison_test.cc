#include "services/scoring/domain/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::D;
using ::testing::ElementsAre;
using testing::Facts;
using ::testing::IsEmpty;
using testing::MakeIndicator;
using testing::R;

// The facts of a year with one key indicator, `80 %` promised and `realized` reached.
Facts Year(int year, const char* target, const char* realized) {
  Facts facts;
  facts.plan().year = year;
  facts.plan().ref.effective_date = absl::CivilDay(year, 1, 1);
  Indicator indicator = MakeIndicator("IKU2", target, "%");
  indicator.time_aggregation = TimeAggregation::kLast;
  facts.Key(std::move(indicator));
  if (realized != nullptr) facts.Submit(4).indicators["IKU2"] = testing::Percentage(realized);
  return facts;
}

YearFacts Of(const Facts& facts) {
  return {facts.plans.annual_plans.front().year, &facts.plans, &facts.submissions, &facts.policy};
}

IndicatorComparison Compared(const Facts& now, const std::vector<const Facts*>& before,
                             int quarter = 4) {
  std::vector<YearFacts> years;
  for (const Facts* facts : before) years.push_back(Of(*facts));
  return CompareKeyIndicators(Of(now), years, {}, quarter).indicators.at(0);
}

// `2022 80 of 85 94.12`.
std::vector<std::string> Years(const IndicatorComparison& comparison) {
  std::vector<std::string> told;
  for (const YearComparison& year : comparison.years) {
    told.push_back(absl::StrCat(
        year.year, " ", year.realization.has_value() ? ExactText(year.realization->value) : "none",
        " of ", ExactText(year.target->value), " ", year.achievement.figure.printed,
        year.definition_changed ? " changed" : ""));
  }
  return told;
}

TEST(CompareKeyIndicators, TellsTheYearsBefore) {
  const Facts y2021 = Year(2021, "80", "72"), y2022 = Year(2022, "85", "85");

  const IndicatorComparison comparison = Compared(Year(2023, "90.2", "90"), {&y2021, &y2022});

  EXPECT_EQ(comparison.code, "IKU2");
  EXPECT_THAT(Years(comparison), ElementsAre("2021 72 of 80 90.00", "2022 85 of 85 100.00"));
  EXPECT_THAT(comparison.years[0].achievement.derivation, IsEmpty());
  EXPECT_EQ(comparison.trend, Standing::kBetter);
}

TEST(CompareKeyIndicators, FlagsADefinitionThatChanged) {
  Facts other_unit = Year(2021, "80", nullptr), other_ratio = Year(2022, "85", "85");
  other_unit.objective().indicators[0].target.unit = "orang";
  other_ratio.objective().indicators[0].is_ratio = true;
  other_ratio.objective().indicators[0].ratio = {"PMKS yang dibantu", "PMKS"};

  const IndicatorComparison comparison =
      Compared(Year(2023, "90.2", "90"), {&other_unit, &other_ratio});

  EXPECT_THAT(Years(comparison),
              ElementsAre("2021 none of 80  changed", "2022 85 of 85 100.00 changed"));
  EXPECT_EQ(comparison.trend, Standing::kUnknown);
}

TEST(CompareKeyIndicators, LeavesOutAYearWithoutPlanOrIndicator) {
  Facts without = Year(2021, "80", "72"), nothing;
  without.objective().indicators[0].code = "IKU9";
  nothing.plans.annual_plans.clear();
  const Facts now = Year(2023, "90.2", "90");
  const YearFacts empty{2022, &nothing.plans, &nothing.submissions, &nothing.policy};

  EXPECT_THAT(CompareKeyIndicators(Of(now), {Of(without), empty}, {}, 4).indicators.at(0).years,
              IsEmpty());
}

TEST(Trend, FollowsTheDirectionOfTheFormula) {
  const auto trend = [](const char* before, const char* now, std::optional<Formula> formula) {
    Facts earlier = Year(2022, "80", before), latest = Year(2023, "80", now);
    for (Facts* facts : {&earlier, &latest}) facts->objective().indicators[0].formula = formula;
    return Compared(latest, {&earlier}).trend;
  };
  EXPECT_EQ(trend("70", "71", std::nullopt), Standing::kBetter);
  EXPECT_EQ(trend("70", "69", std::nullopt), Standing::kWorse);
  EXPECT_EQ(trend("70", "70", std::nullopt), Standing::kSame);
  EXPECT_EQ(trend("70", "69", Formula::kNegative), Standing::kBetter);
  EXPECT_EQ(trend("70", "71", Formula::kInverse), Standing::kWorse);
}

TEST(Trend, IsOfWholeConsecutiveYears) {
  const Facts y2021 = Year(2021, "80", "72"), y2022 = Year(2022, "80", "72");
  Facts now = Year(2023, "80", "90");
  EXPECT_EQ(Compared(now, {&y2021}).trend, Standing::kUnknown);
  now.Submit(3).indicators["IKU2"] = testing::Percentage("80");
  EXPECT_EQ(Compared(now, {&y2022}, 3).trend, Standing::kUnknown);
  EXPECT_EQ(Compared(now, {&y2022}, 4).trend, Standing::kBetter);
}

// What was realized through the third quarter says nothing of the year while the fourth is open.
TEST(CompareKeyIndicators, TellsNothingOfAPartOfAYear) {
  const Facts y2022 = Year(2022, "80", "72");
  Facts now = Year(2023, "80", nullptr);
  now.Strategy().targets["IKU2"] = {{2026, {D("95"), "%"}}};
  now.Submit(3).indicators["IKU2"] = testing::Percentage("20");
  const auto compared = [&](const Facts& before, int quarter) {
    const ReferenceValue reference{"IKU2", true, {R("50"), "%"}, "BPS", "x", 7};
    return CompareKeyIndicators(Of(now), {Of(before)}, {reference}, quarter);
  };
  for (const int quarter : {3, 4}) {
    const Comparisons open = compared(y2022, quarter);
    const IndicatorComparison& comparison = open.indicators.at(0);
    EXPECT_EQ(comparison.trend, Standing::kUnknown);
    EXPECT_EQ(comparison.references.at(0).standing, Standing::kUnknown);
    EXPECT_EQ(comparison.final_target->reached.state, FigureState::kNotDue);
    EXPECT_FALSE(comparison.final_target->pace.has_value());
    EXPECT_THAT(open.warnings, IsEmpty());
  }
  now.Close(4);
  const Comparisons closed = compared(y2022, 4);
  EXPECT_EQ(closed.indicators.at(0).trend, Standing::kWorse);
  EXPECT_EQ(closed.indicators.at(0).references.at(0).standing, Standing::kWorse);
  EXPECT_EQ(*closed.indicators.at(0).final_target->pace, R("25"));
  EXPECT_FALSE(closed.warnings.empty());
  Facts part = Year(2022, "80", nullptr);
  part.Submit(3).indicators["IKU2"] = testing::Percentage("72");
  EXPECT_EQ(compared(part, 4).indicators.at(0).trend, Standing::kUnknown);
}

Facts WithFinalTarget(int year, const char* target, const char* unit = "%") {
  Facts facts = Year(2023, "90.2", "90");
  facts.Strategy().targets["IKU2"] = {{2023, {D("90.2"), "%"}}, {year, {D(target), unit}}};
  return facts;
}

// The sample prints 100 % of the strategic plan's 90.3; it is 99.6678.
TEST(FinalTarget, TellsWhatWasReachedOfIt) {
  const FinalTarget target = *Compared(WithFinalTarget(2026, "90.3"), {}).final_target;

  EXPECT_EQ(target.year, 2026);
  EXPECT_EQ(target.target.value, R("90.3"));
  EXPECT_EQ(*target.reached.exact, R("90000/903"));
  EXPECT_EQ(target.reached.printed, "99.67");
  EXPECT_FALSE(target.met);
  EXPECT_EQ(*target.pace, R("1/10"));  // (90.3 - 90) / 3
  EXPECT_EQ(target.source,
            "regions/35.09/agencies/dinsos/strategicPlans/2023@1 indicators[IKU2].targets[2026]");
}

TEST(FinalTarget, NeedsNoPaceWhereItIsMetOrItsYearHasCome) {
  EXPECT_FALSE(Compared(WithFinalTarget(2026, "90"), {}).final_target->pace.has_value());
  EXPECT_TRUE(Compared(WithFinalTarget(2026, "90"), {}).final_target->met);
  Facts last_year = WithFinalTarget(2023, "95");
  EXPECT_FALSE(Compared(last_year, {}).final_target->pace.has_value());
}

TEST(FinalTarget, ComparesNothingInAnotherUnit) {
  const FinalTarget target = *Compared(WithFinalTarget(2026, "90", "orang"), {}).final_target;
  EXPECT_EQ(target.reached.state, FigureState::kNotScored);
  EXPECT_FALSE(target.pace.has_value());
}

TEST(FinalTarget, IsAbsentWhereTheStrategicPlanHasNone) {
  EXPECT_FALSE(Compared(Year(2023, "90.2", "90"), {}).final_target.has_value());
}

TEST(CompareKeyIndicators, TellsThePathOfTheYear) {
  Facts facts = Year(2023, "90", nullptr);
  facts.Quarters("IKU2", "90", {{2, "40"}, {4, "90"}}, "%");
  facts.Submit(2).indicators["IKU2"] = testing::Percentage("30");
  facts.Submit(3).indicators["IKU2"] = testing::Percentage("50");

  const auto told = [&](int quarter) {
    std::vector<std::string> path;
    for (const QuarterComparison& at : Compared(facts, {}, quarter).quarters) {
      path.push_back(absl::StrCat(at.quarter, " ", testing::Seen(at.achievement)));
    }
    return path;
  };
  EXPECT_THAT(told(3), ElementsAre("1 NOT_DUE", "2 PROVISIONAL 75.00 BB missed",
                                   "3 PROVISIONAL 100.00 AA met"));
  EXPECT_EQ(told(4).size(), 4u);
}

// A policy that was published after a quarter closed does not change what its path tells.
TEST(CompareKeyIndicators, ScoresEachQuarterUnderItsOwnPolicy) {
  Facts facts = Year(2023, "90", nullptr);
  facts.Quarters("IKU2", "90", {{2, "40"}, {4, "90"}}, "%");
  facts.Submit(2).indicators["IKU2"] = testing::Percentage("30");
  facts.Submit(3).indicators["IKU2"] = testing::Percentage("50");
  facts.submissions.closed_quarters = {1, 2};
  facts.submissions.pinned_plan_records = {{1, 9}, {2, 9}};
  RegionPolicy later{policy::DefaultPolicy(), "35.09", 9};
  later.policy.name = "regions/35.09/scoringPolicies/p/versions/1";
  later.policy.first_year = 2023;
  later.policy.digits = 0;
  facts.plans.policies = {later};
  const auto printed = [&](const Policy* policy) {
    YearFacts now = Of(facts);
    now.policy = policy;
    std::vector<std::string> path;
    const Comparisons compared = CompareKeyIndicators(now, {}, {}, 3);
    for (const QuarterComparison& at : compared.indicators.at(0).quarters) {
      path.push_back(at.achievement.figure.printed);
    }
    return path;
  };
  EXPECT_THAT(printed(nullptr), ElementsAre("", "75.00", "100"));
  EXPECT_THAT(printed(&later.policy), ElementsAre("", "75", "100"));
}

TEST(CompareKeyIndicators, SaysNothingWhereTheYearIsNotScored) {
  Facts facts = Year(2023, "90", "90");
  facts.submissions.unread.push_back({"event", 3, "does not parse"});
  EXPECT_THAT(CompareKeyIndicators(Of(facts), {}, {}, 4).indicators, IsEmpty());
}

ReferenceValue Reference(const char* value, bool national = true, const char* unit = "%") {
  return {"IKU2", national, {R(value), unit}, "BPS", "regions/35/referenceValues/x", 7};
}

TEST(CompareKeyIndicators, PutsReferenceValuesBeside) {
  const Facts now = Year(2023, "90.2", "90");
  const std::vector<ReferenceValue> references = {Reference("91"), Reference("90", false),
                                                  Reference("80", true, "orang")};

  const auto comparison = CompareKeyIndicators(Of(now), {}, references, 4).indicators.at(0);
  ASSERT_EQ(comparison.references.size(), 3u);
  EXPECT_TRUE(comparison.references[0].national);
  EXPECT_EQ(comparison.references[0].standing, Standing::kWorse);
  EXPECT_EQ(comparison.references[1].standing, Standing::kSame);
  EXPECT_EQ(comparison.references[2].standing, Standing::kUnknown);
  EXPECT_EQ(comparison.references[2].source, "BPS");
  const auto third = CompareKeyIndicators(Of(now), {}, references, 3).indicators.at(0);
  EXPECT_EQ(third.references[0].standing, Standing::kUnknown);
}

// The codes of the warnings of a year after those before.
std::vector<std::string> Warned(const Facts& now, const std::vector<const Facts*>& before,
                                const std::vector<ReferenceValue>& references = {},
                                int quarter = 4) {
  std::vector<YearFacts> years;
  for (const Facts* facts : before) years.push_back(Of(*facts));
  std::vector<std::string> codes;
  for (const Finding& finding :
       CompareKeyIndicators(Of(now), years, references, quarter).warnings) {
    codes.push_back(finding.code);
  }
  return codes;
}

TEST(NoteWarnings, SaysInTimeThatATargetIsAtRisk) {
  Facts facts = Year(2023, "90", nullptr);
  facts.Quarters("IKU2", "90", {{2, "40"}, {3, "40"}, {4, "90"}}, "%");
  facts.Submit(2).indicators["IKU2"] = testing::Percentage("39.9");
  facts.Submit(3).indicators["IKU2"] = testing::Percentage("40");
  EXPECT_THAT(Warned(facts, {}, {}, 1), IsEmpty());
  EXPECT_THAT(Warned(facts, {}, {}, 2), ElementsAre("BEHIND_TARGET"));
  EXPECT_THAT(Warned(facts, {}, {}, 3), IsEmpty());
  const auto warnings = CompareKeyIndicators(Of(facts), {}, {}, 2).warnings;
  EXPECT_EQ(warnings[0].figures[0].value, "39.9 %");
  EXPECT_EQ(warnings[0].figures[1].value, "40 %");
}

TEST(NoteWarnings, SaysWhatIsWorseThanBeforeAndThanElsewhere) {
  const Facts y2022 = Year(2022, "80", "91");
  EXPECT_THAT(Warned(Year(2023, "80", "90"), {&y2022}, {Reference("90.5")}),
              ElementsAre("WORSE_THAN_YEAR_BEFORE", "WORSE_THAN_REFERENCE"));
  EXPECT_THAT(Warned(Year(2023, "80", "91"), {&y2022}, {Reference("90.5")}), IsEmpty());
}

TEST(NoteWarnings, SaysThatTheFinalTargetIsOutOfPace) {
  const Facts slow = Year(2022, "80", "89.95"), fast = Year(2022, "80", "89.9");
  // (90.3 - 90) / 3 = 0.1 a year is needed.
  EXPECT_THAT(Warned(WithFinalTarget(2026, "90.3"), {&slow}),
              ElementsAre("FINAL_TARGET_BEYOND_PACE"));
  EXPECT_THAT(Warned(WithFinalTarget(2026, "90.3"), {&fast}), IsEmpty());
  EXPECT_THAT(Warned(WithFinalTarget(2026, "90.3"), {}), IsEmpty());
}

TEST(NoteWarnings, NamesWhatIsFarFromEveryEarlierYear) {
  const Facts y2021 = Year(2021, "80", "30"), y2022 = Year(2022, "80", "40");
  EXPECT_THAT(Warned(Year(2023, "80", "81"), {&y2021, &y2022}),
              ElementsAre("OUTLIER_AGAINST_YEARS"));
  EXPECT_THAT(Warned(Year(2023, "80", "80"), {&y2021, &y2022}), IsEmpty());
  EXPECT_THAT(Warned(Year(2023, "80", "14"), {&y2021, &y2022}),
              ElementsAre("OUTLIER_AGAINST_YEARS", "WORSE_THAN_YEAR_BEFORE"));
}

}  // namespace
}  // namespace sakip::scoring
