// Every refusal of the gate, over a real server; and that no handler ran.
#include "common/rpc/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/rpc/test_server.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::FakeClock;
using sakip::testing::HasField;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

OutgoingCall As(const std::vector<Role>& roles, const std::string& scope) {
  OutgoingCall call = TestServer::WithDeadline();
  call.dev_identity = FormatDevIdentity("someone", roles, {scope});
  return call;
}

rpctest::v1::GetRequest LargeRequest() {
  rpctest::v1::GetRequest request;
  request.set_name("nonsense");
  request.set_padding(std::string(2000, 'x'));
  return request;
}

TEST(Gate, AdmitsACallerWithRoleAndScope) {
  TestServer test;

  EXPECT_THAT(test.Get(kDocument, As({Role::kReporter}, "regions/35")), IsOk());
  EXPECT_THAT(test.Put(kAgency, "a", As({Role::kPlanner}, kAgency)), IsOk());
  EXPECT_THAT(test.Head(As({Role::kService}, "regions/35")), IsOk());
  EXPECT_EQ(test.service->handled, 3);
}

TEST(Gate, RefusesAMalformedIdentity) {
  TestServer test;
  OutgoingCall call = TestServer::WithDeadline();
  call.dev_identity = "subject=x;roles=emperor;scopes=regions/35";

  EXPECT_THAT(test.Get(kAgency, call), StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, RefusesAUnaryCallWithoutDeadline) {
  TestServer test;

  EXPECT_THAT(test.Get(kAgency, OutgoingCall()),
              StatusIs(StatusCode::kInvalidArgument, "DEADLINE_MISSING"));
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, RefusesADeadlineFartherThanTheMethodAllows) {
  TestServer test;

  EXPECT_THAT(test.Get(kAgency, TestServer::WithDeadline(absl::Seconds(70))),
              StatusIs(StatusCode::kInvalidArgument, "DEADLINE_TOO_FAR"));
  EXPECT_THAT(test.Get(kAgency, TestServer::WithDeadline(absl::Seconds(60))), IsOk());
  EXPECT_EQ(test.service->handled, 1);
}

TEST(Gate, RefusesACallWhoseDeadlinePassedOnTheWay) {
  FakeClock clock(absl::Now() + absl::Hours(1));
  TestServer test({.clock = &clock});

  EXPECT_THAT(test.Put(kAgency, "a"), StatusIs(StatusCode::kDeadlineExceeded, "DEADLINE_PASSED"));
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, RefusesALargeRequestAndNamesLimitAndSize) {
  TestServer test;

  const absl::Status status = FromGrpcStatus(test.RawGet(LargeRequest()));

  EXPECT_THAT(status, StatusIs(StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE"));
  EXPECT_THAT(ErrorFacts(status), ::testing::ElementsAre(ErrorFact{"max_request_bytes", "1024"},
                                                         ErrorFact{"request_bytes", "2013"}));
  EXPECT_EQ(test.service->handled, 0);
}

// What it would be understood as is small.
TEST(Gate, CountsARequestAsItCame) {
  TestServer test;
  rpctest::v1::GetRequest request;
  request.set_name(kAgency);
  const std::string once = request.SerializeAsString();
  std::string often;
  while (often.size() + once.size() <= 1024) often += once;

  EXPECT_THAT(test.GetBytes(often), IsOk());
  EXPECT_THAT(test.GetBytes(often + once),
              StatusIs(StatusCode::kResourceExhausted, "REQUEST_TOO_LARGE"));
  EXPECT_EQ(test.service->handled, 1);
}

TEST(Gate, ReadsNothingOfWhomItDoesNotKnow) {
  TestServer test;
  OutgoingCall unknown = TestServer::WithDeadline();
  unknown.dev_identity = "nonsense";

  EXPECT_THAT(test.GetBytes("\xff\xff", unknown),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_THAT(test.GetBytes(std::nullopt, unknown),
              StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, RefusesBytesThatAreNoRequestAndNone) {
  TestServer test;
  const auto is_malformed = StatusIs(StatusCode::kInvalidArgument, "REQUEST_MALFORMED");

  EXPECT_THAT(test.GetBytes("\xff\xff"), is_malformed);
  EXPECT_THAT(test.GetBytes(std::nullopt), is_malformed);
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, ReadsOnlySoManyBytesAtATime) {
  PrometheusMetrics metrics;
  TestServer test({.reading_bytes_max = 100, .metrics = &metrics});
  rpctest::v1::GetRequest request;
  request.set_name(kAgency);
  request.set_padding(std::string(100, 'x'));

  const grpc::Status refused = test.RawGet(request);

  EXPECT_THAT(FromGrpcStatus(refused), StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_EQ(RetryDelay(refused), kOverloadedRetryDelay);
  for (int i = 0; i < 10; ++i) EXPECT_THAT(test.Get(kAgency), IsOk()) << "no room was given back";
  EXPECT_THAT(metrics.Text(), HasSubstr("sakip_rpc_reading_bytes 0"));
}

TEST(Gate, RefusesMoreCallsThanItTakesAndSaysWhenToRetry) {
  TestServer test({.calls_in_flight_max = 1});
  HeldAnswer answer(*test.service);
  auto first = std::async(std::launch::async, [&] { return test.Get(kAgency); });
  Done<rpctest::v1::GetResponse> held = answer.Take();
  ASSERT_NE(held, nullptr);

  rpctest::v1::GetRequest request;
  request.set_name(kAgency);
  const grpc::Status refused = test.RawGet(request);
  held(rpctest::v1::GetResponse());
  EXPECT_THAT(first.get(), IsOk());

  EXPECT_THAT(FromGrpcStatus(refused), StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_EQ(RetryDelay(refused), kOverloadedRetryDelay);
  EXPECT_THAT(test.Head(), IsOk()) << "the place was not given back";
}

TEST(Gate, DeniesWithTheSameTextWhetherOrNotTheThingExists) {
  TestServer test;

  const absl::Status status = test.Get(kDocument, As({Role::kReporter}, "regions/36"));

  EXPECT_THAT(status, StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_EQ(status.message(),
            "Permission `planning.documents.read` denied on resource "
            "`regions/35.09/agencies/dinsos` (or it might not exist).");
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, DeniesACallerWhoseRoleLacksThePermission) {
  TestServer test;

  EXPECT_THAT(test.Put(kAgency, "a", As({Role::kReporter}, "regions/-")),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_THAT(test.Get(kAgency, As({Role::kOperator}, "regions/-")),
              StatusIs(StatusCode::kPermissionDenied, "PERMISSION_DENIED"));
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, NamesTheFieldOfAMalformedTenant) {
  TestServer test;

  const absl::Status malformed = test.Put("region/35", "a");
  const absl::Status missing = test.Get("");

  EXPECT_THAT(malformed, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(malformed, HasField("thing.name"));
  EXPECT_THAT(missing, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(missing, HasField("name"));
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, RefusesAWriteWithoutAWellFormedRequestId) {
  TestServer test;

  for (const std::string& id : {std::string(), std::string("a b"), std::string(65, 'a')}) {
    const absl::Status status = test.Put(kAgency, id);
    EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD")) << id;
    EXPECT_THAT(status, HasField("request_id"));
  }
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, RefusesMoreItemsThanAFieldDeclares) {
  TestServer test;
  rpctest::v1::PutRequest request;
  request.mutable_thing()->set_name(kAgency);
  request.set_request_id("a");
  for (int i = 0; i < 3; ++i) request.add_notes("x");
  EXPECT_THAT(test.Put(request), IsOk());

  request.add_notes("x");
  const absl::Status status = test.Put(request);
  EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_THAT(status, HasField("notes"));
  request.clear_request_id();
  EXPECT_THAT(test.Put(request), HasField("request_id"));
  EXPECT_EQ(test.service->handled, 1);
}

// One request with every fault; each line mends the first that was named.
TEST(Gate, ChecksInAFixedOrder) {
  TestServer test;
  TestServer full({.calls_in_flight_max = 0});
  rpctest::v1::GetRequest request = LargeRequest();
  OutgoingCall call;
  call.dev_identity = "nonsense";

  EXPECT_EQ(ErrorReason(FromGrpcStatus(full.RawGet(request, call))), "IDENTITY_INVALID");
  call.dev_identity = FormatDevIdentity("x", {Role::kOperator}, {"regions/36"});
  EXPECT_EQ(ErrorReason(FromGrpcStatus(full.RawGet(request, call))), "DEADLINE_MISSING");
  call.deadline = CallDeadline(absl::Seconds(30));
  EXPECT_EQ(ErrorReason(FromGrpcStatus(full.RawGet(request, call))), "REQUEST_TOO_LARGE");
  EXPECT_EQ(ErrorReason(full.GetBytes("\xff", call)), "OVERLOADED");
  EXPECT_EQ(ErrorReason(test.GetBytes("\xff", call)), "REQUEST_MALFORMED");
  EXPECT_EQ(ErrorReason(test.Get("nonsense", call)), "INVALID_FIELD");
  EXPECT_EQ(ErrorReason(test.Put(kAgency, "", call)), "PERMISSION_DENIED");
  call.dev_identity = FormatDevIdentity("x", {Role::kPlanner}, {"regions/35"});
  EXPECT_THAT(test.Put(kAgency, "", call), HasField("request_id"));
  EXPECT_EQ(test.service->handled, 0);
  EXPECT_EQ(full.service->handled, 0);
}

TEST(Gate, RefusesNewCallsWhileItDrains) {
  TestServer test;

  test.gate->Drain();

  EXPECT_THAT(test.Get(kAgency), StatusIs(StatusCode::kUnavailable, "SHUTTING_DOWN"));
  EXPECT_EQ(test.service->handled, 0);
}

TEST(Gate, RunsADrainCallbackOnceAlsoWhenItComesLate) {
  TestServer test;
  int early = 0;
  int late = 0;

  test.gate->OnDrain([&] { ++early; });
  test.gate->Drain();
  test.gate->Drain();
  test.gate->OnDrain([&] { ++late; });

  EXPECT_EQ(early, 1);
  EXPECT_EQ(late, 1);
}

TEST(Gate, CountsCallsByMethodAndCode) {
  PrometheusMetrics metrics;
  TestServer test({.metrics = &metrics});
  const std::string labels = "code=\"OK\",method=\"/sakip.rpctest.v1.TestService/Get\"";
  EXPECT_THAT(metrics.Text(), HasSubstr("sakip_rpc_total{" + labels + "} 0"));

  ASSERT_THAT(test.Get(kAgency), IsOk());
  ASSERT_THAT(test.Get(kAgency), IsOk());
  ASSERT_THAT(test.Get("nonsense"), StatusIs(StatusCode::kInvalidArgument));

  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("sakip_rpc_total{" + labels + "} 2"));
  EXPECT_THAT(text, HasSubstr("sakip_rpc_total{code=\"INVALID_ARGUMENT\",method=\"/sakip.rpctest."
                              "v1.TestService/Get\"} 1"));
  EXPECT_THAT(text,
              HasSubstr("sakip_rpc_seconds_count{method=\"/sakip.rpctest.v1.TestService/Get\"} 3"));
  EXPECT_THAT(text, HasSubstr("sakip_rpc_in_flight{kind=\"call\"} 0"));
}

TEST(Gate, CreateListsTheFaultsOfItsServices) {
  EXPECT_THAT(Gate::Create({.services = {"sakip.rpctest.v1.Nothing"}}),
              StatusIs(StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace sakip::rpc
