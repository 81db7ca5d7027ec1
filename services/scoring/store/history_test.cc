#include "services/scoring/store/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/eventlog/payload.h"
#include "common/message/timestamp.h"
#include "services/scoring/store/testing/test_logs.h"

namespace sakip::scoring {
namespace {

using ::testing::IsEmpty;

const absl::Time kDue = absl::FromUnixSeconds(1'700'000'000);

// Folds events of the fourth quarter, an hour apart from an hour before the due time on.
class SubmissionHistoryTest : public ::testing::Test {
 protected:
  template <typename Event>
  void Add(const Event& event) {
    eventlog::v1::Record record;
    record.set_position(position_);
    record.set_stream(absl::StrCat(kDinsos, "/years/2023"));
    record.set_type(Event::descriptor()->full_name());
    record.set_payload(event.SerializeAsString());
    *record.mutable_recorded_time() =
        ToTimestamp(kDue + absl::Hours(static_cast<int64_t>(position_) - 1));
    ++position_;
    history_.Add(record);
  }

  void Submit(uint32_t revision, bool late = false) {
    realization::v1::QuarterSubmitted event;
    *event.mutable_submission() = TestSubmission();
    event.mutable_submission()->set_revision(revision);
    event.mutable_submission()->set_late(late);
    Add(event);
  }

  // A step on a revision: SubmissionVerified, SubmissionReturned.
  template <typename Event>
  void Step(uint32_t revision) {
    Event event;
    event.set_name(TestSubmission().name());
    event.set_revision(revision);
    Add(event);
  }

  YearSubmissions Take(Basis basis) { return std::move(history_).Take(basis); }

  uint64_t position_ = 0;
  SubmissionHistory history_;
};

TEST_F(SubmissionHistoryTest, TheLatestRevisionCounts) {
  Submit(1);
  Step<realization::v1::SubmissionVerified>(1);
  Submit(2);

  const YearSubmissions year = Take(Basis::kSubmitted);

  EXPECT_EQ(year.by_quarter.at(4).revision, 2);
  EXPECT_EQ(year.by_quarter.at(4).log_position, 2);
  EXPECT_FALSE(year.by_quarter.at(4).verified);
}

TEST_F(SubmissionHistoryTest, OnTheVerifiedBasisTheLatestVerifiedOneCounts) {
  Submit(1);
  Step<realization::v1::SubmissionVerified>(1);
  Submit(2);

  const YearSubmissions year = Take(Basis::kVerified);

  EXPECT_EQ(year.basis, Basis::kVerified);
  EXPECT_EQ(year.by_quarter.at(4).revision, 1);
  EXPECT_TRUE(year.by_quarter.at(4).verified);
}

TEST_F(SubmissionHistoryTest, WhatWasNeverVerifiedDoesNotCountOnTheVerifiedBasis) {
  Submit(1);
  const YearSubmissions year = Take(Basis::kVerified);
  EXPECT_THAT(year.by_quarter, IsEmpty());
  EXPECT_TRUE(year.timeliness.at(4).submitted.has_value());
}

TEST_F(SubmissionHistoryTest, AReturnTakesAVerificationBack) {
  Submit(1);
  Step<realization::v1::SubmissionVerified>(1);
  Step<realization::v1::SubmissionReturned>(1);
  EXPECT_THAT(Take(Basis::kVerified).by_quarter, IsEmpty());
}

TEST_F(SubmissionHistoryTest, AReturnOfALaterRevisionLeavesTheVerification) {
  Submit(1);
  Step<realization::v1::SubmissionVerified>(1);
  Submit(2);
  Step<realization::v1::SubmissionReturned>(2);
  EXPECT_EQ(Take(Basis::kVerified).by_quarter.at(4).revision, 1);
}

TEST_F(SubmissionHistoryTest, AfterAReturnTheVerifiedRevisionBeforeCountsAgain) {
  Submit(1);
  Step<realization::v1::SubmissionVerified>(1);
  Submit(2);
  Step<realization::v1::SubmissionVerified>(2);
  Step<realization::v1::SubmissionReturned>(2);
  EXPECT_EQ(Take(Basis::kVerified).by_quarter.at(4).revision, 1);
}

TEST_F(SubmissionHistoryTest, TellsWhenTheFirstRevisionCame) {
  realization::v1::QuarterOpened opened;
  opened.set_name(TestSubmission().name());
  *opened.mutable_due_time() = ToTimestamp(kDue);
  Add(opened);
  Submit(1);
  Submit(2);

  const Timeliness times = Take(Basis::kSubmitted).timeliness.at(4);

  EXPECT_EQ(times.due, kDue);
  EXPECT_EQ(times.submitted, kDue);
  EXPECT_FALSE(times.late);
}

TEST_F(SubmissionHistoryTest, TellsThatTheFirstRevisionCameLate) {
  realization::v1::QuarterOpened opened;
  opened.set_name(TestSubmission().name());
  *opened.mutable_due_time() = ToTimestamp(kDue - absl::Hours(2));
  Add(opened);
  Submit(1, /*late=*/true);

  const Timeliness times = Take(Basis::kSubmitted).timeliness.at(4);

  EXPECT_EQ(*times.submitted - *times.due, absl::Hours(2));
  EXPECT_TRUE(times.late);
}

TEST_F(SubmissionHistoryTest, NamesAnEventOfNoQuarter) {
  realization::v1::QuarterClosed closed;
  closed.set_name("regions/35.09/agencies/dinsos/submissions/2023");
  Add(closed);

  const auto unread = Take(Basis::kSubmitted).unread;

  ASSERT_EQ(unread.size(), 1);
  EXPECT_NE(unread[0].why, "");
}

}  // namespace
}  // namespace sakip::scoring
