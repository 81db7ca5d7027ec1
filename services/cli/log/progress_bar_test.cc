#include "services/cli/log/progress_bar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "common/testing/fake_clock.h"

namespace sakip::cli {
namespace {

TEST(ProgressBarTest, ShowsRecordsAndSpeedAndTakesItselfAway) {
  std::ostringstream err;
  testing::FakeClock clock;
  {
    ProgressBar bar(err, true, clock);
    bar.Show({1, 1, 100});
    EXPECT_EQ(err.str(), "") << "too early";
    clock.Advance(absl::Seconds(2));
    bar.Show({1500, 100 << 20, 400 << 20});
    EXPECT_EQ(err.str(),
              "\r[#######-----------------------]  25 %  1500 records  100 MiB  50 MiB/s");
    bar.Show({1501, 101 << 20, 400 << 20});
    clock.Advance(absl::Seconds(1));
    err.str("");
    bar.Show({3000, 300 << 20, 0});
    EXPECT_THAT(err.str(), ::testing::StartsWith("\r3000 records  300 MiB  100 MiB/s   "));
    err.str("");
  }
  EXPECT_THAT(err.str(), ::testing::MatchesRegex("\r +\r"));
}

TEST(ProgressBarTest, IsSilentWhereNobodyWatches) {
  std::ostringstream err;
  testing::FakeClock clock;
  {
    ProgressBar bar(err, false, clock);
    clock.Advance(absl::Seconds(2));
    bar.Show({1, 1, 2});
  }
  EXPECT_EQ(err.str(), "");
}

}  // namespace
}  // namespace sakip::cli
