// Commands about scorecards, against servers with canned answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(RunTest, AsksForTheStateBeforeTwoPositions) {
  realization_log_.GetHead_.response.set_end_position(9);

  EXPECT_EQ(RunScorecard({"--as-of", "12:34"}).code, 0);

  const auto& request = scoring_.GetScorecard_.requests.at(0);
  EXPECT_EQ(request.as_of().positions().planning(), 12u);
  EXPECT_EQ(request.as_of().positions().realization(), 34u);
  // The past does not wait for what was written a moment ago.
  EXPECT_EQ(request.at_least().realization(), 0u);
}

TEST_F(RunTest, AsksForTheStateOfAMoment) {
  realization_log_.GetHead_.response.set_end_position(9);

  EXPECT_EQ(RunScorecard({"--as-of", "2024-01-31T17:00:00+07:00"}).code, 0);

  const auto& request = scoring_.GetScorecard_.requests.at(0);
  EXPECT_EQ(request.as_of().time().seconds(), 1706695200);
  EXPECT_EQ(request.at_least().realization(), 9u);
}

TEST_F(RunTest, RefusesAStateThatIsNone) {
  for (const char* text : {"yesterday", "12", "12:", "-1:2", "2024-01-31"}) {
    const Outcome outcome = RunScorecard({std::string("--as-of=") + text});
    EXPECT_EQ(outcome.code, 2) << text;
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("--as-of"), HasSubstr("PLANNING:REALIZATION")))
        << text;
  }
  EXPECT_THAT(scoring_.GetScorecard_.requests, IsEmpty());
}

TEST_F(RunTest, AsksForVerifiedSubmissionsOnly) {
  EXPECT_EQ(RunScorecard({"--verified"}).code, 0);
  EXPECT_EQ(RunScorecard().code, 0);
  EXPECT_EQ(
      Run({"scorecards", "regions/35", "--year", "2023", "--quarter", "4", "--verified"}).code, 0);

  EXPECT_EQ(scoring_.GetScorecard_.requests.at(0).basis(), scoring::v1::Sources::BASIS_VERIFIED);
  EXPECT_EQ(scoring_.GetScorecard_.requests.at(1).basis(), scoring::v1::Sources::BASIS_UNSPECIFIED);
  EXPECT_EQ(scoring_.ListScorecards_.requests.at(0).basis(), scoring::v1::Sources::BASIS_VERIFIED);
}

}  // namespace
}  // namespace sakip::cli
