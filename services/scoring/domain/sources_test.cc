#include "services/scoring/domain/sources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::Time kDue = absl::FromUnixSeconds(1'700'000'000);

YearSubmissions SubmittedAfter(absl::Duration late) {
  YearSubmissions submissions;
  submissions.by_quarter[2].name = "regions/35.09/agencies/dinsos/submissions/2023Q2";
  submissions.timeliness[2] = {kDue, kDue + late, late > absl::ZeroDuration()};
  return submissions;
}

int DaysLate(absl::Duration late) {
  return TimesOf(SubmittedAfter(late), {2023, 2}).at(0).days_late;
}

TEST(TimesOf, CountsBegunDays) {
  EXPECT_EQ(DaysLate(-absl::Hours(30)), 0);
  EXPECT_EQ(DaysLate(absl::ZeroDuration()), 0);
  EXPECT_EQ(DaysLate(absl::Nanoseconds(1)), 1);
  EXPECT_EQ(DaysLate(absl::Hours(24)), 1);
  EXPECT_EQ(DaysLate(absl::Hours(24) + absl::Nanoseconds(1)), 2);
}

TEST(TimesOf, LooksAtNoLaterQuarter) {
  EXPECT_THAT(TimesOf(SubmittedAfter(absl::Hours(1)), {2023, 1}), IsEmpty());
}

TEST(NoteWorkflow, NamesALateQuarterWithBothTimes) {
  Findings late, in_time;
  NoteWorkflow(SubmittedAfter(absl::Hours(1)), {2023, 4}, late);
  NoteWorkflow(SubmittedAfter(-absl::Hours(1)), {2023, 4}, in_time);

  const std::vector<Finding> findings = std::move(late).Take();
  ASSERT_THAT(findings, SizeIs(1));
  EXPECT_EQ(findings[0].code, "SUBMITTED_LATE");
  EXPECT_EQ(findings[0].figures[0].value, "2023-11-14T23:13:20+00:00");
  EXPECT_EQ(findings[0].figures[1].value, "2023-11-14T22:13:20+00:00");
  EXPECT_THAT(std::move(in_time).Take(), IsEmpty());
}

}  // namespace
}  // namespace sakip::scoring
