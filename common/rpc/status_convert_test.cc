#include "common/rpc/status_convert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/testing/proto_matchers.h"
#include "common/testing/status_matchers.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::EqualsProto;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

template <typename Detail>
Detail Unpack(const google::protobuf::Any& any) {
  Detail detail;
  EXPECT_TRUE(any.UnpackTo(&detail)) << any.type_url();
  return detail;
}

TEST(ToGrpcStatus, CarriesReasonAndFactsAsErrorInfo) {
  const grpc::Status status = ToGrpcStatus(
      MakeError(StatusCode::kAborted, "REVISION_CONFLICT", "not at 2", {{"current_revision", "3"}}),
      "call-1");

  EXPECT_EQ(status.error_code(), grpc::StatusCode::ABORTED);
  EXPECT_EQ(status.error_message(), "not at 2");
  const google::rpc::Status details = DetailsOf(status);
  EXPECT_EQ(details.code(), 10);
  EXPECT_EQ(details.message(), "not at 2");
  ASSERT_EQ(details.details_size(), 1);
  EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
  const auto info = Unpack<google::rpc::ErrorInfo>(details.details(0));
  EXPECT_EQ(info.reason(), "REVISION_CONFLICT");
  EXPECT_EQ(info.domain(), "sakip");
  EXPECT_EQ(info.metadata().at("current_revision"), "3");
}

TEST(ToGrpcStatus, CarriesFieldsAsBadRequest) {
  FieldErrors errors;
  errors.Add("a.b", "is empty");
  errors.Add("c", "is negative");

  const google::rpc::Status details = DetailsOf(ToGrpcStatus(errors.ToStatus(), "call-1"));

  ASSERT_EQ(details.details_size(), 2);
  EXPECT_THAT(Unpack<google::rpc::BadRequest>(details.details(1)), EqualsProto(R"pb(
                field_violations { field: "a.b" description: "is empty" }
                field_violations { field: "c" description: "is negative" }
              )pb"));
}

TEST(ToGrpcStatus, CountsTheFieldsThatDoNotFit) {
  FieldErrors errors;
  for (int i = 0; i < 200; ++i) errors.Add(std::string(200, 'f'), "is wrong");

  const absl::Status received = FromGrpcStatus(ToGrpcStatus(errors.ToStatus(), "call-1"));

  EXPECT_LT(FieldViolations(received).size(), 100u);
  EXPECT_THAT(std::string(received.message()), ::testing::HasSubstr("and 199 more wrong fields"));
  EXPECT_THAT(ErrorFacts(received), ElementsAre(ErrorFact{"wrong_fields", "200"}));

  FieldErrors fewer;
  for (int i = 0; i < 60; ++i) fewer.Add(std::string(200, 'f'), "is wrong");
  EXPECT_THAT(ErrorFacts(FromGrpcStatus(ToGrpcStatus(fewer.ToStatus(), "call-1"))),
              ElementsAre(ErrorFact{"wrong_fields", "60"}));
}

TEST(ToGrpcStatus, CarriesRetryInfoWhereOverloaded) {
  const grpc::Status overloaded =
      ToGrpcStatus(MakeError(StatusCode::kResourceExhausted, "OVERLOADED", "full"), "call-1");
  const grpc::Status too_large = ToGrpcStatus(
      MakeError(StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE", "large"), "call-1");

  EXPECT_EQ(RetryDelay(overloaded), kOverloadedRetryDelay);
  EXPECT_EQ(RetryDelay(too_large), std::nullopt);
}

TEST(ToGrpcStatus, CarriesTheDelayThatTheErrorHas) {
  const absl::Status error = WithRetryDelay(
      MakeError(StatusCode::kResourceExhausted, "QUOTA_EXCEEDED", "much"), absl::Seconds(2.5));

  const grpc::Status sent = ToGrpcStatus(error, "call-1");

  EXPECT_EQ(RetryDelay(sent), absl::Seconds(2.5));
  EXPECT_EQ(RetryDelayOf(FromGrpcStatus(sent)), absl::Seconds(2.5));
}

TEST(ToGrpcStatus, KeepsBackWhatNobodyGaveAReasonOfTheContract) {
  for (const absl::Status& fault :
       {absl::InternalError("swordfish"), absl::UnknownError("swordfish"),
        absl::NotFoundError("swordfish"), absl::UnavailableError("swordfish"),
        MakeError(StatusCode::kNotFound, "NO_SUCH_REASON", "swordfish"),
        MakeError(StatusCode::kNotFound, "UNSPECIFIED", "swordfish"),
        MakeError(StatusCode::kInternal, "AGENCY_NOT_FOUND", "swordfish")}) {
    const grpc::Status sent = ToGrpcStatus(fault, "call-1");

    EXPECT_THAT(FromGrpcStatus(sent), StatusIs(StatusCode::kInternal, "INTERNAL"));
    EXPECT_EQ(sent.error_message(), "internal error; call id call-1");
    EXPECT_THAT(sent.error_details(), Not(HasSubstr("swordfish")));
  }
}

TEST(ToGrpcStatus, SendsCancelledAndDeadlineExceededWithoutReason) {
  EXPECT_EQ(ToGrpcStatus(absl::CancelledError("gone"), "c").error_code(),
            grpc::StatusCode::CANCELLED);
  EXPECT_EQ(ToGrpcStatus(absl::DeadlineExceededError("late"), "c").error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST(ToGrpcStatus, FitsIntoMetadataWhateverTheFieldsAndText) {
  FieldErrors errors;
  for (int i = 0; i < 200; ++i) errors.Add(std::string(100, 'f'), std::string(200, 'd'));
  const grpc::Status fields = ToGrpcStatus(errors.ToStatus(), "c");
  std::string accents;
  for (int i = 0; i < 2000; ++i) accents += "\xc3\xa9";
  const grpc::Status text =
      ToGrpcStatus(MakeError(StatusCode::kNotFound, "AGENCY_NOT_FOUND", "x" + accents), "c");

  EXPECT_LT(fields.error_details().size(), 5500u);
  EXPECT_LE(text.error_message().size(), 1024u);
  EXPECT_THAT(FromGrpcStatus(text), StatusIs(StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
}

TEST(FromGrpcStatus, GivesBackReasonFactsAndFields) {
  const absl::Status facts = MakeError(StatusCode::kDeadlineExceeded, "SCORING_BEHIND", "behind",
                                       {{"a", "1"}, {"b", "2"}});
  const absl::Status fields = InvalidField("a.b", "is empty");

  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(facts, "c")), facts);
  EXPECT_EQ(FromGrpcStatus(ToGrpcStatus(fields, "c")), fields);
  EXPECT_TRUE(FromGrpcStatus(ToGrpcStatus(absl::OkStatus(), "c")).ok());
}

TEST(FromGrpcStatus, GivesNoReasonToErrorsOfTheTransport) {
  const absl::Status plain =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connection refused"));
  const absl::Status garbage =
      FromGrpcStatus(grpc::Status(grpc::StatusCode::UNAVAILABLE, "x", "\xff\xff"));

  EXPECT_THAT(plain, StatusIs(StatusCode::kUnavailable, ""));
  EXPECT_EQ(plain.message(), "connection refused");
  EXPECT_THAT(garbage, StatusIs(StatusCode::kUnavailable, ""));
}

}  // namespace
}  // namespace sakip::rpc
