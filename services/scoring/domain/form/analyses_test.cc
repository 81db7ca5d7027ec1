#include "services/scoring/domain/form/analyses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/scoring/domain/form/narratives.h"
#include "services/scoring/domain/form/testing/told.h"

namespace sakip::scoring::form {
namespace {

using testing::D;
using ::testing::ElementsAre;
using testing::Facts;
using ::testing::IsEmpty;
using testing::MakeIndicator;
using testing::R;

// Two key indicators, IKU1 met and IKU2 missed, of one objective with one program.
Facts Year(int year) {
  Facts facts;
  facts.plan().year = year;
  facts.plan().ref.effective_date = absl::CivilDay(year, 1, 1);
  facts.Key(MakeIndicator("IKU1", "80", "%"));
  facts.Key(MakeIndicator("IKU2", "90", "%"));
  facts.Output(MakeIndicator("SK1", "10"), "1000");
  Submission& fourth = facts.Submit(4, Coverage::kYearToDate);
  fourth.indicators["IKU1"] = testing::Percentage("80");
  fourth.indicators["IKU2"] = testing::Percentage("70");
  fourth.indicators["SK1"] = testing::Quantity("10");
  fourth.budgets["SK1"].realized = D("900");
  return facts;
}

// Everything that the seven ask for.
Facts Complete() {
  Facts facts = Year(2023);
  StrategicPlan& plan = facts.Strategy();
  plan.first_year = 2021;
  plan.last_year = 2025;
  plan.targets["IKU1"][2025] = plan.targets["IKU2"][2025] = {D("95"), "%"};
  Submission& fourth = facts.submissions.by_quarter[4];
  fourth.indicators["IKU1"].narrative.success_factors = "pendampingan";
  fourth.indicators["IKU2"].narrative = {"", "data terlambat", "pemutakhiran data"};
  fourth.budgets["SK1"].narrative.constraints = "sisa lelang";
  return facts;
}

std::vector<ReferenceValue> References() {
  std::vector<ReferenceValue> references;
  for (const char* code : {"IKU1", "IKU2"}) {
    references.push_back({code, true, {R("85"), "%"}, "BPS", "x", 7});
  }
  return references;
}

std::vector<Analysis> Check(const Facts& now, const std::vector<const Facts*>& before = {},
                            const std::vector<ReferenceValue>& references = {}) {
  std::vector<YearFacts> years;
  for (const Facts* facts : before) years.push_back(Of(*facts));
  return CheckAnalyses(Of(now), years, references, 4)->analyses;
}

const Analysis& AnalysisOf(const std::vector<Analysis>& analyses, AnalysisKind kind) {
  return analyses[static_cast<size_t>(kind)];
}

Presence PresenceOf(const std::vector<Analysis>& analyses, AnalysisKind kind) {
  return AnalysisOf(analyses, kind).presence;
}

const std::vector<Need>& NeedsOf(const std::vector<Analysis>& analyses, AnalysisKind kind,
                                 size_t subject) {
  return AnalysisOf(analyses, kind).subjects[subject].needs;
}

TEST(CheckAnalyses, FindsAllSevenWhereTheirDataAreThere) {
  const Facts y2021 = Year(2021), y2022 = Year(2022);
  const std::vector<Analysis> analyses = Check(Complete(), {&y2021, &y2022}, References());
  ASSERT_EQ(analyses.size(), 7u);
  for (size_t i = 0; i < analyses.size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(analyses[i].kind), i);
    EXPECT_EQ(analyses[i].presence, Presence::kPresent) << i;
    for (const AnalysisSubject& subject : analyses[i].subjects) {
      EXPECT_EQ(subject.state, SubjectState::kComplete) << i << " " << subject.code;
      EXPECT_THAT(subject.needs, IsEmpty());
    }
  }
}

TEST(CheckAnalyses, MissesWhatNothingIsMadeOf) {
  Facts facts = Year(2023);
  facts.submissions.by_quarter.clear();
  Facts nothing;
  nothing.plans.annual_plans.clear();
  facts.objective().programs.clear();
  const YearFacts empty{2022, &nothing.plans, &nothing.submissions, &nothing.policy};
  const std::vector<Analysis> analyses = CheckAnalyses(Of(facts), {empty}, {}, 4)->analyses;
  for (const Analysis& analysis : analyses) {
    EXPECT_EQ(analysis.presence, Presence::kMissing) << static_cast<int>(analysis.kind);
  }
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kEarlierYears, 0),
              ElementsAre(Need{NeedKind::kRealization}, Need{NeedKind::kEarlierPlan, 2022}));
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kStrategicTarget, 0),
              ElementsAre(Need{NeedKind::kRealization}, Need{NeedKind::kStrategicPlan}));
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kSupportingPrograms, 0),
              ElementsAre(Need{NeedKind::kProgram}));
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kEfficiency, 0),
              ElementsAre(Need{NeedKind::kAchievement}, Need{NeedKind::kRealizedBudget}));
}

TEST(CheckAnalyses, TellsWhatLacksOfEachIndicator) {
  Facts y2021 = Year(2021), y2022 = Year(2022), now = Complete();
  y2021.submissions.by_quarter[4].indicators.erase("IKU2");
  y2022.objective().indicators[1].target.unit = "orang";
  y2022.submissions.by_quarter[4].indicators["IKU2"] = testing::Quantity("7");
  now.plans.strategic_plans.back().targets.erase("IKU2");
  std::vector<ReferenceValue> references = References();
  references[1].value.unit = "orang";

  const std::vector<Analysis> analyses = Check(now, {&y2021, &y2022}, references);

  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kEarlierYears), Presence::kPartly);
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kEarlierYears, 1),
              ElementsAre(Need{NeedKind::kEarlierRealization, 2021},
                          Need{NeedKind::kSameDefinition, 2022}));
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kStrategicTarget), Presence::kPartly);
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kStrategicTarget, 1),
              ElementsAre(Need{NeedKind::kStrategicTarget}));
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kNationalStandard), Presence::kPartly);
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kNationalStandard, 1),
              ElementsAre(Need{NeedKind::kComparableNationalValue}));
}

// A provincial value is a frame; the national standard is what must be in it.
TEST(CheckAnalyses, IsEmptyWhereOnlyTheFrameIsThere) {
  std::vector<ReferenceValue> references = References();
  for (ReferenceValue& reference : references) reference.national = false;
  Facts facts = Complete();
  for (auto& [code, value] : facts.submissions.by_quarter[4].indicators) value.narrative = {};
  const std::vector<Analysis> analyses = Check(facts, {}, references);
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kNationalStandard), Presence::kEmpty);
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kNationalStandard, 0),
              ElementsAre(Need{NeedKind::kNationalValue}));
  // The narrative on the money is about no key indicator.
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kCausesAndSolutions), Presence::kEmpty);
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kSupportingPrograms), Presence::kPresent);
}

TEST(CheckAnalyses, AsksForCausesByWhatCameOfTheTarget) {
  Facts facts = Complete();
  Submission& fourth = facts.submissions.by_quarter[4];
  // What hindered explains no success, and what helped no failure.
  fourth.indicators["IKU1"].narrative = {"", "data terlambat", "pemutakhiran"};
  fourth.indicators["IKU2"].narrative = {"pendampingan", "-", " "};
  std::vector<Analysis> analyses = Check(facts);
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kCausesAndSolutions), Presence::kEmpty);
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kCausesAndSolutions, 0),
              ElementsAre(Need{NeedKind::kSuccessFactors}));
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kCausesAndSolutions, 1),
              ElementsAre(Need{NeedKind::kConstraints}, Need{NeedKind::kFollowUp}));
  // What is told of the objective is told of its indicators.
  fourth.objectives["S1"] = {"kerja sama", "anggaran", "usulan tambahan"};
  EXPECT_EQ(PresenceOf(Check(facts), AnalysisKind::kCausesAndSolutions), Presence::kPresent);
}

TEST(CheckAnalyses, ExpectsNothingOfWhatDoesNotApply) {
  Facts facts = Complete();
  facts.objective().indicators[1].not_applicable_reason = "tidak diukur";
  facts.submissions.by_quarter[4].indicators.erase("IKU2");
  const std::vector<Analysis> analyses = Check(facts);
  const Analysis& first = AnalysisOf(analyses, AnalysisKind::kTargetAndRealization);
  EXPECT_EQ(first.presence, Presence::kPresent);
  EXPECT_EQ(first.subjects[1].state, SubjectState::kNotNeeded);
  EXPECT_THAT(first.subjects[1].needs, IsEmpty());
}

TEST(CheckAnalyses, NeedsAMethodForEfficiency) {
  Facts facts = Complete();
  facts.policy.efficiency.method = policy::EfficiencyMethod::kNone;
  const std::vector<Analysis> analyses = Check(facts);
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kEfficiency), Presence::kMissing);
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kEfficiency, 0),
              ElementsAre(Need{NeedKind::kEfficiencyMethod}));
}

TEST(CheckAnalyses, WantsEachProgramAchievedPaidAndTold) {
  Facts facts = Complete();
  Submission& fourth = facts.submissions.by_quarter[4];
  fourth.budgets.clear();
  fourth.indicators.erase("SK1");
  const std::vector<Analysis> analyses = Check(facts);
  EXPECT_EQ(PresenceOf(analyses, AnalysisKind::kSupportingPrograms), Presence::kEmpty);
  EXPECT_THAT(NeedsOf(analyses, AnalysisKind::kSupportingPrograms, 0),
              ElementsAre(Need{NeedKind::kAchievement}, Need{NeedKind::kRealizedBudget},
                          Need{NeedKind::kProgramNarrative}));
}

TEST(Says, TakesNoMarkForWords) {
  EXPECT_FALSE(Says(""));
  EXPECT_FALSE(Says(" - \n..."));
  EXPECT_TRUE(Says("3"));
  EXPECT_TRUE(Says("ada"));
}

}  // namespace
}  // namespace sakip::scoring::form
