#include "common/rpc/method_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "bad_service.pb.h"
#include "common/testing/status_matchers.h"
#include "sakip/eventlog/v1/event_log_service.pb.h"
#include "sakip/planning/v1/planning_service.pb.h"
#include "test_service.pb.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

MethodTable TestTable() { return MethodTable::Create({"sakip.rpctest.v1.TestService"}).value(); }

std::string BadServiceFaults() {
  // Keeps the descriptors linked in.
  rpctest::v1::GoodRequest::descriptor();
  const auto table = MethodTable::Create({"sakip.rpctest.v1.BadService"});
  EXPECT_THAT(table, StatusIs(StatusCode::kFailedPrecondition));
  return std::string(table.status().message());
}

TEST(MethodTable, KnowsWhatAMethodDeclares) {
  const MethodTable table = TestTable();

  const Method* put = table.FindByRequest(rpctest::v1::PutRequest::descriptor());

  ASSERT_NE(put, nullptr);
  EXPECT_EQ(put->path, "/sakip.rpctest.v1.TestService/Put");
  EXPECT_EQ(put->service, "sakip.rpctest.v1.TestService");
  EXPECT_EQ(put->permission, "planning.documents.publish");
  EXPECT_EQ(put->tenant_field, "thing.name");
  EXPECT_EQ(put->cost, 5u);
  EXPECT_EQ(put->request_bytes_max, 1024u);
  EXPECT_EQ(put->deadline_max, absl::Seconds(60));
  EXPECT_FALSE(put->server_streaming);
  EXPECT_EQ(table.FindByPath(put->path), put);
}

TEST(MethodTable, StaysValidWhenMoved) {
  MethodTable first = TestTable();

  const MethodTable second = std::move(first);

  const Method* count = second.FindByRequest(rpctest::v1::CountRequest::descriptor());
  ASSERT_NE(count, nullptr);
  EXPECT_TRUE(count->server_streaming);
  EXPECT_EQ(count->deadline_max, absl::ZeroDuration());
}

TEST(MethodTable, FindsNothingForOthers) {
  const MethodTable table = TestTable();

  EXPECT_EQ(table.FindByRequest(rpctest::v1::GetResponse::descriptor()), nullptr);
  EXPECT_EQ(table.FindByPath("/sakip.rpctest.v1.TestService/Nothing"), nullptr);
  EXPECT_TRUE(table.HasService("sakip.rpctest.v1.TestService"));
  EXPECT_FALSE(table.HasService("sakip.rpctest.v1.BadService"));
}

TEST(MethodTable, KnowsWhereAStreamOfRequestsNamesTenantAndKey) {
  const MethodTable table = TestTable();
  rpctest::v1::SumRequest first;
  first.mutable_options()->set_name("regions/35");
  first.mutable_options()->set_sum_id("sum-1");

  const Method* sum = table.FindByRequest(first.GetDescriptor());

  ASSERT_NE(sum, nullptr);
  EXPECT_TRUE(sum->client_streaming);
  EXPECT_TRUE(sum->streams());
  EXPECT_EQ(sum->request_id_field, "options.sum_id");
  EXPECT_EQ(TenantName(*sum, first), "regions/35");
  EXPECT_EQ(RequestId(*sum, first), "sum-1");
  EXPECT_EQ(RequestId(*sum, rpctest::v1::SumRequest()), "");
}

TEST(TenantName, IsReadFromNestedMessages) {
  const MethodTable table = TestTable();
  rpctest::v1::PutRequest request;
  const Method& put = *table.FindByRequest(request.GetDescriptor());

  EXPECT_EQ(TenantName(put, request), "");
  request.mutable_thing()->set_name("regions/35");
  EXPECT_EQ(TenantName(put, request), "regions/35");
}

TEST(MethodTable, NamesAServiceThatIsNotLinkedIn) {
  const auto table = MethodTable::Create({"sakip.rpctest.v1.Nothing"});

  EXPECT_THAT(table, StatusIs(StatusCode::kFailedPrecondition));
  EXPECT_THAT(std::string(table.status().message()), HasSubstr("sakip.rpctest.v1.Nothing"));
}

TEST(MethodTable, ListsEveryFaultAtOnce) {
  const std::string faults = BadServiceFaults();

  const char* expected[] = {
      "NoOption declares no (sakip.options.v1.authorization)",
      "UnknownPermission has the unknown permission `planning.documents.burn`",
      "NoSuchField has the tenant field `inner.nothing`, but its request has no singular `nothing`",
      "NotAMessage has the tenant field `name.further`, but its request has no singular `further`",
      "NotAString has the tenant field `inner.number`, which is no string",
      "Repeated has the tenant field `inners.name`, but its request has no singular `inners`",
      "/NoRequestId has the request id field `request_id`, but its request has no singular",
      "NumericRequestId has the request id field `request_id`, which is no string",
      "NoSuchKey has the request id field `inner.key`, but its request has no singular `key`",
      "NoCost has no cost",
      "NoSize has no max_request_bytes",
      "NoDeadline has no max_deadline_seconds",
      "SameRequest has the same request type as /sakip.rpctest.v1.BadService/Good",
      "StreamsBothWays streams both ways",
      "EndlessRequests has no max_deadline_seconds",
      "WritesBelow writes and is readable_below",
      "NoItemsMax takes the repeated field sakip.rpctest.v1.List.names, which declares no "
      "items_max",
  };
  for (const char* fault : expected) EXPECT_THAT(faults, HasSubstr(fault));
  const std::vector<std::string> lines = absl::StrSplit(faults, '\n');
  EXPECT_EQ(lines.size(), 1 + std::size(expected)) << faults;
}

TEST(MethodTable, FindsNoFaultInTheServicesOfTheSuite) {
  // Keeps the descriptors linked in.
  planning::v1::GetAgencyRequest::descriptor();
  eventlog::v1::GetHeadRequest::descriptor();

  EXPECT_THAT(MethodTable::Create({"sakip.planning.v1.PlanningService"}), IsOk());
  EXPECT_THAT(MethodTable::Create({"sakip.eventlog.v1.EventLogService"}), IsOk());
}

TEST(MethodTable, FindsNoFaultInAGoodMethod) {
  EXPECT_THAT(BadServiceFaults(), Not(HasSubstr("BadService/Good ")));
}

}  // namespace
}  // namespace sakip::rpc
