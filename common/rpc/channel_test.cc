#include "common/rpc/channel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/rpc/test_server.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

// Fails with UNAVAILABLE until it was asked `failures` times.
std::function<void(std::shared_ptr<const Call>, Done<rpctest::v1::GetResponse>)> FailFirst(
    std::shared_ptr<std::atomic<int>> failures) {
  return [failures](auto, const auto& done) {
    if (failures->fetch_sub(1) > 0) {
      done(MakeError(StatusCode::kUnavailable, "LOG_STOPPED", "not now"));
    } else {
      done(rpctest::v1::GetResponse());
    }
  };
}

absl::Status GetOver(const std::shared_ptr<grpc::Channel>& channel) {
  const auto stub = rpctest::v1::TestService::NewStub(channel);
  grpc::ClientContext context;
  Prepare(TestServer::WithDeadline(), context);
  rpctest::v1::GetRequest request;
  request.set_name(kAgency);
  rpctest::v1::GetResponse response;
  return FromGrpcStatus(stub->Get(&context, request, &response));
}

TEST(MakeChannel, TriesARetryableMethodAgainOnUnavailable) {
  TestServer test;
  test.service->on_get = FailFirst(std::make_shared<std::atomic<int>>(2));
  const auto channel = MakeChannel({.target = test.server->address(),
                                    .retryable_methods = {"sakip.rpctest.v1.TestService/Get"}});
  ASSERT_THAT(channel, IsOk());

  EXPECT_THAT(GetOver(*channel), IsOk());
  EXPECT_EQ(test.service->handled, 3);
}

TEST(MakeChannel, GivesUpAfterTheAttempts) {
  TestServer test;
  test.service->on_get = FailFirst(std::make_shared<std::atomic<int>>(100));
  const auto channel = MakeChannel({.target = test.server->address(),
                                    .retryable_methods = {"sakip.rpctest.v1.TestService/Get"},
                                    .attempts_max = 2});

  EXPECT_THAT(GetOver(*channel), StatusIs(StatusCode::kUnavailable, "LOG_STOPPED"));
  EXPECT_EQ(test.service->handled, 2);
}

TEST(MakeChannel, SendsOtherMethodsOnce) {
  TestServer test;
  test.service->on_get = FailFirst(std::make_shared<std::atomic<int>>(2));
  const auto channel = MakeChannel({.target = test.server->address(),
                                    .retryable_methods = {"sakip.rpctest.v1.TestService/Put"}});

  EXPECT_THAT(GetOver(*channel), StatusIs(StatusCode::kUnavailable, "LOG_STOPPED"));
  EXPECT_EQ(test.service->handled, 1);
}

TEST(MakeChannel, RetriesNothingButUnavailable) {
  TestServer test;
  test.service->on_get = [](auto, const auto& done) {
    done(MakeError(StatusCode::kAborted, "REVISION_CONFLICT", "not at 2"));
  };
  const auto channel = MakeChannel({.target = test.server->address(),
                                    .retryable_methods = {"sakip.rpctest.v1.TestService/Get"}});

  EXPECT_THAT(GetOver(*channel), StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  EXPECT_EQ(test.service->handled, 1);
}

TEST(MakeChannel, SendsItsDevelopmentIdentityWithEveryCall) {
  TestServer test;
  std::string subject;
  test.service->on_get = [&subject](const auto& call, const auto& done) {
    subject = call->principal().subject;
    done(rpctest::v1::GetResponse());
  };
  const auto channel =
      MakeChannel({.target = test.server->address(),
                   .dev_identity = FormatDevIdentity("scoring", {Role::kService}, {"regions/-"})});
  ASSERT_THAT(channel, IsOk());

  EXPECT_THAT(GetOver(*channel), IsOk());
  EXPECT_EQ(subject, "scoring");
}

TEST(MakeChannel, LeavesThisMachineOverTlsOnly) {
  const auto tls = grpc::SslCredentials({});

  EXPECT_THAT(MakeChannel({.target = "10.0.0.1:1"}), StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeChannel({.target = "10.0.0.1:1", .credentials = tls}), IsOk());
  EXPECT_THAT(MakeChannel({.target = "10.0.0.1", .credentials = tls}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeChannel({.target = "10.0.0.1:1", .credentials = tls, .dev_identity = "x"}),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(MakeChannel, RefusesWrongOptions) {
  EXPECT_THAT(MakeChannel({.target = "127.0.0.1:1", .retryable_methods = {"Get"}}),
              StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(MakeChannel({.target = "127.0.0.1:1", .attempts_max = 6}),
              StatusIs(StatusCode::kInvalidArgument));
}

TEST(CallDeadline, IsNeverLaterThanTheIncomingOne) {
  Call::Parts parts;
  parts.deadline = absl::Now() + absl::Seconds(5);
  const Call incoming(parts);

  EXPECT_EQ(CallDeadline(incoming, absl::Seconds(60)), incoming.deadline());
  EXPECT_LT(CallDeadline(incoming, absl::Seconds(1)), incoming.deadline());
}

}  // namespace
}  // namespace sakip::rpc
