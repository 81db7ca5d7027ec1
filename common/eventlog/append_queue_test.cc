#include "common/eventlog/append_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"

namespace sakip::eventlog {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

constexpr size_t kKilobyte = 1024;

PendingAppend Pending(const std::string& tenant, const std::string& id, size_t bytes = kKilobyte) {
  PendingAppend pending;
  pending.appends.push_back({.request = {}, .agency = tenant, .bytes = bytes});
  pending.appends.back().request.request_id = id;
  pending.bytes = bytes;
  return pending;
}

absl::Status Push(AppendQueue& queue, PendingAppend pending) { return queue.Push(pending); }

std::vector<std::string> Ids(const std::vector<PendingAppend>& group) {
  std::vector<std::string> ids;
  for (const PendingAppend& pending : group) {
    ids.push_back(pending.appends.front().request.request_id);
  }
  return ids;
}

TEST(AppendQueue, LetsATenantInBesideAnothersFlood) {
  AppendQueue queue({.group_bytes_max = 256 * kKilobyte});
  for (int i = 0; i < 1000; ++i) {
    ASSERT_THAT(Push(queue, Pending("flood", absl::StrCat("flood-", i))), IsOk());
  }
  ASSERT_THAT(Push(queue, Pending("quiet", "quiet")), IsOk());

  EXPECT_THAT(Ids(queue.Gather()), ::testing::Contains("quiet"));
}

TEST(AppendQueue, KeepsTheOrderOfATenant) {
  AppendQueue queue({.group_bytes_max = 8 * kKilobyte});
  std::vector<std::string> pushed, gathered;
  for (int i = 0; i < 100; ++i) {
    pushed.push_back(absl::StrCat("a-", i));
    ASSERT_THAT(Push(queue, Pending("a", pushed.back(), (1 + i % 7) * kKilobyte)), IsOk());
    ASSERT_THAT(Push(queue, Pending("b", absl::StrCat("b-", i))), IsOk());
  }
  while (gathered.size() < pushed.size()) {
    for (const std::string& id : Ids(queue.Gather())) {
      if (id.front() == 'a') gathered.push_back(id);
    }
    queue.Release();
  }

  EXPECT_EQ(gathered, pushed);
}

TEST(AppendQueue, BoundsWhatWaitsOfOneTenant) {
  AppendQueue queue({.tenant_requests_max = 2});
  EXPECT_THAT(Push(queue, Pending("a", "1")), IsOk());
  EXPECT_THAT(Push(queue, Pending("a", "2")), IsOk());

  EXPECT_THAT(Push(queue, Pending("a", "3")),
              StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_THAT(Push(queue, Pending("b", "1")), IsOk());
  queue.Gather();
  EXPECT_THAT(Push(queue, Pending("a", "3")), IsOk());
}

TEST(AppendQueue, BoundsTheBytesOfOneTenantButTakesALargeOneAlone) {
  AppendQueue queue({.tenant_bytes_max = 10 * kKilobyte});
  EXPECT_THAT(Push(queue, Pending("a", "1", 20 * kKilobyte)), IsOk());

  EXPECT_THAT(Push(queue, Pending("a", "2")),
              StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_THAT(Push(queue, Pending("b", "1")), IsOk());
}

TEST(AppendQueue, GivesAllThatIsLeftWhenItStops) {
  AppendQueue queue({});
  ASSERT_THAT(Push(queue, Pending("a", "1")), IsOk());
  ASSERT_THAT(Push(queue, Pending("b", "2")), IsOk());

  EXPECT_EQ(queue.Stop().size(), 2u);
  EXPECT_THAT(Push(queue, Pending("a", "3")), StatusIs(StatusCode::kUnavailable, "LOG_STOPPED"));
}

}  // namespace
}  // namespace sakip::eventlog
