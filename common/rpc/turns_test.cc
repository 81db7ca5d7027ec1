// Calls that wait for their turn, and those that do not, over a real server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/test_server.h"
#include "common/testing/fake_clock.h"
#include "common/testing/status_matchers.h"

namespace sakip::rpc {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

// A server with one worker, which the first Put keeps busy until it is let go.
class TurnsTest : public ::testing::Test {
 protected:
  TurnsTest() {
    test_.service->on_put = [this] {
      if (puts_++ > 0) return absl::OkStatus();
      busy_.count_down();
      let_go_.wait();
      return absl::OkStatus();
    };
    first_ = PutAsync("first", TestServer::WithDeadline());
    busy_.wait();
  }

  std::future<absl::Status> PutAsync(const std::string& id, const OutgoingCall& call) {
    return std::async(std::launch::async,
                      [this, id, call] { return test_.Put(kAgency, id, call); });
  }

  // Returns when so many works wait.
  void WaitUntilWaiting(int works) {
    const std::string line = absl::StrCat("sakip_work_waiting ", works, "\n");
    while (metrics_.Text().find(line) == std::string::npos) std::this_thread::yield();
  }

  void LetGo() { let_go_.count_down(); }

  PrometheusMetrics metrics_;
  std::atomic<int> puts_{0};
  std::latch busy_{1};
  std::latch let_go_{1};
  sakip::testing::FakeClock clock_{absl::Now()};
  TestServer test_{
      {.work = {.workers = 1, .waiting_max = 1}, .metrics = &metrics_, .clock = &clock_}};
  std::future<absl::Status> first_;
};

TEST_F(TurnsTest, CheapCallsAreAnsweredWhileDearOnesWait) {
  std::future<absl::Status> second = PutAsync("second", TestServer::WithDeadline());
  WaitUntilWaiting(1);

  EXPECT_THAT(test_.Get(kAgency), IsOk());

  LetGo();
  EXPECT_THAT(first_.get(), IsOk());
  EXPECT_THAT(second.get(), IsOk());
  EXPECT_THAT(metrics_.Text(), HasSubstr("sakip_work_wait_seconds_count 2\n"));
}

TEST_F(TurnsTest, WhatFindsNoRoomIsRefusedBeforeItsHandlerRuns) {
  std::future<absl::Status> second = PutAsync("second", TestServer::WithDeadline());
  WaitUntilWaiting(1);

  const absl::Status refused = test_.Put(kAgency, "third");

  EXPECT_THAT(refused, StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_EQ(RetryDelayOf(refused), kOverloadedRetryDelay);
  LetGo();
  EXPECT_THAT(second.get(), IsOk());
  EXPECT_EQ(test_.service->handled, 2);
  EXPECT_THAT(metrics_.Text(), HasSubstr("sakip_work_refused_total{why=\"wait\"} 1\n"));
}

TEST_F(TurnsTest, NothingIsBegunAfterTheDeadline) {
  std::future<absl::Status> second = PutAsync("second", TestServer::WithDeadline());
  WaitUntilWaiting(1);

  clock_.Advance(absl::Minutes(1));
  LetGo();

  EXPECT_THAT(second.get(), StatusIs(StatusCode::kDeadlineExceeded, "DEADLINE_PASSED"));
  EXPECT_EQ(test_.service->handled, 1);
  EXPECT_THAT(metrics_.Text(), HasSubstr("sakip_work_refused_total{why=\"deadline\"} 1\n"));
}

// Of a caller with `scope` that asks for what `tenant` has.
Call Dear(const std::string& scope, const std::string& tenant) {
  Call::Parts parts;
  parts.scope = scope;
  parts.tenant = tenant;
  parts.cost = 20;
  return Call(std::move(parts));
}

TEST(WorkQueue, WhoReadsAcrossAgenciesHasOneTurnAndNotOneOfEach) {
  const std::string own = "regions/35.09/agencies/dinsos";
  WorkQueue work({.limits = {.workers = 1}});
  std::vector<std::string> turns;  // Only the worker is there.
  std::latch begun{1}, let_go{1}, done{5};
  work.InTurn(Dear(own, own), [&](const absl::Status&) {
    begun.count_down();
    let_go.wait();
  });
  begun.wait();
  const auto wait = [&](const std::string& scope, const std::string& tenant) {
    work.InTurn(Dear(scope, tenant), [&, scope](const absl::Status& turn) {
      turns.push_back(turn.ok() ? scope : turn.ToString());
      done.count_down();
    });
  };
  for (const char* agency : {"a", "b", "c", "d"}) {
    wait("regions/35", absl::StrCat("regions/35.09/agencies/", agency));
  }
  wait(own, own);

  let_go.count_down();
  done.wait();

  EXPECT_LT(std::find(turns.begin(), turns.end(), own) - turns.begin(), 2) << "of 5";
}

}  // namespace
}  // namespace sakip::rpc
