// Reads of the past, over gRPC.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include "absl/time/clock.h"
#include "common/message/timestamp.h"
#include "common/testing/status_matchers.h"
#include "services/scoring/rpc/testing/scoring_server.h"

namespace sakip::scoring {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;

constexpr char kSecond[] = "regions/35.09/agencies/dinsos-2";

class AsOfTest : public ::testing::Test {
 protected:
  // 45 of 50 at position 0, 40 of 50 at position 1.
  void SetUp() override {
    logs_.AddAgency();
    logs_.Add(TestPlan());
    logs_.Add(TestSubmission());
    Correct("40", 2);
    scoring_.Read(logs_);
  }

  void Correct(const std::string& numerator, uint32_t revision) {
    realization::v1::Submission corrected = TestSubmission();
    corrected.set_revision(revision);
    corrected.mutable_indicators(0)->mutable_ratio()->set_numerator(numerator);
    logs_.Add(corrected);
  }

  static v1::GetScorecardRequest At(uint64_t planning, uint64_t realization) {
    v1::GetScorecardRequest request;
    request.set_name(CardOf(kDinsos));
    request.mutable_as_of()->mutable_positions()->set_planning(planning);
    request.mutable_as_of()->mutable_positions()->set_realization(realization);
    return request;
  }

  static v1::GetScorecardRequest AtTime(absl::Time time) {
    v1::GetScorecardRequest request;
    request.set_name(CardOf(kDinsos));
    *request.mutable_as_of()->mutable_time() = ToTimestamp(time);
    return request;
  }

  std::string Value(const v1::GetScorecardRequest& request) {
    const auto response = scoring_.Get(request);
    if (!response.ok()) return std::string(response.status().message());
    return response->scorecard().objectives(0).indicators(0).year().realization().value();
  }

  // Of a list that a second agency makes two pages long.
  absl::StatusOr<v1::ListScorecardsResponse> FirstOfTwoPages() {
    logs_.AddAgency(kSecond);
    logs_.Add(TestPlan(kSecond));
    logs_.Add(TestSubmission(kSecond));
    scoring_.Read(logs_);
    return scoring_.List("regions/35", 1);
  }

  TestLogs logs_;
  ScoringServer scoring_;
};

TEST_F(AsOfTest, TellsTheStateBeforeAPosition) {
  EXPECT_EQ(Value(At(2, 2)), "80");
  EXPECT_EQ(Value(At(2, 1)), "90");
  EXPECT_EQ(Value(At(2, 0)), "");
  EXPECT_THAT(scoring_.Get(At(1, 2)), StatusIs(StatusCode::kNotFound, "SCORECARD_NOT_FOUND"));
}

TEST_F(AsOfTest, WhatWasReadGivesTheSameScorecardAgain) {
  const auto before = scoring_.Get(CardOf(kDinsos));
  ASSERT_THAT(before, IsOk());
  EXPECT_EQ(before->read().planning(), 2);
  EXPECT_EQ(before->read().realization(), 2);
  Correct("30", 3);
  scoring_.Read(logs_);
  ASSERT_NE(scoring_.Get(CardOf(kDinsos))->scorecard().SerializeAsString(),
            before->scorecard().SerializeAsString());

  const auto again = scoring_.Get(At(before->read().planning(), before->read().realization()));

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), before->SerializeAsString());
}

TEST_F(AsOfTest, TellsTheStateOfAMoment) {
  // The realization log stamps its records with the time of the test; the plan has none, 1970.
  EXPECT_EQ(Value(AtTime(absl::Now())), "80");
  EXPECT_EQ(Value(AtTime(absl::UnixEpoch())), "");
}

TEST_F(AsOfTest, RefusesNoStateAndNoTime) {
  v1::GetScorecardRequest request;
  request.set_name(CardOf(kDinsos));
  request.mutable_as_of();
  EXPECT_THAT(scoring_.Get(request), HasField("as_of"));
  request.mutable_as_of()->mutable_time()->set_nanos(-1);
  EXPECT_THAT(scoring_.Get(request), HasField("as_of.time"));
}

TEST_F(AsOfTest, OnTheVerifiedBasisWhatWasNotVerifiedIsMissing) {
  v1::GetScorecardRequest request;
  request.set_name(CardOf(kDinsos));
  request.set_basis(v1::Sources::BASIS_VERIFIED);
  EXPECT_EQ(Value(request), "");
  realization::v1::SubmissionVerified verified;
  verified.set_name(TestSubmission().name());
  verified.set_revision(1);
  logs_.AddEvent(eventlog::MakeEvent(verified));
  scoring_.Read(logs_);

  const auto response = scoring_.Get(request);

  ASSERT_THAT(response, IsOk());
  EXPECT_EQ(Value(request), "90");
  EXPECT_EQ(response->scorecard().sources().basis(), v1::Sources::BASIS_VERIFIED);
  ASSERT_EQ(response->scorecard().sources().submissions_size(), 1);
  EXPECT_TRUE(response->scorecard().sources().submissions(0).verified());
  EXPECT_EQ(Value(At(2, 3)), "80");
  request.set_basis(static_cast<v1::Sources::Basis>(7));
  EXPECT_THAT(scoring_.Get(request), HasField("basis"));
}

TEST_F(AsOfTest, AllPagesTellTheStateOfTheFirst) {
  const auto first_page = FirstOfTwoPages();
  ASSERT_THAT(first_page, IsOk());
  const std::string third = "regions/35.09/agencies/dinsos-3";
  logs_.AddAgency(third);
  logs_.Add(TestPlan(third));
  realization::v1::Submission corrected = TestSubmission(kSecond);
  corrected.set_revision(2);
  corrected.mutable_indicators(0)->mutable_ratio()->set_numerator("10");
  logs_.Add(corrected);
  scoring_.Read(logs_);

  const auto second_page = scoring_.List("regions/35", 1, first_page->next_page_token());

  ASSERT_THAT(second_page, IsOk());
  EXPECT_THAT(Names(*second_page), ElementsAre(CardOf(kSecond)));
  EXPECT_EQ(second_page->scorecards(0).achievement().figure().value(), "99.78");
  EXPECT_EQ(second_page->next_page_token(), "");
  EXPECT_EQ(second_page->read().SerializeAsString(), first_page->read().SerializeAsString());
}

// The view may have been built anew between two pages.
TEST_F(AsOfTest, APageWaitsForTheStateOfTheFirst) {
  const auto first_page = FirstOfTwoPages();
  ASSERT_THAT(first_page, IsOk());
  ScoringServer rebuilt;
  auto second_page = std::async(std::launch::async, [&] {
    return rebuilt.List("regions/35", 1, first_page->next_page_token());
  });

  rebuilt.Read(logs_);

  const auto page = second_page.get();
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(Names(*page), ElementsAre(CardOf(kSecond)));
}

}  // namespace
}  // namespace sakip::scoring
