#include "common/quota/account.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/testing/fake_clock.h"

namespace sakip::quota {
namespace {

std::shared_ptr<const Policy> PolicyOf(const std::string& json) {
  return std::make_shared<const Policy>(Policy::Parse(json).value());
}

Payer Caller(int number) { return {PayerKind::kCaller, absl::StrCat("caller-", number)}; }

TEST(AccountTable, ForgetsWhoIsIdleWhenOthersCome) {
  sakip::testing::FakeClock clock;
  AccountTable table(100, PolicyOf(R"({"callers": {"costPerSecond": 10}})"));

  for (int i = 0; i < 10000; ++i) {
    const auto taken = table.Take(Caller(i), {.cost = 20}, clock.Now());
    ASSERT_NE(taken.account, nullptr);
    table.Return(taken.account, /*streams=*/false);
    clock.Advance(absl::Seconds(1));
    ASSERT_LE(table.size(), 10u);
  }
}

TEST(AccountTable, RemembersWhoHasSpentOrHoldsAPlace) {
  sakip::testing::FakeClock clock;
  AccountTable table(3, PolicyOf(R"({"callers": {"costPerSecond": 10, "streams": 1}})"));
  const auto stream = table.Take(Caller(0), {.cost = 1, .streams = true}, clock.Now());
  clock.Advance(absl::Hours(1));
  const auto spent = table.Take(Caller(1), {.cost = 20}, clock.Now());
  table.Return(spent.account, false);

  for (int i = 2; i < 50; ++i) {
    const auto other = table.Take(Caller(i), {}, clock.Now());
    if (other.account != nullptr) table.Return(other.account, false);
  }

  EXPECT_EQ(table.size(), 3u);
  EXPECT_EQ(table.Take(Caller(0), {.streams = true}, clock.Now()).refusal.limit, Limit::kStreams);
  EXPECT_EQ(table.Take(Caller(1), {}, clock.Now()).refusal.limit, Limit::kCost);
  table.Return(stream.account, true);
}

TEST(AccountTable, LetsThoseWithoutRoomShareOneAccountOfTheirKind) {
  const sakip::testing::FakeClock clock;
  AccountTable table(1, PolicyOf(R"({"callers": {"costPerSecond": 10, "costBurst": 20},
                                     "agencies": {"costPerSecond": 10, "costBurst": 20}})"));
  const auto first = table.Take(Caller(0), {}, clock.Now());

  int let_through = 0;
  for (int i = 1; i < 100; ++i) {
    const auto other = table.Take(Caller(i), {}, clock.Now());
    if (other.account == nullptr) continue;
    ++let_through;
    table.Return(other.account, false);
  }

  EXPECT_EQ(let_through, 20);
  EXPECT_EQ(table.size(), 1u);
  const Payer agency = {PayerKind::kAgency, "regions/35.09/agencies/dinsos"};
  const auto of_other_kind = table.Take(agency, {}, clock.Now());
  EXPECT_NE(of_other_kind.account, nullptr);
  table.Return(of_other_kind.account, false);
  table.Return(first.account, false);
}

}  // namespace
}  // namespace sakip::quota
