#include "common/base/period.h"

#include <gtest/gtest.h>

namespace sakip {
namespace {

TEST(Period, EndsOnTheLastDayOfItsQuarter) {
  EXPECT_EQ(FormatDate(LastDay({2023, 1})), "2023-03-31");
  EXPECT_EQ(FormatDate(LastDay({2023, 2})), "2023-06-30");
  EXPECT_EQ(FormatDate(LastDay({2023, 3})), "2023-09-30");
  EXPECT_EQ(FormatDate(LastDay({2023, 4})), "2023-12-31");
}

TEST(Period, ParsesWhatItFormats) {
  const auto period = ParsePeriod(FormatPeriod({2023, 4}));
  ASSERT_TRUE(period.ok());
  EXPECT_EQ(*period, (Period{2023, 4}));
}

TEST(Period, RefusesWhatIsNoQuarter) {
  for (const char* text : {"", "2023", "2023Q0", "2023Q5", "2023q4", "1999Q1", "2101Q1", "2023Q44",
                           "20a3Q1", "-023Q1", "2023-4"}) {
    EXPECT_FALSE(ParsePeriod(text).ok()) << text;
  }
}

TEST(Date, AcceptsOnlyDaysThatExist) {
  EXPECT_TRUE(ParseDate("2024-02-29").ok());
  for (const char* text : {"", "2023-02-29", "2023-02-30", "2023-13-01", "2023-00-10", "2023-1-1",
                           "2023/01/01", "+023-01-01", "2023-01-01 "}) {
    EXPECT_FALSE(ParseDate(text).ok()) << text;
  }
}

}  // namespace
}  // namespace sakip
