#include "services/realization/domain/check_step.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace sakip::realization {
namespace {

using sakip::testing::HasField;
using sakip::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <typename Check>
absl::Status Collect(Check check) {
  FieldErrors errors;
  check(errors);
  return errors.ToStatus();
}

TEST(CheckStep, TakesTheDigestOfASubmissionOnly) {
  const auto check = [](const std::string& digest) {
    return Collect([&](FieldErrors& errors) { CheckContentDigest(digest, errors); });
  };
  EXPECT_THAT(check(std::string(64, 'a')), IsOk());
  EXPECT_THAT(check(""), HasField("content_digest"));
  EXPECT_THAT(check(std::string(63, 'a')), HasField("content_digest"));
  EXPECT_THAT(check(std::string(64, 'g')), HasField("content_digest"));
}

TEST(CheckStep, ADueTimeIsInAYearOfTheField) {
  const auto check = [](bool given, absl::CivilYear year) {
    return Collect([&](FieldErrors& errors) {
      CheckDueTime(given, absl::FromCivil(year, absl::UTCTimeZone()), errors);
    });
  };
  EXPECT_THAT(check(true, absl::CivilYear(2024)), IsOk());
  EXPECT_THAT(check(true, absl::CivilYear(2101)), IsOk());
  EXPECT_THAT(check(false, absl::CivilYear(2024)), HasField("due_time"));
  EXPECT_THAT(check(true, absl::CivilYear(1999)), HasField("due_time"));
  EXPECT_THAT(check(true, absl::CivilYear(2102)), HasField("due_time"));
}

TEST(CheckStep, NamesEveryReasonThatIsMissing) {
  const auto check = [](const std::vector<ReturnReason>& reasons) {
    return Collect([&](FieldErrors& errors) { CheckReasons(reasons, errors); });
  };
  EXPECT_THAT(check({{"", "Bukti tidak ada"}}), IsOk());
  EXPECT_THAT(check({}), HasField("reasons"));
  EXPECT_THAT(check({{"IKU1", "x"}, {"IKU2", ""}}), HasField("reasons[1].reason"));
}

TEST(CheckStep, AReasonIsAboutALineOfTheSubmission) {
  Submission submission;
  submission.indicators.resize(1);
  submission.indicators[0].indicator_code = "IKU1";
  submission.budgets.push_back({"SK1", "0", {}});
  submission.objectives.push_back({"S1", Narrative()});
  const PlanCodes codes = CodesOf(submission);

  EXPECT_THAT(CheckReasonCodes({{"", "x"}, {"IKU1", "x"}, {"SK1", "x"}, {"S1", "x"}}, codes),
              IsOk());
  EXPECT_THAT(CheckReasonCodes({{"IKU1", "x"}, {"IKU2", "x"}}, codes), HasField("reasons[1].code"));
}

TEST(CheckStep, WhatIsMissingIsInThePlanAndNotSubmitted) {
  EXPECT_THAT(MissingCodes({"A", "B", "C"}, {"B", "D"}), ElementsAre("A", "C"));
  EXPECT_THAT(MissingCodes({}, {"B"}), IsEmpty());
}

}  // namespace
}  // namespace sakip::realization
