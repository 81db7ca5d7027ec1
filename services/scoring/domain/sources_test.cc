#include "services/scoring/domain/sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

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

}  // namespace
}  // namespace sakip::scoring
