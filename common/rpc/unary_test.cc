#include "common/rpc/unary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "common/rpc/test_server.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

using GetDone = Done<rpctest::v1::GetResponse>;

TEST(Unary, TellsTheHandlerWhatItMayKnow) {
  TestServer test;
  std::shared_ptr<const Call> seen;
  test.service->on_get = [&](std::shared_ptr<const Call> call, const GetDone& done) {
    seen = std::move(call);
    done(rpctest::v1::GetResponse());
  };
  OutgoingCall call = TestServer::WithDeadline();
  call.call_id = "call-1";
  call.dev_identity = FormatDevIdentity("dev-reader", {Role::kAuditor}, {"regions/35"});

  ASSERT_THAT(test.Get(kDocument, call), IsOk());

  EXPECT_EQ(seen->method(), "/sakip.rpctest.v1.TestService/Get");
  EXPECT_EQ(seen->call_id(), "call-1");
  EXPECT_EQ(seen->principal().subject, "dev-reader");
  EXPECT_EQ(seen->tenant(), kAgency);
  EXPECT_THAT(seen->peer(), HasSubstr("127.0.0.1"));
  EXPECT_LT(seen->start_time(), seen->deadline());
  EXPECT_LE(seen->deadline(), call.deadline + absl::Seconds(1));
}

TEST(Unary, MakesACallIdWhereTheCallerGaveNoneOrAMalformedOne) {
  TestServer test;
  std::vector<std::string> ids;
  test.service->on_get = [&](const std::shared_ptr<const Call>& call, const GetDone& done) {
    ids.push_back(call->call_id());
    done(rpctest::v1::GetResponse());
  };
  OutgoingCall malformed = TestServer::WithDeadline();
  malformed.call_id = "a b";

  ASSERT_THAT(test.Get(kAgency), IsOk());
  ASSERT_THAT(test.Get(kAgency, malformed), IsOk());

  EXPECT_EQ(ids[0].size(), 32u);
  EXPECT_EQ(ids[1].size(), 32u);
  EXPECT_NE(ids[0], ids[1]);
}

TEST(UnaryAsync, AnswersFromAnotherThread) {
  TestServer test;
  std::thread worker;
  test.service->on_get = [&](auto, GetDone done) {
    worker = std::thread([done = std::move(done)] { done(rpctest::v1::GetResponse()); });
  };

  const absl::Status status = test.Get(kAgency);
  worker.join();

  EXPECT_THAT(status, IsOk());
}

TEST(UnaryAsync, TakesAnAnswerAfterTheClientHasGone) {
  TestServer test({.calls_in_flight_max = 1});
  HeldAnswer answer(*test.service);
  grpc::ClientContext context;
  Prepare(TestServer::WithDeadline(), context);
  auto caller = std::async(std::launch::async, [&] {
    rpctest::v1::GetRequest request;
    request.set_name(kAgency);
    rpctest::v1::GetResponse response;
    return FromGrpcStatus(test.stub->Get(&context, request, &response));
  });
  Done<rpctest::v1::GetResponse> held = answer.Take();
  ASSERT_NE(held, nullptr);

  context.TryCancel();
  EXPECT_THAT(caller.get(), StatusIs(StatusCode::kCancelled));
  held(rpctest::v1::GetResponse());
  held = nullptr;

  EXPECT_THAT(test.Head(), IsOk()) << "the place was not given back";
}

TEST(UnaryAsync, AnswersInternalWhereTheHandlerDropsTheCall) {
  TestServer test;
  test.service->on_get = [](auto, auto) {};

  EXPECT_THAT(test.Get(kAgency), StatusIs(StatusCode::kInternal, "INTERNAL"));
}

TEST(UnaryDeathTest, EndsTheProcessWhereAHandlerAnswersTwice) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        TestServer test;
        test.service->on_get = [](auto, const GetDone& done) {
          done(rpctest::v1::GetResponse());
          done(rpctest::v1::GetResponse());
        };
        test.Get(kAgency).IgnoreError();
        // The first answer may be here before the second is given.
        std::promise<void>().get_future().wait_for(kPatience);
      },
      "check_failed");
}

TEST(Unary, KeepsTheTextOfAnInternalErrorBack) {
  TestServer test;
  test.service->on_get = [](auto, const GetDone& done) {
    done(absl::InternalError("password is swordfish"));
  };
  OutgoingCall call = TestServer::WithDeadline();
  call.call_id = "call-7";

  const absl::Status status = test.Get(kAgency, call);

  EXPECT_THAT(status, StatusIs(StatusCode::kInternal, "INTERNAL"));
  EXPECT_EQ(status.message(), "internal error; call id call-7");
  EXPECT_THAT(status.ToString(), Not(HasSubstr("swordfish")));
}

TEST(Unary, SendsReasonAndFactsOfAHandlersError) {
  TestServer test;
  test.service->on_get = [](auto, const GetDone& done) {
    done(MakeError(StatusCode::kAborted, "REVISION_CONFLICT", "not at 2",
                   {{"current_revision", "3"}}));
  };

  const absl::Status status = test.Get(kAgency);

  EXPECT_THAT(status, StatusIs(StatusCode::kAborted, "REVISION_CONFLICT"));
  EXPECT_THAT(ErrorFacts(status), ::testing::ElementsAre(ErrorFact{"current_revision", "3"}));
}

}  // namespace
}  // namespace sakip::rpc
