#include "common/eventlog/execute.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/status_matchers.h"

namespace sakip::eventlog {
namespace {

using absl::StatusCode;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;

class ExecuteTest : public ::testing::Test {
 protected:
  // The command that TestRequest(request_id) is the append of.
  Command MakeCommand(const std::string& request_id,
                      std::function<absl::StatusOr<Decision>()> decide) {
    const AppendRequest request = TestRequest(request_id);
    return {.agency = kTestAgency,
            .request_id = request.request_id,
            .request_digest = request.request_digest,
            .decide = std::move(decide)};
  }

  static Decision Decide(uint64_t expected_revision) {
    AppendRequest request = TestRequest("any");
    return {kTestStream, expected_revision, "office", std::move(request.events)};
  }

  absl::StatusOr<AppendResult> Run(Command command) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<AppendResult>>>();
    FutureAnswer answer = promise->get_future();
    Execute(log_, std::move(command), [promise](absl::StatusOr<AppendResult> result) {
      promise->set_value(std::move(result));  // A second call would throw.
    });
    return Wait(answer);
  }

  MemoryEventLog log_;
};

TEST_F(ExecuteTest, StoresWhatIsDecided) {
  const auto result = Run(MakeCommand("r1", [] { return Decide(0); }));

  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(result->first_position, 0);
  EXPECT_EQ(result->stream_revision, 1);
  EXPECT_FALSE(result->repeated);
  EXPECT_EQ(log_.end_position(), 1);
}

TEST_F(ExecuteTest, ARepeatIsAnsweredBeforeItIsDecided) {
  ASSERT_THAT(Run(MakeCommand("r1", [] { return Decide(0); })), IsOk());

  const auto again = Run(MakeCommand("r1", []() -> absl::StatusOr<Decision> {
    ADD_FAILURE() << "decided again";
    return absl::FailedPreconditionError("no longer so");
  }));

  ASSERT_THAT(again, IsOk());
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->first_position, 0);
  EXPECT_EQ(log_.end_position(), 1);
}

TEST_F(ExecuteTest, AReusedRequestIdIsRefusedBeforeItIsDecided) {
  ASSERT_THAT(AppendNow(log_, TestRequest("r1")), IsOk());
  Command command = MakeCommand("r1", [] {
    ADD_FAILURE() << "decided";
    return Decide(1);
  });
  command.request_digest = std::string(32, 'x');

  EXPECT_THAT(Run(std::move(command)), StatusIs(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
  EXPECT_EQ(log_.end_position(), 1);
}

TEST_F(ExecuteTest, AnErrorOfTheDecisionIsTheAnswer) {
  EXPECT_THAT(Run(MakeCommand("r1",
                              []() -> absl::StatusOr<Decision> {
                                return MakeError(StatusCode::kNotFound, "AGENCY_NOT_FOUND", "");
                              })),
              StatusIs(StatusCode::kNotFound, "AGENCY_NOT_FOUND"));
  EXPECT_EQ(log_.end_position(), 0);
}

TEST_F(ExecuteTest, DecidesAgainWhereAnotherWriterWasFaster) {
  int decisions = 0;

  const auto result = Run(MakeCommand("r1", [&] {
    // Stored between the decision and its append.
    if (++decisions == 1) {
      EXPECT_THAT(AppendNow(log_, TestRequest("other")), IsOk());
    }
    return Decide(decisions - 1);
  }));

  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(decisions, 2);
  EXPECT_EQ(result->stream_revision, 2);
  EXPECT_FALSE(result->repeated);
}

TEST_F(ExecuteTest, ADecisionThatAConcurrentRepeatMadeWrongIsTheRepeat) {
  int decisions = 0;

  // Its first sending is stored meanwhile; what it asks for is then no longer possible.
  const auto result = Run(MakeCommand("r1", [&]() -> absl::StatusOr<Decision> {
    ++decisions;
    EXPECT_THAT(AppendNow(log_, TestRequest("r1")), IsOk());
    return MakeError(StatusCode::kAborted, "REVISION_CONFLICT", "");
  }));

  ASSERT_THAT(result, IsOk());
  EXPECT_TRUE(result->repeated);
  EXPECT_EQ(decisions, 1);
  EXPECT_EQ(log_.end_position(), 1);
}

TEST_F(ExecuteTest, AnAppendThatAConcurrentRepeatOvertookIsTheRepeat) {
  int decisions = 0;

  const auto result = Run(MakeCommand("r1", [&] {
    ++decisions;
    EXPECT_THAT(AppendNow(log_, TestRequest("r1")), IsOk());
    return Decide(0);
  }));

  ASSERT_THAT(result, IsOk());
  EXPECT_TRUE(result->repeated);
  EXPECT_EQ(decisions, 1);
  EXPECT_EQ(log_.end_position(), 1);
}

TEST_F(ExecuteTest, GivesUpAfterSoManyLostRaces) {
  int decisions = 0;

  const auto result = Run(MakeCommand("r1", [&] {
    ++decisions;
    return Decide(7);  // Never right.
  }));

  // Not the conflict of the stream, whose revision means nothing to the caller.
  EXPECT_THAT(result, StatusIs(StatusCode::kResourceExhausted, "OVERLOADED"));
  EXPECT_EQ(decisions, kAttemptsMax);
  EXPECT_EQ(log_.end_position(), 0);
}

TEST_F(ExecuteTest, AnErrorOfTheAppendIsTheAnswer) {
  int decisions = 0;

  const auto result = Run(MakeCommand("r1", [&] {
    ++decisions;
    Decision decision = Decide(0);
    decision.events.clear();
    return decision;
  }));

  EXPECT_THAT(result, StatusIs(StatusCode::kInvalidArgument, "INVALID_FIELD"));
  EXPECT_EQ(decisions, 1);
}

// Each decides on the state that the observer has made, as the services do, and retries where it is
// asked to.
TEST_F(ExecuteTest, ManyWritersOfOneStreamAllGetThrough) {
  constexpr int kWriters = 8;
  constexpr int kWrites = 25;
  std::atomic<uint64_t> revision = 0;
  ASSERT_THAT(log_.Observe([&](uint64_t, const StoredRecord&) { ++revision; }), IsOk());
  std::vector<std::thread> writers;

  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kWrites; ++i) {
        const auto write = [&] {
          return Run(
              MakeCommand(absl::StrCat(writer, ".", i), [&] { return Decide(revision.load()); }));
        };
        auto result = write();
        while (absl::IsResourceExhausted(result.status())) result = write();
        EXPECT_THAT(result, IsOk());
        EXPECT_FALSE(result->repeated);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();

  EXPECT_EQ(log_.end_position(), kWriters * kWrites);
}

}  // namespace
}  // namespace sakip::eventlog
