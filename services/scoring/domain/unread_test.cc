#include "services/scoring/domain/unread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

UnreadEvent Plan(uint64_t position) {
  return {"plan", position, "does not parse", UnreadEvent::Kind::kPlan};
}

UnreadEvent PolicyOf(std::string region, uint64_t position) {
  return {region, position, "has a gap", UnreadEvent::Kind::kPolicy, region};
}

UnreadEvent Submitted(int quarter) {
  UnreadEvent event{absl::StrCat("quarter ", quarter), 9, "not a number"};
  event.quarter = quarter;
  return event;
}

std::vector<std::string> That(const testing::Facts& facts, int quarter) {
  std::vector<std::string> events;
  for (const UnreadEvent* event :
       UnreadThatMatter(facts.plans, facts.submissions, {testing::kYear, quarter})) {
    events.push_back(event->event);
  }
  return events;
}

TEST(UnreadThatMatter, APlanOnlyUntilTheQuarterAndTheYearAreClosed) {
  testing::Facts facts;
  facts.submissions.unread = {Plan(20)};
  EXPECT_THAT(That(facts, 1), SizeIs(1));

  facts.submissions.pinned_plan_records[1] = 20;  // It may still set the year's targets.
  EXPECT_THAT(That(facts, 1), SizeIs(1));

  facts.submissions.pinned_plan_records[4] = 20;
  EXPECT_THAT(That(facts, 1), IsEmpty());
  EXPECT_THAT(That(facts, 4), IsEmpty());
  EXPECT_THAT(That(facts, 2), SizeIs(1));  // Open.

  facts.submissions.pinned_plan_records[4] = 21;
  EXPECT_THAT(That(facts, 1), SizeIs(1));
}

TEST(UnreadThatMatter, APolicyUnlessANearerOrLaterOneIsInForce) {
  testing::Facts facts;
  facts.submissions.unread = {PolicyOf("35", 20), PolicyOf("35.09", 30)};
  EXPECT_THAT(That(facts, 4), ElementsAre("35", "35.09"));

  const auto in_force = [&](std::string region, uint64_t position) {
    RegionPolicy version;
    version.region = std::move(region);
    version.log_position = position;
    facts.plans.policies = {version};
    return That(facts, 4);
  };
  EXPECT_THAT(in_force("35", 10), ElementsAre("35", "35.09"));
  EXPECT_THAT(in_force("35", 25), ElementsAre("35.09"));
  EXPECT_THAT(in_force("35.09", 10), ElementsAre("35.09"));
  EXPECT_THAT(in_force("35.09", 40), IsEmpty());
}

TEST(UnreadThatMatter, NotAPolicyPublishedAfterTheQuarterClosed) {
  testing::Facts facts;
  facts.submissions.unread = {PolicyOf("35", 20)};
  facts.submissions.pinned_plan_records[2] = 20;
  EXPECT_THAT(That(facts, 2), IsEmpty());
  EXPECT_THAT(That(facts, 3), SizeIs(1));
}

TEST(UnreadThatMatter, NotASubmissionOfALaterQuarter) {
  testing::Facts facts;
  facts.submissions.unread = {Submitted(3), {"of no known quarter", 5, "does not parse"}};
  EXPECT_THAT(That(facts, 2), ElementsAre("of no known quarter"));
  EXPECT_THAT(That(facts, 3), SizeIs(2));
}

TEST(Score, ScoresNothingWhereAnEventCannotBeRead) {
  testing::Facts facts;
  facts.submissions.unread.push_back({"QuarterSubmitted of dinsos@3", 17, "does not parse"});

  const Scorecard scorecard = facts.At(4);

  EXPECT_EQ(scorecard.achievement.figure.state, FigureState::kNotScored);
  EXPECT_FALSE(scorecard.achievement.figure.exact.has_value());
  EXPECT_THAT(scorecard.objectives, IsEmpty());
  ASSERT_THAT(scorecard.findings, SizeIs(1));
  EXPECT_EQ(scorecard.findings[0].code, "EVENT_NOT_READ");
  EXPECT_EQ(scorecard.findings[0].figures[0].value, "position 17");
}

TEST(Score, AClosedYearKeepsItsScorecardsWhateverIsPublishedLater) {
  testing::Facts facts;
  for (int quarter = 1; quarter <= kQuarters; ++quarter) {
    facts.Close(quarter);
    facts.submissions.pinned_plan_records[quarter] = 20;
  }
  facts.submissions.unread = {Plan(20), PolicyOf("35", 21)};
  for (int quarter = 1; quarter <= kQuarters; ++quarter) {
    EXPECT_THAT(facts.At(quarter).objectives, SizeIs(1));
    EXPECT_THAT(facts.At(quarter).findings, IsEmpty());
  }
}

TEST(Score, OfAnAgencyWithoutPlanThereIsNoneWhateverThePolicy) {
  testing::Facts facts;
  facts.plans.annual_plans.clear();
  const auto scored = [&] {
    return Score(facts.plans, facts.submissions, facts.policy, {testing::kYear, 4}).has_value();
  };
  facts.submissions.unread = {PolicyOf("35", 20)};
  EXPECT_FALSE(scored());
  facts.submissions.unread.push_back(Plan(21));
  EXPECT_TRUE(scored());
}

}  // namespace
}  // namespace sakip::scoring
