#include "services/realization/rpc/planning_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "common/testing/status_matchers.h"
#include "sakip/planning/v1/planning_service.pb.h"

namespace sakip::realization {
namespace {

using planning::v1::GetAgencyRequest;
using planning::v1::GetAgencyResponse;
using sakip::testing::StatusIs;

// Planning, which answers each question at once.
struct Planning {
  void GetAgency(grpc::ClientContext*, const GetAgencyRequest*, GetAgencyResponse*,
                 std::function<void(grpc::Status)> answer) {
    answer(grpc::Status::OK);
  }
};

// Number of lines by event, where those left out count as many.
std::map<std::string, int> LinesOf(const std::function<void()>& act) {
  ::testing::internal::CaptureStderr();
  act();
  std::istringstream logged(::testing::internal::GetCapturedStderr());
  std::map<std::string, int> lines;
  for (std::string text; std::getline(logged, text);) {
    const auto line = nlohmann::json::parse(text);
    lines[line["event"]] +=
        line.contains("lines") ? std::stoi(line["lines"].get<std::string>()) : 1;
  }
  return lines;
}

TEST(PlanningUnavailableTest, AFloodIsCountedAndNotWritten) {
  auto lines = LinesOf([] {
    for (int i = 0; i < 500; ++i) {
      EXPECT_THAT(PlanningUnavailable("a", {}, absl::UnavailableError("127.0.0.1: refused")),
                  StatusIs(absl::StatusCode::kUnavailable, "PLANNING_UNAVAILABLE"));
    }
    PlanningLines().TellLeftOut(absl::InfiniteFuture());
  });

  EXPECT_LT(lines["planning_unavailable"], 250);  // Ten, where all fail within a second.
  EXPECT_EQ(lines["planning_unavailable"] + lines["planning_unavailable_lines_left_out"], 500);
}

TEST(PlanningUnavailableTest, TheNextQuestionTellsHowManyLinesWereLeftOut) {
  for (int i = 0; i < 12; ++i) {
    PlanningLines().Take({"planning", absl::StatusCode::kUnavailable, ""},
                         absl::Now() - absl::Hours(1));
  }

  Planning planning;
  auto lines = LinesOf([&planning] {
    AskPlanning<Planning, GetAgencyRequest, GetAgencyResponse>(
        planning, &Planning::GetAgency, {}, {},
        [](const auto& answer) { EXPECT_TRUE(answer.ok()); });
  });

  EXPECT_GT(lines["planning_unavailable_lines_left_out"], 0);
}

}  // namespace
}  // namespace sakip::realization
