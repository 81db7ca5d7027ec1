#include "common/base/error.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace sakip {
namespace {

TEST(Error, CarriesReasonAndFacts) {
  const absl::Status status = MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT", "stale",
                                        {{"current_revision", "3"}});

  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ErrorReason(status), "REVISION_CONFLICT");
  EXPECT_EQ(ErrorFacts(status), (std::vector<ErrorFact>{{"current_revision", "3"}}));
  EXPECT_TRUE(FieldViolations(status).empty());
}

TEST(Error, TakesAnotherFact) {
  const absl::Status error = MakeError(absl::StatusCode::kAborted, "X", "why", {{"a", "1"}});

  const absl::Status more = WithFact(error, "b", "2");

  EXPECT_EQ(ErrorFacts(more), (std::vector<ErrorFact>{{"a", "1"}, {"b", "2"}}));
  EXPECT_EQ(ErrorReason(more), "X");
  EXPECT_EQ(ErrorFacts(WithFact(InvalidField("f", "is wrong"), "b", "2")),
            (std::vector<ErrorFact>{{"b", "2"}}));
  EXPECT_EQ(FieldViolations(WithFact(InvalidField("f", "is wrong"), "b", "2")).size(), 1u);
}

TEST(Error, PlainStatusHasNoReason) {
  EXPECT_EQ(ErrorReason(absl::InternalError("x")), "");
  EXPECT_EQ(ErrorReason(absl::OkStatus()), "");
}

TEST(FieldErrors, AreOkWhereNothingIsWrong) { EXPECT_TRUE(FieldErrors().ToStatus().ok()); }

TEST(FieldErrors, NameEveryFieldInOrder) {
  FieldErrors errors;
  errors.Add("a", "is empty");
  errors.Add("b[1]", "is negative");

  const absl::Status status = errors.ToStatus();

  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "a: is empty (and 1 more wrong field)");
  EXPECT_EQ(ErrorReason(status), "INVALID_FIELD");
  EXPECT_EQ(FieldViolations(status),
            (std::vector<FieldViolation>{{"a", "is empty"}, {"b[1]", "is negative"}}));
}

TEST(MakeError, SaysWhenToTryAgainWhereItIsKnown) {
  const absl::Status error = MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED", "full");
  const absl::Status later = WithRetryDelay(error, absl::Milliseconds(1500));

  EXPECT_EQ(RetryDelayOf(error), std::nullopt);
  EXPECT_EQ(RetryDelayOf(later), absl::Milliseconds(1500));
  EXPECT_EQ(ErrorReason(later), "OVERLOADED");
}

TEST(FieldErrors, KeepABoundedNumberAndCountTheRest) {
  FieldErrors errors;
  for (int i = 0; i < FieldErrors::kViolationsMax + 5; ++i) errors.Add(absl::StrCat("f", i), "x");

  const absl::Status status = errors.ToStatus();

  EXPECT_EQ(FieldViolations(status).size(), size_t{FieldErrors::kViolationsMax});
  EXPECT_EQ(status.message(), "f0: x (and 104 more wrong fields)");
}

TEST(FieldErrors, ReplaceBytesThatAreNotText) {
  const absl::Status status = InvalidField("a\xff", "bad \xc3\x28");

  ASSERT_EQ(FieldViolations(status).size(), 1u);
  EXPECT_EQ(FieldViolations(status)[0].field, "a\xef\xbf\xbd");
}

}  // namespace
}  // namespace sakip
