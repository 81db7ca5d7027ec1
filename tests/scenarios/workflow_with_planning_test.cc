// Walks quarters through the workflow: what each step answers, stores and refuses.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "sakip/realization/v1/events.pb.h"
#include "tests/scenarios/workflow_fixture.h"

namespace sakip::realization {
namespace {

using absl::StatusCode;
using sakip::testing::EqualsProto;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr char kNoDigest[] = "00";

template <typename NextSteps>
std::vector<std::string> Names(const NextSteps& next_steps, bool permitted_only = false) {
  std::vector<std::string> names;
  for (const v1::NextStep& next : next_steps) {
    if (next.permitted() || !permitted_only) names.push_back(v1::Step_Name(next.step()));
  }
  return names;
}

std::vector<std::string> History(const v1::Quarter& quarter) {
  std::vector<std::string> steps;
  for (const v1::StepTaken& step : quarter.history()) {
    steps.push_back(absl::StrCat(v1::Step_Name(step.step()), " ", step.actor(), " ",
                                 step.log_position(), " @", step.revision()));
  }
  return steps;
}

// The answer to a repeat but for the mark of it.
template <typename Response>
Response WithoutMark(Response response) {
  EXPECT_TRUE(response.receipt().repeated());
  response.mutable_receipt()->set_repeated(false);
  return response;
}

TEST_F(WorkflowTest, AQuarterInWhichNothingHappenedAwaitsTheReporter) {
  const auto quarter = Get();

  ASSERT_THAT(quarter, IsOk());
  EXPECT_EQ(quarter->state(), v1::Submission::STATE_NOT_OPENED);
  EXPECT_EQ(quarter->revision(), 0);
  EXPECT_FALSE(quarter->has_due_time());
  EXPECT_THAT(History(*quarter), IsEmpty());
  EXPECT_THAT(Names(quarter->next_steps()), ElementsAre("STEP_OPEN", "STEP_SUBMIT", "STEP_CLOSE"));
  EXPECT_THAT(Get("regions/35.09/agencies/dinsos"), HasField("name"));
}

TEST_F(WorkflowTest, WalksFromOpeningToCloseAndBack) {
  PublishPlan();
  const absl::Time due = realization_.clock().Now() + absl::Hours(24);

  const auto opened = Open(due);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->quarter().state(), v1::Submission::STATE_OPEN);
  EXPECT_EQ(FromTimestamp(opened->quarter().due_time()), due);
  const auto submitted = Submit(0);
  ASSERT_THAT(submitted, IsOk());
  EXPECT_THAT(Names(submitted->next_steps()),
              ElementsAre("STEP_SUBMIT", "STEP_VERIFY", "STEP_RETURN", "STEP_CLOSE"));
  EXPECT_THAT(Names(submitted->next_steps(), true), ElementsAre("STEP_SUBMIT"));
  const std::string digest = submitted->submission().content_digest();
  const auto verified = Verify(digest);
  ASSERT_THAT(verified, IsOk());
  EXPECT_EQ(verified->submission().state(), v1::Submission::STATE_VERIFIED);
  EXPECT_EQ(verified->submission().indicators_size(), 0);
  EXPECT_EQ(verified->receipt().position(), 2);
  const auto approved = Approve(digest);
  ASSERT_THAT(approved, IsOk());
  EXPECT_EQ(approved->submission().state(), v1::Submission::STATE_APPROVED);
  const auto closed = Close();
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->quarter().state(), v1::Submission::STATE_CLOSED);
  EXPECT_THAT(Names(closed->quarter().next_steps(), true), ElementsAre("STEP_REOPEN"));
  const auto reopened = Reopen();
  ASSERT_THAT(reopened, IsOk());
  EXPECT_EQ(reopened->quarter().state(), v1::Submission::STATE_APPROVED);
  EXPECT_TRUE(reopened->quarter().reopened());
  EXPECT_FALSE(reopened->quarter().has_close());

  const auto quarter = Get();
  EXPECT_THAT(History(*quarter),
              ElementsAre("STEP_OPEN ver 0 @0", "STEP_SUBMIT rep 1 @1", "STEP_VERIFY ver 2 @1",
                          "STEP_APPROVE head 3 @1", "STEP_CLOSE ver 4 @0", "STEP_REOPEN ver 5 @0"));
  EXPECT_EQ(quarter->history(2).note(), "Sesuai bukti");
  EXPECT_EQ(quarter->history(2).content_digest(), digest);
  EXPECT_EQ(quarter->history(5).note(), "Temuan reviu");
  EXPECT_EQ(quarter->approver(), "head");
  EXPECT_EQ(quarter->approved_content_digest(), digest);
}

TEST_F(WorkflowTest, EveryStepRepeatedGetsTheFirstAnswerWhateverCameSince) {
  PublishPlan();
  const auto opened = Open(realization_.clock().Now(), "", kQ1, "open");
  const std::string digest = Submit(0)->submission().content_digest();
  const auto verified = Verify(digest, "verify");
  const auto approved = Approve(digest, "approve");
  const auto returned = Return(digest, "", "return");
  const auto closed = Close(kQ1, "close");
  const auto reopened = Reopen("Temuan", "reopen");
  ASSERT_THAT(reopened, IsOk());
  planning_.Stop();  // A repeat needs nobody.

  EXPECT_THAT(WithoutMark(*Open(realization_.clock().Now(), "", kQ1, "open")),
              EqualsProto(*opened));
  EXPECT_THAT(WithoutMark(*Verify(digest, "verify")), EqualsProto(*verified));
  EXPECT_THAT(WithoutMark(*Approve(digest, "approve")), EqualsProto(*approved));
  EXPECT_THAT(WithoutMark(*Return(digest, "", "return")), EqualsProto(*returned));
  EXPECT_THAT(WithoutMark(*Close(kQ1, "close")), EqualsProto(*closed));
  EXPECT_THAT(WithoutMark(*Reopen("Temuan", "reopen")), EqualsProto(*reopened));
  EXPECT_EQ(end(), 7);
}

TEST_F(WorkflowTest, AnApprovalIsNoRepeatOfAVerificationThatLooksTheSame) {
  PublishPlan();
  v1::VerifySubmissionRequest verify;
  verify.set_name(kQ1);
  verify.set_content_digest(Submit(0)->submission().content_digest());
  verify.set_request_id("same");
  ASSERT_THAT(rpc::CallNow(realization_.stub(), &Stub::VerifySubmission, verify), IsOk());

  EXPECT_THAT(Approve(verify.content_digest(), "same"),
              StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(Get()->state(), v1::Submission::STATE_VERIFIED);
}

TEST_F(WorkflowTest, AnIllegalStepNamesTheStateAndWhatIsAllowed) {
  PublishPlan();
  const std::string none(64, '0');
  for (const absl::Status& refused :
       {Verify(none).status(), Return(none).status(), Approve(none).status(), Reopen().status()}) {
    EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED"));
    EXPECT_THAT(ErrorFacts(refused),
                UnorderedElementsAre(ErrorFact{"state", "NOT_OPENED"},
                                     ErrorFact{"allowed_steps", "OPEN, SUBMIT, CLOSE"}));
  }
  const std::string digest = ApproveFirst();
  EXPECT_THAT(Open(realization_.clock().Now(), "x"),
              StatusIs(StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED"));
  ASSERT_THAT(Close(), IsOk());
  for (const absl::Status& refused :
       {Submit(1).status(), Close().status(), Return(digest).status(), Verify(digest).status()}) {
    EXPECT_THAT(refused, StatusIs(StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED"));
    EXPECT_THAT(ErrorFacts(refused), Contains(ErrorFact{"state", "CLOSED"}));
  }
  EXPECT_EQ(end(), 4);
}

TEST_F(WorkflowTest, WhatWasLookedAtMustBeTheLatest) {
  PublishPlan();
  const std::string first = Submit(0)->submission().content_digest();
  const std::string second = Submit(1, "16")->submission().content_digest();

  for (const absl::Status& refused : {Verify(first).status(), Return(first).status()}) {
    EXPECT_THAT(refused, StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
    EXPECT_THAT(ErrorFacts(refused),
                UnorderedElementsAre(ErrorFact{"current_revision", "2"},
                                     ErrorFact{"current_content_digest", second}));
  }
  ASSERT_THAT(Verify(second), IsOk());
  EXPECT_THAT(Approve(first), StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  EXPECT_EQ(end(), 3);
}

TEST_F(WorkflowTest, AReturnSaysWhyLineByLineAndAwaitsACorrection) {
  PublishPlan();
  const std::string digest = Submit(0)->submission().content_digest();
  EXPECT_THAT(Return(digest, "SK9"), HasField("reasons[0].code"));
  EXPECT_EQ(end(), 1);

  ASSERT_THAT(Return(digest, "SK1.1"), IsOk());

  const auto quarter = Get();
  EXPECT_EQ(quarter->state(), v1::Submission::STATE_RETURNED);
  ASSERT_EQ(quarter->history(1).reasons_size(), 1);
  EXPECT_EQ(quarter->history(1).reasons(0).code(), "SK1.1");
  EXPECT_EQ(quarter->history(1).reasons(0).reason(), "Bukti tidak ada");
  ASSERT_THAT(Submit(1, "14"), IsOk());
  EXPECT_EQ(GetSubmission()->state(), v1::Submission::STATE_SUBMITTED);
  EXPECT_EQ(GetSubmission(1)->state(), v1::Submission::STATE_RETURNED);
}

TEST_F(WorkflowTest, NamesEveryWrongField) {
  const auto verify = Verify(kNoDigest);
  EXPECT_THAT(verify, HasField("content_digest"));
  EXPECT_THAT(Approve(kNoDigest), HasField("content_digest"));
  EXPECT_THAT(Reopen(""), HasField("reason"));
  EXPECT_THAT(Open(absl::FromUnixSeconds(0)), HasField("due_time"));
  EXPECT_THAT(Close("regions/35.09/agencies/dinsos/submissions/2023Q5"), HasField("name"));
  v1::ReturnSubmissionRequest request;
  request.set_name(kQ1);
  request.set_request_id("r");
  const auto refused = rpc::CallNow(realization_.stub(), &Stub::ReturnSubmission, request);
  EXPECT_THAT(refused, HasField("reasons"));
  EXPECT_THAT(refused, HasField("content_digest"));
  EXPECT_EQ(end(), 0);
}

TEST_F(WorkflowTest, AFirstSubmissionAfterTheDueTimeIsLateForGood) {
  PublishPlan();
  const absl::Time due = realization_.clock().Now();
  ASSERT_THAT(Open(due), IsOk());
  EXPECT_THAT(Open(due + absl::Hours(1)), HasField("reason"));
  ASSERT_THAT(Open(due + absl::Hours(1), "Diundur"), IsOk());

  realization_.clock().Set(due + absl::Hours(2));
  EXPECT_TRUE(Submit(0)->submission().late());
  realization_.clock().Set(due);
  EXPECT_TRUE(Submit(1, "16")->submission().late());

  EXPECT_TRUE(GetSubmission()->late());
  EXPECT_TRUE(Get()->late());
}

TEST_F(WorkflowTest, InTimeOrWithoutADueTimeNothingIsLate) {
  PublishPlan();
  ASSERT_THAT(Open(realization_.clock().Now()), IsOk());
  EXPECT_FALSE(Submit(0)->submission().late());
  const std::string q2 = "regions/35.09/agencies/dinsos/submissions/2023Q2";
  EXPECT_FALSE(Submit(0, "15", q2)->submission().late());
}

TEST_F(WorkflowTest, ACorrectionOfWhatWasApprovedSaysSo) {
  PublishPlan();
  const std::string digest = ApproveFirst();

  const auto corrected = Submit(1, "16");

  ASSERT_THAT(corrected, IsOk());
  const v1::Submission& submission = corrected->submission();
  EXPECT_TRUE(submission.changed_since_approval());
  EXPECT_EQ(submission.supersedes().revision(), 1);
  EXPECT_EQ(submission.supersedes().log_position(), 0);
  EXPECT_EQ(submission.supersedes().approver(), "head");
  EXPECT_EQ(submission.reason(), "Koreksi");
  EXPECT_TRUE(GetSubmission()->changed_since_approval());
  EXPECT_FALSE(GetSubmission(1)->changed_since_approval());
  EXPECT_EQ(GetSubmission(1)->state(), v1::Submission::STATE_APPROVED);
  v1::ListSubmissionsRequest list;
  list.set_parent("regions/35.09");
  const auto listed = rpc::CallNow(realization_.stub(), &Stub::ListSubmissions, list);
  EXPECT_TRUE(listed->submissions(0).changed_since_approval());
  const auto quarter = Get();
  EXPECT_TRUE(quarter->changed_since_approval());
  EXPECT_EQ(quarter->approved_revision(), 1);

  ASSERT_THAT(Verify(submission.content_digest()), IsOk());
  ASSERT_THAT(Approve(submission.content_digest()), IsOk());
  EXPECT_FALSE(Get()->changed_since_approval());
  EXPECT_FALSE(GetSubmission()->changed_since_approval());
  // The first content again is another than the one approved now.
  EXPECT_TRUE(Submit(2, "15")->submission().changed_since_approval());
  EXPECT_EQ(GetSubmission()->content_digest(), digest);
}

TEST_F(WorkflowTest, ACloseRecordsWhatIsMissingAndPinsThePlan) {
  PublishPlan();
  ASSERT_THAT(Submit(0), IsOk());

  const auto closed = Close();

  ASSERT_THAT(closed, IsOk());
  const v1::Close& close = closed->quarter().close();
  EXPECT_EQ(close.revision(), 1);
  EXPECT_EQ(close.state(), v1::Submission::STATE_SUBMITTED);
  EXPECT_EQ(close.annual_plan_revision(), 1);
  EXPECT_EQ(close.planning_end_position(), 2);
  EXPECT_THAT(close.missing_indicator_codes(), ElementsAre("IKU1"));
  EXPECT_THAT(close.missing_sub_activity_codes(), IsEmpty());
  EXPECT_THAT(Get()->close(), EqualsProto(close));
}

TEST_F(WorkflowTest, AnAgencyThatNeverSubmittedIsClosedToo) {
  PublishPlan();
  const auto closed = Close();
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->quarter().close().revision(), 0);
  EXPECT_THAT(closed->quarter().close().missing_indicator_codes(), ElementsAre("IKU1", "SK1.1"));
  EXPECT_THAT(closed->quarter().close().missing_sub_activity_codes(), ElementsAre("SK1"));
  EXPECT_EQ(Reopen()->quarter().state(), v1::Submission::STATE_NOT_OPENED);
}

TEST_F(WorkflowTest, AnAgencyWithoutAPlanIsClosedWithNothingKnownMissing) {
  ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), IsOk());
  const auto closed = Close();
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->quarter().close().annual_plan_revision(), 0);
  EXPECT_EQ(closed->quarter().close().planning_end_position(), 1);
  EXPECT_THAT(closed->quarter().close().missing_indicator_codes(), IsEmpty());
}

TEST_F(WorkflowTest, WhatPlanningDoesNotKnowIsNeitherOpenedNorClosed) {
  EXPECT_THAT(Open(realization_.clock().Now()),
              StatusIs(StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
  EXPECT_THAT(Close(), StatusIs(StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
  planning_.Stop();
  EXPECT_THAT(Open(realization_.clock().Now()),
              StatusIs(StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
  EXPECT_THAT(Close(), StatusIs(StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
  EXPECT_EQ(end(), 0);
}

TEST_F(WorkflowTest, EachStepIsForItsRoleInItsRegionOnly) {
  PublishPlan();
  const std::string digest = Submit(0)->submission().content_digest();
  const char* stranger = "subject=x;roles=verifier,agency_head;scopes=regions/35.10";
  const absl::Time due = realization_.clock().Now();
  for (const absl::Status& refused :
       {Verify(digest, "", kHead).status(), Verify(digest, "", kReporter).status(),
        Verify(digest, "", stranger).status(), Return(digest, "", "", kReporter).status(),
        Approve(digest, "", kVerifier).status(), Approve(digest, "", stranger).status(),
        Open(due, "", kQ1, "", kReporter).status(), Close(kQ1, "", kHead).status(),
        Close(kQ1, "", stranger).status(), Reopen("x", "", kReporter).status(),
        Get(kQ1, stranger).status()}) {
    EXPECT_THAT(refused, StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  }
  EXPECT_EQ(end(), 1);
}

TEST_F(WorkflowTest, OfTwoVerifiersAtOnceOneMustLookAgain) {
  constexpr uint32_t kRounds = 20;
  PublishPlan();
  for (uint32_t round = 0; round < kRounds; ++round) {
    const std::string digest = Submit(round)->submission().content_digest();
    const uint64_t before = end();
    absl::Status results[2];
    const std::string ids[] = {absl::StrCat("a", round), absl::StrCat("b", round)};
    const auto verify = [&](int who) { results[who] = Verify(digest, ids[who]).status(); };
    std::thread other(verify, 1);
    verify(0);
    other.join();

    EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << " " << results[1];
    EXPECT_THAT(results[0].ok() ? results[1] : results[0],
                StatusIs(StatusCode::kFailedPrecondition, "STEP_NOT_ALLOWED"));
    EXPECT_EQ(end(), before + 1);
  }
}

TEST_F(WorkflowTest, AVerificationNeverMeetsWhatWasSubmittedMeanwhile) {
  constexpr uint32_t kRounds = 20;
  PublishPlan();
  std::string digest = Submit(0)->submission().content_digest();
  for (uint32_t round = 1; round <= kRounds; ++round) {
    const std::string id = absl::StrCat("v", round);
    absl::Status verified;
    std::thread verifier([&] { verified = Verify(digest, id).status(); });
    const auto corrected = Submit(round, absl::StrCat(round));
    verifier.join();

    ASSERT_THAT(corrected, IsOk());
    // Either it came first and was superseded, or it was refused.
    if (!verified.ok()) {
      EXPECT_THAT(verified, StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
    }
    EXPECT_EQ(Get()->state(), v1::Submission::STATE_SUBMITTED);
    digest = corrected->submission().content_digest();
  }
}

TEST_F(WorkflowTest, AnEventOfAnotherTimeStopsNobody) {
  PublishPlan();
  const std::string digest = Submit(0)->submission().content_digest();
  eventlog::AppendRequest request =
      eventlog::TestRequest("later", 1, "regions/35.09/agencies/dinsos/years/2023", {});
  request.events = {{"sakip.realization.v1.OfALaterVersion", "payload"},
                    {v1::SubmissionVerified::descriptor()->full_name(), "\xFF\xFF"}};
  ASSERT_THAT(eventlog::AppendNow(realization_.log(), std::move(request)), IsOk());

  EXPECT_EQ(Get()->state(), v1::Submission::STATE_SUBMITTED);
  EXPECT_THAT(Verify(digest), IsOk());
  EXPECT_EQ(end(), 4);
}

}  // namespace
}  // namespace sakip::realization
