#include "common/base/fair_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace sakip {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr uint64_t kSeed = 20260117;
constexpr uint64_t kQuantum = 10;

// Everything that waits, in the order of its turns.
std::vector<std::string> PopAll(FairQueue<std::string>& queue) {
  std::vector<std::string> popped;
  while (auto item = queue.Pop()) popped.push_back(*std::move(item));
  return popped;
}

TEST(FairQueue, KeepsTheOrderOfOneTenant) {
  FairQueue<std::string> queue(kQuantum);
  for (const char* item : {"1", "2", "3"}) queue.Push("a", 7, item);

  EXPECT_THAT(PopAll(queue), ElementsAre("1", "2", "3"));
}

TEST(FairQueue, LetsAShortLineInBesideALongOne) {
  FairQueue<std::string> queue(kQuantum);
  for (int i = 0; i < 100; ++i) queue.Push("flood", kQuantum, "flood");
  queue.Push("quiet", kQuantum, "quiet");

  const std::vector<std::string> popped = PopAll(queue);

  EXPECT_EQ(std::find(popped.begin(), popped.end(), "quiet") - popped.begin(), 1);
}

TEST(FairQueue, SharesByCostAndNotByNumber) {
  FairQueue<std::string> queue(kQuantum);
  for (int i = 0; i < 10; ++i) queue.Push("large", 10, "L");
  for (int i = 0; i < 100; ++i) queue.Push("small", 1, "s");
  int large = 0, small = 0;

  for (int i = 0; i < 55; ++i) ++(*queue.Pop() == "L" ? large : small);

  EXPECT_EQ(large, 5);
  EXPECT_EQ(small, 50);
}

TEST(FairQueue, GivesAnItemLargerThanTheQuantumItsTurn) {
  FairQueue<std::string> queue(kQuantum);
  queue.Push("huge", 35, "huge");
  for (int i = 0; i < 10; ++i) queue.Push("small", 10, "s");

  EXPECT_THAT(PopAll(queue), ElementsAre("s", "s", "s", "huge", "s", "s", "s", "s", "s", "s", "s"));
}

TEST(FairQueue, SavesNoTurnsForWhoHadNothingWaiting) {
  FairQueue<std::string> queue(kQuantum);
  queue.Push("a", 1, "a");
  queue.Pop();
  for (int i = 0; i < 4; ++i) queue.Push("a", kQuantum, "a");
  for (int i = 0; i < 4; ++i) queue.Push("b", kQuantum, "b");

  EXPECT_THAT(PopAll(queue), ElementsAre("a", "b", "a", "b", "a", "b", "a", "b"));
}

TEST(FairQueue, GivesUpTheNewestOfATenant) {
  FairQueue<std::string> queue(kQuantum);
  queue.Push("a", 5, "a1");
  for (const char* item : {"b1", "b2", "b3"}) queue.Push("b", 3, item);

  ASSERT_NE(queue.NewestOf("b"), nullptr);
  EXPECT_EQ(*queue.NewestOf("b"), "b3");
  EXPECT_EQ(queue.NewestOf("c"), nullptr);
  EXPECT_EQ(queue.PopNewestOf("b"), "b3");
  EXPECT_EQ(queue.PopNewestOf("c"), std::nullopt);
  std::map<std::string, uint64_t> costs;
  queue.ForEachTenant([&](const std::string& tenant, uint64_t cost) { costs[tenant] = cost; });
  EXPECT_THAT(costs, ElementsAre(Pair("a", 5), Pair("b", 6)));
  EXPECT_EQ(queue.cost(), 11u);
  EXPECT_EQ(queue.size(), 3u);
}

TEST(FairQueue, CountsWhatWaits) {
  FairQueue<std::string> queue(kQuantum);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.Pop(), std::nullopt);
  queue.Push("a", 4, "a");
  queue.Push("a", 5, "a");
  queue.Push("b", 6, "b");

  EXPECT_EQ(queue.tenants(), 2u);
  EXPECT_EQ(queue.SizeOf("a"), 2u);
  EXPECT_EQ(queue.CostOf("a"), 9u);
  EXPECT_EQ(queue.SizeOf("c"), 0u);
  PopAll(queue);
  EXPECT_EQ(queue.tenants(), 0u);
  EXPECT_EQ(queue.cost(), 0u);
}

// Any mix: tenants that always have something waiting get shares that differ by no more than a
// quantum and the largest item, whatever the others send, and nobody starves.
TEST(FairQueue, GivesEachBackloggedTenantItsShareOfAnyMix) {
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    FairQueue<std::pair<std::string, uint64_t>> queue(kQuantum);
    const size_t tenants = 2 + random() % 10;
    std::vector<uint64_t> largest(tenants);
    for (uint64_t& cost : largest) cost = 1 + random() % 50;
    const uint64_t largest_of_all = *std::max_element(largest.begin(), largest.end());
    std::map<std::string, uint64_t> served;
    const auto push = [&](size_t tenant) {
      const uint64_t cost = 1 + random() % largest[tenant];
      queue.Push("t" + std::to_string(tenant), cost, {"t" + std::to_string(tenant), cost});
    };
    for (size_t tenant = 0; tenant < tenants; ++tenant) {
      // Some flood, some have just enough to be always waiting.
      for (uint64_t left = 2 + random() % 100; left > 0; --left) push(tenant);
    }

    for (int turn = 0; turn < 3000; ++turn) {
      const auto [tenant, cost] = *queue.Pop();
      served[tenant] += cost;
      if (queue.SizeOf(tenant) < 2) push(std::stoul(tenant.substr(1)));
    }

    ASSERT_EQ(served.size(), tenants) << "starved, seed " << kSeed << ", round " << round;
    const auto by_share = [](const auto& a, const auto& b) { return a.second < b.second; };
    const auto [least, most] = std::minmax_element(served.begin(), served.end(), by_share);
    EXPECT_LE(most->second - least->second, 2 * kQuantum + largest_of_all)
        << "seed " << kSeed << ", round " << round;
  }
}

}  // namespace
}  // namespace sakip
