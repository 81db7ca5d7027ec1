#include "common/rpc/stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/rpc/test_server.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

rpctest::v1::CountRequest Request(const std::string& scope, uint32_t messages) {
  rpctest::v1::CountRequest request;
  request.set_scope(scope);
  request.set_messages(messages);
  return request;
}

// Reads to the end.
absl::Status ReadAll(TestServer& test, const rpctest::v1::CountRequest& request, int& messages) {
  grpc::ClientContext context;
  auto reader = test.stub->Count(&context, request);
  rpctest::v1::CountResponse response;
  for (messages = 0; reader->Read(&response); ++messages) {
  }
  return FromGrpcStatus(reader->Finish());
}

TEST(Stream, NeedsNoDeadlineWhereItHasNoEnd) {
  PrometheusMetrics metrics;
  TestServer test({.metrics = &metrics});
  int messages = 0;

  EXPECT_THAT(ReadAll(test, Request("regions/35", 5), messages), IsOk());

  EXPECT_EQ(messages, 5);
  EXPECT_THAT(metrics.Text(),
              HasSubstr("code=\"OK\",method=\"/sakip.rpctest.v1.TestService/Count\"} 1"));
}

TEST(Stream, IsRefusedBeforeItStarts) {
  TestServer test;
  int messages = 0;

  const absl::Status status = ReadAll(test, Request("nonsense", 5), messages);

  EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(status, HasField("scope"));
  EXPECT_EQ(messages, 0);
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Stream, TakesNoPlaceOfCallsAndHasALimitOfItsOwn) {
  TestServer test({.calls_in_flight_max = 1, .streams_in_flight_max = 1});
  grpc::ClientContext context;
  auto reader = test.stub->Count(&context, Request("regions/35", 0));
  rpctest::v1::CountResponse response;
  ASSERT_TRUE(reader->Read(&response));
  int messages = 0;

  EXPECT_THAT(test.Get(kAgency), IsOk());
  EXPECT_THAT(ReadAll(test, Request("regions/35", 5), messages),
              StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));

  context.TryCancel();
  EXPECT_THAT(FromGrpcStatus(reader->Finish()), StatusIs(StatusCode::kCancelled));
}

TEST(Stream, EndsWithShuttingDownWhenTheServerDrains) {
  TestServer test;
  grpc::ClientContext context;
  auto reader = test.stub->Count(&context, Request("regions/35", 0));
  rpctest::v1::CountResponse response;
  ASSERT_TRUE(reader->Read(&response));

  const absl::Time before = absl::Now();
  test.server->Drain();

  EXPECT_LT(absl::Now() - before, absl::Seconds(10)) << "the grace of 20 s was waited for";
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_THAT(FromGrpcStatus(reader->Finish()),
              StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
}

}  // namespace
}  // namespace sakip::rpc
