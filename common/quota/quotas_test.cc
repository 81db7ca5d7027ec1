#include "common/quota/quotas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "common/base/error.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"

namespace sakip::quota {
namespace {

using absl::StatusCode;
using sakip::testing::FakeClock;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const Payer kPortal = {PayerKind::kCaller, "portal"};
const Payer kDinsos = {PayerKind::kAgency, "regions/35.09/agencies/dinsos"};
const Payer kDinkes = {PayerKind::kAgency, "regions/35.09/agencies/dinkes"};

class QuotasTest : public ::testing::Test {
 protected:
  void Set(const std::string& json) { quotas_.SetPolicy(Policy::Parse(json).value()); }

  // A call that ends at once.
  absl::Status Call(const Payer& payer, const Use& use = {}) {
    Charge charge;
    return quotas_.Take(payer, use, charge);
  }

  FakeClock clock_;
  rpc::PrometheusMetrics metrics_;
  Quotas quotas_{{.metrics = &metrics_, .clock = &clock_}};
};

TEST_F(QuotasTest, TellASubjectApartByWhatItCallsAs) {
  Set(R"({"callers": {"costPerSecond": 1, "costBurst": 2},
          "operators": {"costPerSecond": 1, "costBurst": 3}})");
  const Payer caller = {PayerKind::kCaller, "siti"}, person = {PayerKind::kOperator, "siti"},
              service = {PayerKind::kService, "siti"};
  ASSERT_THAT(Call(person, {.cost = 3}), IsOk());

  EXPECT_THAT(Call(caller, {.cost = 2}), IsOk());
  EXPECT_THAT(ErrorFacts(Call(caller, {})), Contains(ErrorFact{"limit", "caller.cost_per_second"}));
  EXPECT_THAT(ErrorFacts(Call(person, {})),
              Contains(ErrorFact{"limit", "operator.cost_per_second"}));
  EXPECT_THAT(Call(service, {.cost = 200}), IsOk());
}

TEST_F(QuotasTest, LimitNobodyBeforeAPolicySaysSo) {
  for (int i = 0; i < 1000; ++i) EXPECT_THAT(Call(kPortal, {.cost = 200}), IsOk());
}

TEST_F(QuotasTest, RefuseWithTheLimitWhoseItIsAndTheTimeUntilThereIsEnough) {
  Set(R"({"agencies": {"costPerSecond": 10, "costBurst": 20}})");
  ASSERT_THAT(Call(kDinsos, {.cost = 20}), IsOk());

  const absl::Status refused = Call(kDinsos, {.cost = 5});

  EXPECT_THAT(refused, StatusIs(StatusCode::kResourceExhausted, "QUOTA_EXCEEDED"));
  EXPECT_EQ(RetryDelayOf(refused), absl::Milliseconds(500));
  EXPECT_THAT(ErrorFacts(refused), Contains(ErrorFact{"limit", "agency.cost_per_second"}));
  EXPECT_THAT(ErrorFacts(refused), Contains(ErrorFact{"of", kDinsos.name}));
  EXPECT_THAT(Call(kDinkes, {.cost = 5}), IsOk()) << "another tenant's bucket";
  clock_.Advance(absl::Milliseconds(499));
  EXPECT_THAT(Call(kDinsos, {.cost = 5}), Not(IsOk()));
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_THAT(Call(kDinsos, {.cost = 5}), IsOk());
}

TEST_F(QuotasTest, CountBytesOfResponsesAgainstTheNextCall) {
  Set(R"({"callers": {"bytesPerSecond": 1000, "bytesBurst": 1000}})");
  Charge charge;
  ASSERT_THAT(quotas_.Take(kPortal, {.bytes = 100}, charge), IsOk());

  charge.SpendBytes(2900);

  EXPECT_EQ(charge.Debt(), absl::Seconds(2));
  const absl::Status refused = Call(kPortal);
  EXPECT_THAT(ErrorFacts(refused), Contains(ErrorFact{"limit", "caller.bytes_per_second"}));
  EXPECT_EQ(RetryDelayOf(refused), absl::Seconds(2));
  clock_.Advance(absl::Seconds(2));
  EXPECT_EQ(charge.Debt(), absl::ZeroDuration());
  EXPECT_THAT(Call(kPortal), IsOk());
}

TEST_F(QuotasTest, BoundCallsAndStreamsEachByTheirOwnNumber) {
  Set(R"({"callers": {"callsInFlight": 1, "streams": 1}})");
  Charge call, stream;
  ASSERT_THAT(quotas_.Take(kPortal, {}, call), IsOk());
  ASSERT_THAT(quotas_.Take(kPortal, {.streams = true}, stream), IsOk());

  EXPECT_THAT(ErrorFacts(Call(kPortal)), Contains(ErrorFact{"limit", "caller.calls_in_flight"}));
  EXPECT_THAT(ErrorFacts(Call(kPortal, {.streams = true})),
              Contains(ErrorFact{"limit", "caller.streams"}));
  call.Release();
  EXPECT_THAT(Call(kPortal), IsOk());
  EXPECT_THAT(Call(kPortal, {.streams = true}), Not(IsOk()));
  stream = Charge();
  EXPECT_THAT(Call(kPortal, {.streams = true}), IsOk());
}

TEST_F(QuotasTest, LetBothTheCallerAndTheTenantPay) {
  Set(R"({"agencies": {"costPerSecond": 10, "costBurst": 10, "callsInFlight": 1},
          "callers": {"costPerSecond": 100, "costBurst": 15, "callsInFlight": 2}})");
  Charge charge;
  ASSERT_THAT(quotas_.Take(kPortal, {.cost = 10}, charge), IsOk());
  ASSERT_THAT(quotas_.Take(kDinsos, {.cost = 10}, charge), IsOk());

  Charge other;
  ASSERT_THAT(quotas_.Take(kPortal, {.cost = 5}, other), IsOk());
  EXPECT_THAT(ErrorFacts(quotas_.Take(kDinsos, {.cost = 5}, other)),
              Contains(ErrorFact{"limit", "agency.calls_in_flight"}));
  other.Release();
  // The attempt was paid for by the caller, not by the tenant that refused it.
  EXPECT_THAT(ErrorFacts(Call(kPortal)), Contains(ErrorFact{"limit", "caller.cost_per_second"}));
  charge.Release();
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(Call(kDinsos, {.cost = 10}), IsOk());
}

TEST_F(QuotasTest, FollowANewPolicyAndKeepWhatWasUsed) {
  Set(R"({"callers": {"costPerSecond": 10, "costBurst": 10}})");
  ASSERT_THAT(Call(kPortal, {.cost = 10}), IsOk());

  Set(R"({"callers": {"costPerSecond": 10, "costBurst": 12}})");
  EXPECT_THAT(Call(kPortal, {.cost = 2}), IsOk());
  EXPECT_THAT(Call(kPortal), Not(IsOk()));
  Set("{}");
  EXPECT_THAT(Call(kPortal, {.cost = 1000}), IsOk());
}

TEST_F(QuotasTest, ShowLimitsUseAndRefusals) {
  Set(R"({"agencies": {"costPerSecond": 10, "costBurst": 10},
          "watched": ["regions/35.09/agencies/dinsos"]})");
  for (int i = 0; i < 3; ++i) Call(kDinsos, {.cost = 5, .bytes = 100}).IgnoreError();
  Call(kDinkes, {.cost = 5}).IgnoreError();

  const std::string text = metrics_.Text();

  for (const char* line :
       {"sakip_quota_limit{limit=\"cost_per_second\",payer=\"agency\"} 10\n",
        "sakip_quota_limit{limit=\"streams\",payer=\"agency\"} +Inf\n",
        "sakip_quota_used_total{payer=\"agency\",unit=\"cost\"} 15\n",
        "sakip_quota_used_total{payer=\"agency\",unit=\"bytes\"} 200\n",
        "sakip_quota_refused_total{limit=\"cost_per_second\",payer=\"agency\"} 1\n",
        "sakip_quota_accounts 2\n",
        "sakip_quota_watched_used_total{of=\"regions/35.09/agencies/dinsos\",unit=\"cost\"} 10\n",
        "sakip_quota_watched_refused_total{of=\"regions/35.09/agencies/dinsos\"} 1\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
  EXPECT_THAT(text, Not(HasSubstr("dinkes")));
}

TEST_F(QuotasTest, HoldWhereManyThreadsAsk) {
  Set(R"({"callers": {"costPerSecond": 1, "costBurst": 1000, "callsInFlight": 4}})");
  std::atomic<int> let_through{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) let_through += Call(kPortal).ok();
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_EQ(let_through, 1000);
}

}  // namespace
}  // namespace sakip::quota
