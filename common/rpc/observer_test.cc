// Which calls get a line of the log.
#include "common/rpc/observer.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <utility>

#include "common/base/error.h"
#include "common/testing/fake_clock.h"

namespace sakip::rpc {
namespace {

using sakip::testing::FakeClock;

constexpr char kGet[] = "/sakip.rpctest.v1.TestService/Get";
constexpr char kPut[] = "/sakip.rpctest.v1.TestService/Put";

absl::Status Overloaded() {
  return MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED", "too much");
}

absl::Status Unknown() {
  return MakeError(absl::StatusCode::kUnauthenticated, "IDENTITY_INVALID", "who is it");
}

class ObserverTest : public ::testing::Test {
 protected:
  void Observe(const std::string& method, const absl::Status& status, int times = 1) {
    for (int i = 0; i < times; ++i) {
      Call::Parts call;
      call.method = method;
      call.start_time = clock_.Now();
      Observation observation;
      observation.status = status;
      observation.end_time = clock_.Now();
      observer_->Observe(Call(std::move(call)), observation);
    }
  }

  // "rpc OVERLOADED" and "rpc_lines_left_out OVERLOADED 990", with the number of such lines.
  std::map<std::string, int> LinesOf(const std::function<void()>& act) {
    ::testing::internal::CaptureStderr();
    act();
    std::istringstream text(::testing::internal::GetCapturedStderr());
    std::map<std::string, int> lines;
    for (std::string line; std::getline(text, line);) {
      const auto json = nlohmann::json::parse(line);
      std::string told = json["event"].get<std::string>();
      for (const char* field : {"reason", "lines"}) {
        if (json.contains(field)) told += " " + json[field].get<std::string>();
      }
      ++lines[told];
    }
    return lines;
  }

  FakeClock clock_;
  MethodTable methods_ = *MethodTable::Create({"sakip.rpctest.v1.TestService"});
  std::optional<Observer> observer_{std::in_place, methods_, InertMetrics()};
};

using Lines = std::map<std::string, int>;

TEST_F(ObserverTest, EveryCallThatSucceedsHasItsLine) {
  EXPECT_EQ(LinesOf([this] { Observe(kGet, absl::OkStatus(), 1000); }), (Lines{{"rpc ", 1000}}));
}

TEST_F(ObserverTest, OfAFloodOfRefusalsTenASecondHaveALineAndTheOthersAreCounted) {
  EXPECT_EQ(LinesOf([this] { Observe(kGet, Overloaded(), 1000); }),
            (Lines{{"rpc OVERLOADED", 10}}));
  clock_.Advance(absl::Milliseconds(999));
  EXPECT_EQ(LinesOf([this] { Observe(kGet, Overloaded(), 5); }), Lines());
  clock_.Advance(absl::Milliseconds(1));
  EXPECT_EQ(LinesOf([this] { Observe(kGet, Overloaded(), 11); }),
            (Lines{{"rpc_lines_left_out OVERLOADED 995", 1}, {"rpc OVERLOADED", 10}}));
}

TEST_F(ObserverTest, AnyCallTellsOfTheLinesLeftOutBefore) {
  LinesOf([this] { Observe(kGet, Overloaded(), 12); });
  clock_.Advance(absl::Seconds(1));
  EXPECT_EQ(LinesOf([this] { Observe(kPut, absl::OkStatus(), 2); }),
            (Lines{{"rpc_lines_left_out OVERLOADED 2", 1}, {"rpc ", 2}}));
}

TEST_F(ObserverTest, TheEndTellsOfTheLinesLeftOut) {
  LinesOf([this] { Observe(kGet, Overloaded(), 12); });
  EXPECT_EQ(LinesOf([this] { observer_.reset(); }),
            (Lines{{"rpc_lines_left_out OVERLOADED 2", 1}}));
}

TEST_F(ObserverTest, OneKindOfFailureHidesNoOther) {
  const auto act = [this] {
    Observe(kGet, Overloaded(), 50);
    Observe(kGet, Unknown(), 10);
    Observe(kPut, Overloaded(), 10);
    Observe(kGet, MakeError(absl::StatusCode::kResourceExhausted, "QUOTA_EXCEEDED", "wait"), 10);
  };
  EXPECT_EQ(
      LinesOf(act),
      (Lines{{"rpc OVERLOADED", 20}, {"rpc IDENTITY_INVALID", 10}, {"rpc QUOTA_EXCEEDED", 10}}));
}

TEST_F(ObserverTest, AClockSetBackSilencesNothing) {
  LinesOf([this] { Observe(kGet, Overloaded(), 12); });
  clock_.Advance(-absl::Hours(1));
  EXPECT_EQ(LinesOf([this] { Observe(kGet, Overloaded(), 10); }), (Lines{{"rpc OVERLOADED", 10}}));
}

}  // namespace
}  // namespace sakip::rpc
