// Who pays for a call, over a real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/quota/quotas.h"
#include "common/rpc/test_server.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::Contains;

OutgoingCall As(const std::string& subject, const std::vector<Role>& roles,
                const std::string& scope = "regions/35") {
  OutgoingCall call = TestServer::WithDeadline();
  call.dev_identity = FormatDevIdentity(subject, roles, {scope});
  return call;
}

// Time stands still unless it is advanced.
class GateQuotaTest : public ::testing::Test {
 protected:
  void Set(const std::string& json) { quotas_.SetPolicy(quota::Policy::Parse(json).value()); }

  sakip::testing::FakeClock clock_;
  quota::Quotas quotas_{{.clock = &clock_}};
  TestServer test_{{.quotas = &quotas_}};
};

constexpr char kOther[] = "regions/35.09/agencies/other";

ErrorFact LimitFact(const std::string& limit) { return {"limit", limit}; }

TEST_F(GateQuotaTest, RefusesACallerAtItsLimitAndNoOther) {
  Set(R"({"callers": {"costPerSecond": 1, "costBurst": 2}})");
  const OutgoingCall greedy = As("greedy", {Role::kAuditor});
  EXPECT_THAT(test_.Get(kAgency, greedy), IsOk());
  EXPECT_THAT(test_.Get(kAgency, greedy), IsOk());

  const absl::Status refused = test_.Get(kAgency, greedy);

  EXPECT_THAT(refused, StatusIs(StatusCode::kResourceExhausted, "QUOTA_EXCEEDED"));
  EXPECT_EQ(RetryDelayOf(refused), absl::Seconds(1));
  EXPECT_THAT(ErrorFacts(refused), Contains(LimitFact("caller.cost_per_second")));
  EXPECT_EQ(test_.service->handled, 2);
  EXPECT_THAT(test_.Get(kAgency, As("other", {Role::kAuditor})), IsOk());
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(test_.Get(kAgency, greedy), IsOk());
}

TEST_F(GateQuotaTest, LetsAllCallersOfATenantShareItsQuota) {
  Set(R"({"agencies": {"costPerSecond": 1, "costBurst": 2}})");
  EXPECT_THAT(test_.Get(kAgency, As("a", {Role::kAuditor}, kAgency)), IsOk());
  EXPECT_THAT(test_.Get(kDocument, As("b", {Role::kAuditor}, kAgency)), IsOk());

  EXPECT_THAT(ErrorFacts(test_.Get(kAgency, As("c", {Role::kAuditor}, kAgency))),
              Contains(LimitFact("agency.cost_per_second")));
  EXPECT_THAT(test_.Get(kOther, As("c", {Role::kAuditor}, kOther)), IsOk());
}

TEST_F(GateQuotaTest, LetsWhoReadsAcrossPayAndNotWhomTheyRead) {
  Set(R"({"agencies": {"costPerSecond": 1, "costBurst": 2},
          "regions": {"costPerSecond": 1, "costBurst": 3}})");
  const OutgoingCall across = As("portal", {Role::kAuditor});
  for (int i = 0; i < 3; ++i) EXPECT_THAT(test_.Get(kAgency, across), IsOk());

  EXPECT_THAT(ErrorFacts(test_.Get(kOther, across)), Contains(LimitFact("region.cost_per_second")));
  EXPECT_THAT(test_.Get(kAgency, As("own", {Role::kAuditor}, kAgency)), IsOk());
}

TEST_F(GateQuotaTest, LetsNobodyUseUpTheQuotaOfATenantThatIsNotTheirs) {
  Set(R"({"agencies": {"costPerSecond": 1, "costBurst": 2}})");
  for (int i = 0; i < 10; ++i) {
    EXPECT_THAT(test_.Get(kAgency, As("stranger", {Role::kAuditor}, "regions/36")),
                StatusIs(StatusCode::kPermissionDenied));
  }

  EXPECT_THAT(test_.Get(kAgency, As("own", {Role::kAuditor}, kAgency)), IsOk());
}

TEST_F(GateQuotaTest, LetsAttemptsBePaidForByWhoMakesThem) {
  Set(R"({"callers": {"costPerSecond": 1, "costBurst": 3}})");
  const OutgoingCall stranger = As("stranger", {Role::kAuditor}, "regions/36");
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(test_.Get(kAgency, stranger), StatusIs(StatusCode::kPermissionDenied));
  }

  EXPECT_THAT(test_.Get(kAgency, stranger),
              StatusIs(StatusCode::kResourceExhausted, "QUOTA_EXCEEDED"));
}

TEST_F(GateQuotaTest, LetsServicesPayForThemselvesAndNotTheTenant) {
  Set(R"({"agencies": {"costPerSecond": 1, "costBurst": 1},
          "services": {"costPerSecond": 1, "costBurst": 4}})");
  const OutgoingCall service = As("scoring", {Role::kService});
  for (int i = 0; i < 4; ++i) EXPECT_THAT(test_.Get(kAgency, service), IsOk());

  EXPECT_THAT(ErrorFacts(test_.Get(kAgency, service)),
              Contains(LimitFact("service.cost_per_second")));
  EXPECT_THAT(test_.Get(kAgency, As("own", {Role::kAuditor}, kAgency)), IsOk());
  // With another role beside it, it is a caller.
  EXPECT_THAT(test_.Get(kAgency, As("both", {Role::kService, Role::kAuditor}, kAgency)),
              StatusIs(StatusCode::kResourceExhausted, "QUOTA_EXCEEDED"));
}

TEST_F(GateQuotaTest, CountsTheBytesOfRequests) {
  Set(R"({"callers": {"bytesPerSecond": 100, "bytesBurst": 1000}})");
  rpctest::v1::GetRequest request;
  request.set_name(kAgency);
  request.set_padding(std::string(900, 'x'));
  const OutgoingCall call = As("a", {Role::kAuditor});
  EXPECT_TRUE(test_.RawGet(request, call).ok());

  EXPECT_THAT(ErrorFacts(FromGrpcStatus(test_.RawGet(request, call))),
              Contains(LimitFact("caller.bytes_per_second")));
}

TEST_F(GateQuotaTest, BoundsStreamsAndGivesTheirPlacesBack) {
  Set(R"({"callers": {"streams": 1}})");
  const auto count = [&](uint32_t messages, grpc::ClientContext& context) {
    Prepare(As("a", {Role::kAuditor}), context);
    rpctest::v1::CountRequest request;
    request.set_scope("regions/35");
    request.set_messages(messages);
    return test_.stub->Count(&context, request);
  };
  grpc::ClientContext first, second;
  rpctest::v1::CountResponse message;
  auto endless = count(0, first);
  ASSERT_TRUE(endless->Read(&message));

  auto refused = count(1, second);
  EXPECT_FALSE(refused->Read(&message));
  EXPECT_THAT(ErrorFacts(FromGrpcStatus(refused->Finish())), Contains(LimitFact("caller.streams")));
  first.TryCancel();
  while (endless->Read(&message)) continue;
  endless->Finish();
  // The server learns of the end on its own thread.
  absl::Status again = absl::UnknownError("not tried");
  while (!again.ok()) {
    grpc::ClientContext context;
    auto stream = count(1, context);
    while (stream->Read(&message)) continue;
    again = FromGrpcStatus(stream->Finish());
    ASSERT_TRUE(again.ok() || ErrorReason(again) == "QUOTA_EXCEEDED") << again;
  }
}

}  // namespace
}  // namespace sakip::rpc
