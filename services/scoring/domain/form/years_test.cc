#include "services/scoring/domain/form/years.h"

#include <gtest/gtest.h>

#include <string>

#include "services/scoring/domain/form/testing/told.h"

namespace sakip::scoring::form {
namespace {

using testing::R;

YearAmount At(int year, absl::string_view value, CellState state = CellState::kFinal) {
  return {year, state, Quantity{R(value), "orang"}, std::nullopt};
}

YearAmount Without(int year, CellState state) { return {year, state, std::nullopt, std::nullopt}; }

YearAmount Counted(int year, absl::string_view numerator, absl::string_view denominator) {
  const Counts counts{R(numerator), R(denominator)};
  const Rational percent = *Divide(counts.numerator, counts.denominator) * Rational(100);
  return {year, CellState::kFinal, Quantity{percent, "%"}, counts};
}

std::string Combined(TimeAggregation aggregation, const std::vector<YearAmount>& years) {
  return Told(CombineYears(aggregation, years));
}

TEST(CombineYears, CombinesAsQuartersDo) {
  const std::vector<YearAmount> years = {At(2021, "10"), At(2022, "40"), At(2023, "25")};
  EXPECT_EQ(Combined(TimeAggregation::kSum, years), "FINAL 75 orang of 2021,2022,2023");
  EXPECT_EQ(Combined(TimeAggregation::kAverage, years), "FINAL 25 orang of 2021,2022,2023");
  EXPECT_EQ(Combined(TimeAggregation::kMax, years), "FINAL 40 orang of 2021,2022,2023");
  EXPECT_EQ(Combined(TimeAggregation::kMin, years), "FINAL 10 orang of 2021,2022,2023");
  EXPECT_EQ(Combined(TimeAggregation::kLast, years), "FINAL 25 orang of 2023");
  EXPECT_EQ(Combined(TimeAggregation::kConstant, years), "FINAL 25 orang of 2023");
}

// 10 of 20 and 90 of 100: 100 of 120, not the mean of 50 and 90.
TEST(CombineYears, ComputesQuotientsAnewFromTheirCounts) {
  const std::vector<YearAmount> years = {Counted(2021, "10", "20"), Counted(2022, "90", "100")};
  EXPECT_EQ(Combined(TimeAggregation::kAverage, years), "FINAL 250/3 % of 2021,2022");
  EXPECT_EQ(Combined(TimeAggregation::kSum, years), "FINAL 250/3 % of 2021,2022");
  EXPECT_EQ(Combined(TimeAggregation::kLast, years), "FINAL 90 % of 2022");
  EXPECT_EQ(Combined(TimeAggregation::kMin, years), "FINAL 50 % of 2021,2022");
}

TEST(CombineYears, SaysWhatLacks) {
  EXPECT_EQ(Combined(TimeAggregation::kSum,
                     {Without(2021, CellState::kNotRecorded), At(2022, "40"), At(2023, "25")}),
            "PARTIAL 65 orang of 2022,2023 without 2021 NOT_RECORDED");
  // What was not in the plan of a year is nothing in it.
  EXPECT_EQ(Combined(TimeAggregation::kSum, {Without(2021, CellState::kNotPlanned), At(2022, "4")}),
            "FINAL 4 orang of 2022 without 2021 NOT_PLANNED");
  EXPECT_EQ(Combined(TimeAggregation::kSum, {At(2021, "1", CellState::kPartial), At(2022, "4")}),
            "PARTIAL 5 orang of 2021,2022");
}

TEST(CombineYears, LastNeedsOnlyTheLast) {
  EXPECT_EQ(
      Combined(TimeAggregation::kLast, {Without(2021, CellState::kNotRecorded), At(2022, "40")}),
      "FINAL 40 orang of 2022");
  EXPECT_EQ(Combined(TimeAggregation::kLast, {At(2021, "40"), Without(2022, CellState::kMissing)}),
            "PARTIAL 40 orang of 2021 without 2022 MISSING");
}

TEST(CombineYears, HasNoNumberWithoutAValue) {
  EXPECT_EQ(Combined(TimeAggregation::kSum, {}), "NOT_APPLICABLE");
  EXPECT_EQ(Combined(TimeAggregation::kSum,
                     {Without(2021, CellState::kNotRecorded), Without(2022, CellState::kMissing)}),
            "MISSING without 2021 NOT_RECORDED without 2022 MISSING");
  EXPECT_EQ(Combined(TimeAggregation::kSum, {Counted(2021, "0", "1"), At(2022, "0")}),
            "ZERO 0 orang of 2021,2022");
}

TEST(CombineYears, IsProvisionalWhereAYearIs) {
  EXPECT_EQ(
      Combined(TimeAggregation::kSum, {At(2021, "1"), At(2022, "4", CellState::kProvisional)}),
      "PROVISIONAL 5 orang of 2021,2022");
}

}  // namespace
}  // namespace sakip::scoring::form
