#include "common/plan/quarters.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/plan/testing/plan_builder.h"

namespace sakip::plan {
namespace {

using testing::R;

constexpr TimeAggregation kAll[] = {TimeAggregation::kSum,     TimeAggregation::kLast,
                                    TimeAggregation::kAverage, TimeAggregation::kMax,
                                    TimeAggregation::kMin,     TimeAggregation::kConstant};

QuarterValue Of(int quarter, const char* value) { return {quarter, R(value)}; }

QuarterValue ToDateOf(int quarter, const char* value, int64_t count) {
  return {quarter, R(value), /*year_to_date=*/true, count};
}

// `30 = 10 + 20`.
std::string Combined(TimeAggregation aggregation, const std::vector<QuarterValue>& values) {
  const auto result = Combine(aggregation, values);
  return result.has_value() ? result->ToFraction() + " = " + CombinedText(aggregation, values)
                            : "none";
}

TEST(Combine, HasNothingToSayOfNoValues) {
  for (const TimeAggregation aggregation : kAll) EXPECT_EQ(Combined(aggregation, {}), "none");
}

TEST(Combine, OfOneValueIsThatValue) {
  for (const TimeAggregation aggregation : kAll) {
    EXPECT_EQ(Combine(aggregation, {{Of(3, "7.5")}}), R("7.5"));
    EXPECT_EQ(Combine(aggregation, {{ToDateOf(3, "7.5", 3)}}), R("7.5"));
  }
}

TEST(Combine, FollowsTheKind) {
  const std::vector<QuarterValue> values = {Of(1, "10"), Of(2, "40"), Of(4, "25")};

  EXPECT_EQ(Combined(TimeAggregation::kSum, values), "75 = 10 + 40 + 25");
  EXPECT_EQ(Combined(TimeAggregation::kLast, values), "25 = 25");
  EXPECT_EQ(Combined(TimeAggregation::kConstant, values), "25 = 25");
  EXPECT_EQ(Combined(TimeAggregation::kAverage, values), "25 = (10 + 40 + 25) / 3");
  EXPECT_EQ(Combined(TimeAggregation::kMax, values), "40 = max(10, 40, 25)");
  EXPECT_EQ(Combined(TimeAggregation::kMin, values), "10 = min(10, 40, 25)");
}

TEST(Combine, TakesAValueToDateForAllBeforeIt) {
  EXPECT_EQ(Combined(TimeAggregation::kSum, {Of(1, "10"), ToDateOf(2, "45", 2), Of(3, "5")}),
            "50 = 45 + 5");
  EXPECT_EQ(Combined(TimeAggregation::kMax, {Of(1, "10"), ToDateOf(2, "45", 2), Of(3, "5")}),
            "45 = max(45, 5)");
  EXPECT_EQ(Combined(TimeAggregation::kMin, {Of(1, "10"), ToDateOf(2, "8", 2), Of(3, "9")}),
            "8 = min(8, 9)");
  EXPECT_EQ(Combined(TimeAggregation::kAverage, {Of(1, "10"), ToDateOf(2, "20", 2), Of(3, "50")}),
            "30 = (20 x 2 + 50) / 3");
}

TEST(Combine, ZeroIsAValue) {
  EXPECT_EQ(Combined(TimeAggregation::kAverage, {Of(1, "0"), Of(2, "10")}), "5 = (0 + 10) / 2");
  EXPECT_EQ(Combined(TimeAggregation::kMin, {Of(1, "0"), Of(2, "10")}), "0 = min(0, 10)");
  EXPECT_EQ(Combined(TimeAggregation::kLast, {Of(1, "10"), Of(2, "0")}), "0 = 0");
}

}  // namespace
}  // namespace sakip::plan
