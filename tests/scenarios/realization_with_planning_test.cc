// Calls realization over gRPC as a client does. Planning is a real one on a port of its own; both
// logs are in memory.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"
#include "services/planning/rpc/testing/planning_server.h"
#include "services/realization/rpc/testing/realization_server.h"

namespace sakip::realization {
namespace {

using absl::StatusCode;
using planning::kDinsos;
using planning::kPlan2023;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using testing::EqualsProto;
using testing::HasField;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Not;
using testing::StatusIs;
using Stub = v1::RealizationService::Stub;

constexpr char kQ1[] = "regions/35.09/agencies/dinsos/submissions/2023Q1";

std::string NameOf(const std::string& agency, const std::string& period) {
  return absl::StrCat(agency, "/submissions/", period);
}

class RealizationServiceTest : public ::testing::Test {
 protected:
  void PublishPlan() {
    ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), IsOk());
    ASSERT_THAT(planning_.Publish(planning::TestPlan(), 0, "plan"), IsOk());
  }

  // The next revision of the plan has the sub-activity SK2 as well.
  void PublishSecondPlan() {
    planning::v1::PlanDocument plan = planning::TestPlan();
    plan.set_reason("Perubahan APBD");
    auto* activity =
        plan.mutable_annual_plan()->mutable_objectives(0)->mutable_programs(0)->mutable_activities(
            0);
    planning::v1::SubActivity* added = activity->add_sub_activities();
    added->set_code("SK2");
    added->set_display_name("Baru");
    added->set_budget("1");
    ASSERT_THAT(planning_.Publish(plan, 1, "plan-2"), IsOk());
  }

  absl::StatusOr<v1::SubmitQuarterResponse> Submit(const v1::Submission& submission,
                                                   uint32_t expected_revision,
                                                   const std::string& request_id,
                                                   const std::string& dev_identity = "") {
    v1::SubmitQuarterRequest request;
    *request.mutable_submission() = submission;
    request.set_expected_revision(expected_revision);
    request.set_request_id(request_id);
    return rpc::CallNow(realization_.stub(), &Stub::SubmitQuarter, request, dev_identity);
  }

  absl::StatusOr<v1::Submission> Get(const std::string& name, uint32_t revision = 0,
                                     const std::string& dev_identity = "") {
    v1::GetSubmissionRequest request;
    request.set_name(name);
    request.set_revision(revision);
    auto response = rpc::CallNow(realization_.stub(), &Stub::GetSubmission, request, dev_identity);
    if (!response.ok()) return response.status();
    return response->submission();
  }

  absl::StatusOr<v1::ListSubmissionsResponse> List(const std::string& parent, int year = 0,
                                                   int page_size = 0,
                                                   const std::string& page_token = "") {
    v1::ListSubmissionsRequest request;
    request.set_parent(parent);
    request.set_year(year);
    request.set_page_size(page_size);
    request.set_page_token(page_token);
    return rpc::CallNow(realization_.stub(), &Stub::ListSubmissions, request);
  }

  uint64_t end() { return realization_.log().end_position(); }

  planning::PlanningServer planning_;
  RealizationServer realization_{planning_.address()};
};

std::vector<std::string> Names(const v1::ListSubmissionsResponse& page) {
  std::vector<std::string> names;
  for (const v1::Submission& submission : page.submissions()) names.push_back(submission.name());
  return names;
}

TEST_F(RealizationServiceTest, AcceptsAQuarterAndReturnsItAsStored) {
  PublishPlan();
  v1::Submission sent = TestSubmission();
  sent.set_revision(7);  // What the server sets is not the caller's to give.
  sent.set_state(v1::Submission::STATE_APPROVED);
  sent.set_submitter("somebody");

  const auto accepted =
      Submit(sent, 0, "s1", "subject=reporter-1;roles=reporter;scopes=regions/35.09");

  ASSERT_THAT(accepted, IsOk());
  EXPECT_EQ(accepted->receipt().position(), 0);
  EXPECT_EQ(accepted->receipt().leaf_hash().size(), 32);
  EXPECT_EQ(accepted->submission().revision(), 1);
  EXPECT_EQ(accepted->submission().indicators_size(), 0);
  v1::Submission expected = TestSubmission();
  expected.set_revision(1);
  expected.set_state(v1::Submission::STATE_SUBMITTED);
  expected.set_submitter("reporter-1");
  expected.mutable_submit_time()->set_seconds(1700524800);
  expected.set_content_digest(accepted->submission().content_digest());
  EXPECT_EQ(expected.content_digest().size(), 64);
  expected.mutable_evidence_coverage()->set_lines(2);
  const auto got = Get(kQ1);
  ASSERT_THAT(got, IsOk());
  EXPECT_THAT(*got, EqualsProto(expected));
}

TEST_F(RealizationServiceTest, WhatWasNotSubmittedIsNotFound) {
  EXPECT_THAT(Get(kQ1), StatusIs(StatusCode::kNotFound, "SUBMISSION_NOT_FOUND"));
  PublishPlan();
  ASSERT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());
  EXPECT_THAT(Get(kQ1, 2), StatusIs(StatusCode::kNotFound, "SUBMISSION_NOT_FOUND"));
  EXPECT_THAT(Get(NameOf(kDinsos, "2023Q5")), HasField("name"));
  EXPECT_THAT(Get(kPlan2023), HasField("name"));
}

TEST_F(RealizationServiceTest, ARepeatGetsTheFirstAnswer) {
  PublishPlan();
  const auto first = Submit(TestSubmission(), 0, "s1");
  ASSERT_THAT(first, IsOk());

  auto again = Submit(TestSubmission(), 0, "s1");

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  again->mutable_receipt()->set_repeated(false);
  EXPECT_THAT(*again, EqualsProto(*first));
  EXPECT_EQ(end(), 1);
}

TEST_F(RealizationServiceTest, ARepeatGetsTheFirstAnswerAlsoWherePlanningIsGone) {
  PublishPlan();
  ASSERT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());
  planning_.Stop();

  const auto again = Submit(TestSubmission(), 0, "s1");

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->receipt().repeated());
  v1::Submission other = TestSubmission();
  other.mutable_indicators(0)->set_quantity("16");
  EXPECT_THAT(Submit(other, 0, "s1"), StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(end(), 1);
}

TEST_F(RealizationServiceTest, CodesThatAreRememberedNeedNoPlanning) {
  PublishPlan();
  ASSERT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());
  planning_.Stop();

  EXPECT_THAT(Submit(TestSubmission(NameOf(kDinsos, "2023Q2")), 0, "s2"), IsOk());
  v1::Submission unknown = TestSubmission(NameOf(kDinsos, "2023Q3"));
  unknown.mutable_budgets(0)->set_sub_activity_code("SK2");
  EXPECT_THAT(Submit(unknown, 0, "s3"), StatusIs(StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
  EXPECT_THAT(Submit(TestSubmission(NameOf(kDinsos, "2024Q1")), 0, "s4"),
              StatusIs(StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
  EXPECT_EQ(end(), 2);
}

TEST_F(RealizationServiceTest, WherePlanningIsAwayTheLogSaysWhyAndTheAnswerDoesNot) {
  planning_.Stop();
  ::testing::internal::CaptureStderr();

  const absl::Status refused = Submit(TestSubmission(), 0, "s1").status();

  const std::string logged = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(refused, StatusIs(StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
  EXPECT_THAT(std::string(refused.message()), Not(HasSubstr("127.0.0.1")));
  EXPECT_THAT(logged,
              ContainsRegex("planning_unavailable.*call_id\":\"[0-9a-f]+.*127[.]0[.]0[.]1"));
}

TEST_F(RealizationServiceTest, NothingIsSubmittedBeforeThePlanIsPublished) {
  ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), IsOk());

  EXPECT_THAT(Submit(TestSubmission(), 0, "s1"),
              StatusIs(StatusCode::kFailedPrecondition, "PLAN_NOT_PUBLISHED"));
  EXPECT_EQ(end(), 0);

  // The refusal is not remembered.
  ASSERT_THAT(planning_.Publish(planning::TestPlan(), 0, "plan"), IsOk());
  EXPECT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());
}

TEST_F(RealizationServiceTest, NamesEveryCodeThatThePlanDoesNotHave) {
  PublishPlan();
  v1::Submission submission = TestSubmission();
  v1::IndicatorRealization* indicator = submission.add_indicators();
  indicator->set_indicator_code("IKU9");
  indicator->set_percentage("90");
  submission.mutable_budgets(0)->set_sub_activity_code("SK9");
  v1::ObjectiveNarrative* objective = submission.add_objectives();
  objective->set_objective_code("S9");
  objective->mutable_narrative()->set_constraints("Kendala");

  const auto refused = Submit(submission, 0, "s1");

  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(FieldViolations(refused.status()).size(), 3);
  EXPECT_THAT(refused, HasField("submission.indicators[1].indicator_code"));
  EXPECT_THAT(refused, HasField("submission.budgets[0].sub_activity_code"));
  EXPECT_THAT(refused, HasField("submission.objectives[0].objective_code"));
  EXPECT_EQ(end(), 0);
}

TEST_F(RealizationServiceTest, AcceptsACodeOnceALaterRevisionOfThePlanHasIt) {
  PublishPlan();
  ASSERT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());
  v1::Submission submission = TestSubmission(NameOf(kDinsos, "2023Q4"));
  submission.mutable_budgets(0)->set_sub_activity_code("SK2");
  EXPECT_THAT(Submit(submission, 0, "s2"), HasField("submission.budgets[0].sub_activity_code"));

  PublishSecondPlan();

  EXPECT_THAT(Submit(submission, 0, "s2"), IsOk());
}

TEST_F(RealizationServiceTest, TakesTenThousandLinesAndNoMore) {
  constexpr int kLines = 10'000;
  planning::v1::PlanDocument plan = planning::TestPlan();
  auto& planned = *plan.mutable_annual_plan()
                       ->mutable_objectives(0)
                       ->mutable_programs(0)
                       ->mutable_activities(0)
                       ->mutable_sub_activities();
  v1::Submission full = TestSubmission();
  full.clear_budgets();
  for (int i = 0; i < kLines; ++i) {
    if (i >= planned.size()) {
      planned.Add()->set_code(absl::StrCat("SK-", i));
      planned[i].set_display_name("Sub kegiatan");
      planned[i].set_budget("1");
    }
    v1::BudgetRealization& line = *full.add_budgets();
    line.set_sub_activity_code(planned[i].code());
    line.set_realized("1");
  }
  ASSERT_THAT(planning_.Register(planning::TestAgency(), "agency"), IsOk());
  ASSERT_THAT(planning_.Publish(plan, 0, "plan"), IsOk());

  EXPECT_THAT(Submit(full, 0, "s1"), IsOk());
  EXPECT_EQ(Get(kQ1)->budgets_size(), kLines);

  *full.add_budgets() = full.budgets(0);
  EXPECT_THAT(Submit(full, 1, "s2"), HasField("submission.budgets"));
}

TEST_F(RealizationServiceTest, ACodeOfAnEarlierRevisionStaysAccepted) {
  PublishPlan();
  planning::v1::PlanDocument plan = planning::TestPlan();
  plan.set_reason("Perubahan APBD");
  plan.mutable_annual_plan()->mutable_objectives(0)->clear_programs();
  ASSERT_THAT(planning_.Publish(plan, 1, "plan-2"), IsOk());

  EXPECT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());
}

TEST_F(RealizationServiceTest, AnotherRevisionThanTheExpectedOneIsAConflict) {
  PublishPlan();
  ASSERT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());

  for (const uint32_t expected : {0u, 2u}) {
    v1::Submission submission = TestSubmission();
    submission.set_reason("Koreksi");
    const auto refused = Submit(submission, expected, "s2");

    EXPECT_THAT(refused, StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
    EXPECT_THAT(ErrorFacts(refused.status()), ElementsAre(ErrorFact{"current_revision", "1"}));
  }
  EXPECT_EQ(end(), 1);
}

TEST_F(RealizationServiceTest, ACorrectionSupersedesWithAReason) {
  PublishPlan();
  ASSERT_THAT(Submit(TestSubmission(), 0, "s1"), IsOk());
  v1::Submission corrected = TestSubmission();
  corrected.mutable_indicators(0)->set_quantity("16");
  EXPECT_THAT(Submit(corrected, 1, "s2"), HasField("submission.reason"));
  EXPECT_EQ(end(), 1);

  corrected.set_reason("Salah hitung");
  const auto accepted = Submit(corrected, 1, "s2");

  ASSERT_THAT(accepted, IsOk());
  EXPECT_EQ(accepted->submission().revision(), 2);
  EXPECT_EQ(accepted->receipt().stream_revision(), 2);
  EXPECT_EQ(accepted->submission().supersedes().revision(), 1);
  EXPECT_EQ(accepted->submission().supersedes().log_position(), 0);
  EXPECT_EQ(Get(kQ1)->indicators(0).quantity(), "16");
  EXPECT_EQ(Get(kQ1, 1)->indicators(0).quantity(), "15");
  const auto listed = List(kDinsos);
  ASSERT_EQ(listed->submissions_size(), 1);
  EXPECT_EQ(listed->submissions(0).revision(), 2);
}

TEST_F(RealizationServiceTest, ListsSubmissionsWithFiltersByPages) {
  PublishPlan();
  planning::v1::PlanDocument plan = planning::TestPlan();
  plan.set_name(absl::StrCat(kDinsos, "/annualPlans/2024"));
  plan.mutable_annual_plan()->set_year(2024);
  ASSERT_THAT(planning_.Publish(plan, 0, "plan-2024"), IsOk());
  const std::string dinkes = "regions/35.10/agencies/dinkes";
  ASSERT_THAT(planning_.Register(planning::TestAgency(dinkes), "agency"), IsOk());
  plan = planning::TestPlan();
  plan.set_name(absl::StrCat(dinkes, "/annualPlans/2023"));
  ASSERT_THAT(planning_.Publish(plan, 0, "plan"), IsOk());
  for (const std::string& name : {NameOf(kDinsos, "2024Q1"), NameOf(dinkes, "2023Q1"),
                                  NameOf(kDinsos, "2023Q2"), NameOf(kDinsos, "2023Q1")}) {
    ASSERT_THAT(Submit(TestSubmission(name), 0, name.substr(name.size() - 6)), IsOk());
  }

  const auto first = List("regions/35", 0, 3);
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(Names(*first), ElementsAre(NameOf(kDinsos, "2023Q1"), NameOf(kDinsos, "2023Q2"),
                                         NameOf(kDinsos, "2024Q1")));
  EXPECT_EQ(first->submissions(0).indicators_size(), 0);
  EXPECT_EQ(first->submissions(0).state(), v1::Submission::STATE_SUBMITTED);
  const auto second = List("regions/35", 0, 3, first->next_page_token());
  ASSERT_THAT(second, IsOk());
  EXPECT_THAT(Names(*second), ElementsAre(NameOf(dinkes, "2023Q1")));
  EXPECT_EQ(second->next_page_token(), "");

  EXPECT_THAT(Names(*List("regions/-", 2024)), ElementsAre(NameOf(kDinsos, "2024Q1")));
  EXPECT_THAT(Names(*List(dinkes)), ElementsAre(NameOf(dinkes, "2023Q1")));
  EXPECT_THAT(Names(*List("regions/35.10")), ElementsAre(NameOf(dinkes, "2023Q1")));
  EXPECT_EQ(List("regions/34")->submissions_size(), 0);
  EXPECT_THAT(List("regions/35.1"), HasField("parent"));

  EXPECT_THAT(List("regions/35", 2023, 3, first->next_page_token()), HasField("page_token"));
  EXPECT_THAT(List("regions/35", 1999), HasField("year"));
  EXPECT_THAT(List("regions/35", 0, -1), HasField("page_size"));
  EXPECT_THAT(List(kQ1), HasField("parent"));
}

TEST_F(RealizationServiceTest, OfTwoWritersOfOneRevisionOneWinsEachRound) {
  constexpr uint32_t kRounds = 20;
  PublishPlan();

  for (uint32_t round = 0; round < kRounds; ++round) {
    absl::Status results[2];
    const auto submit = [&](int writer) {
      v1::Submission submission = TestSubmission();
      submission.set_reason("Koreksi");
      submission.mutable_indicators(0)->set_quantity(absl::StrCat(writer));
      results[writer] = Submit(submission, round, absl::StrCat("w", writer, ".", round)).status();
    };
    std::thread other(submit, 1);
    submit(0);
    other.join();

    EXPECT_NE(results[0].ok(), results[1].ok()) << results[0] << " " << results[1];
    EXPECT_THAT(results[0].ok() ? results[1] : results[0],
                StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
    ASSERT_EQ(end(), round + 1);
  }
}

TEST_F(RealizationServiceTest, RefusesForeignersAndOtherRoles) {
  PublishPlan();
  for (const char* identity : {"subject=x;roles=reporter;scopes=regions/35.10",
                               "subject=x;roles=planner;scopes=regions/35.09"}) {
    EXPECT_THAT(Submit(TestSubmission(), 0, "s1", identity),
                StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  }
  EXPECT_THAT(Get(kQ1, 0, "subject=x;roles=auditor;scopes=regions/35.10"),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_EQ(end(), 0);
}

}  // namespace
}  // namespace sakip::realization
