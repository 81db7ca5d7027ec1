#include "common/eventlog/follower.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"

namespace sakip::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Waits until `condition` holds; false after a minute. It looks again every millisecond, because
// what is waited for here (a position, a cancelled call) tells nobody when it changes.
bool Eventually(const std::function<bool()>& condition) {
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  Mutex mutex;
  ConditionVariable step;
  MutexLock lock(mutex);
  while (!condition()) {
    if (absl::Now() > deadline) return false;
    step.wait_for(mutex, std::chrono::milliseconds(1));
  }
  return true;
}

// A call as the server saw it, and what it answers: messages, then an end or a stream left open.
struct Script {
  std::vector<v1::FollowRecordsResponse> messages;
  std::optional<grpc::Status> end;  // Open until cancelled where empty.
};

// Serves one script a call; the last one for all later calls.
class ScriptedService final : public v1::EventLogService::Service {
 public:
  explicit ScriptedService(std::deque<Script> scripts) : scripts_(std::move(scripts)) {}

  grpc::Status FollowRecords(grpc::ServerContext* context, const v1::FollowRecordsRequest* request,
                             grpc::ServerWriter<v1::FollowRecordsResponse>* writer) override {
    Script script;
    {
      MutexLock lock(mutex_);
      froms_.push_back(request->from_position());
      scopes_.push_back(request->scope());
      script = scripts_.front();
      if (scripts_.size() > 1) scripts_.pop_front();
    }
    for (const auto& message : script.messages) writer->Write(message);
    if (script.end.has_value()) return *script.end;
    EXPECT_TRUE(Eventually([&] { return context->IsCancelled(); }));
    return grpc::Status::CANCELLED;
  }

  std::vector<uint64_t> froms() const {
    MutexLock lock(mutex_);
    return froms_;
  }
  std::vector<std::string> scopes() const {
    MutexLock lock(mutex_);
    return scopes_;
  }

 private:
  mutable Mutex mutex_;
  std::deque<Script> scripts_ ABSL_GUARDED_BY(mutex_);
  std::vector<uint64_t> froms_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::string> scopes_ ABSL_GUARDED_BY(mutex_);
};

class FollowerTest : public ::testing::Test {
 protected:
  FollowerTest() {
    MemoryEventLog log;
    const std::vector<std::string> payloads = {"0", "1", "2", "3", "4", "5"};
    EXPECT_TRUE(AppendNow(log, TestRequest("r", 0, kTestStream, payloads)).ok());
    records_ = *ReadAll(log);
  }
  ~FollowerTest() override {
    follower_ = nullptr;
    if (server_ != nullptr) server_->Shutdown();
  }

  // A message with records begin..end-1.
  v1::FollowRecordsResponse Message(size_t begin, size_t end, uint64_t next, uint64_t log_end) {
    v1::FollowRecordsResponse message;
    for (size_t i = begin; i < end; ++i) {
      message.add_records()->set_record(records_[i].record);
      message.mutable_records()->rbegin()->set_leaf_hash(records_[i].leaf_hash);
    }
    message.set_next_position(next);
    message.set_end_position(log_end);
    return message;
  }

  void Serve(std::deque<Script> scripts) {
    service_ = std::make_unique<ScriptedService>(std::move(scripts));
    grpc::ServerBuilder builder;
    builder.RegisterService(service_.get());
    server_ = builder.BuildAndStart();
  }

  void Follow(FollowerOptions options = {}) {
    options.source = "test";
    options.backoff_min = absl::Milliseconds(1);
    options.backoff_max = absl::Milliseconds(4);
    follower_ = std::make_unique<Follower>(
        v1::EventLogService::NewStub(server_->InProcessChannel({})), options,
        [this](const std::vector<StoredRecord>& records, uint64_t next_position) {
          return Apply(records, next_position);
        });
  }

  absl::Status Apply(const std::vector<StoredRecord>& records, uint64_t next_position) {
    MutexLock lock(mutex_);
    if (refusals_ > 0) {
      --refusals_;
      return absl::UnavailableError("not now");
    }
    for (const StoredRecord& record : records) applied_.push_back(PositionOf(record.record));
    nexts_.push_back(next_position);
    return absl::OkStatus();
  }

  std::vector<uint64_t> applied() {
    MutexLock lock(mutex_);
    return applied_;
  }
  bool Reaches(uint64_t position) {
    return Eventually([&] { return follower_->next_position() == position; });
  }

  std::vector<StoredRecord> records_;
  Mutex mutex_;
  int refusals_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<uint64_t> applied_ ABSL_GUARDED_BY(mutex_);
  std::vector<uint64_t> nexts_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<ScriptedService> service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Follower> follower_;
};

TEST_F(FollowerTest, AppliesWhatComesInOrderAndKnowsTheLag) {
  Serve({{{Message(0, 2, 2, 9), Message(2, 5, 5, 9)}, std::nullopt}});
  Follow();

  ASSERT_TRUE(Reaches(5));
  EXPECT_THAT(applied(), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_EQ(follower_->end_position(), 9u);
  EXPECT_TRUE(follower_->connected());
  EXPECT_TRUE(follower_->last_error().ok());
}

TEST_F(FollowerTest, AsksFromItsPositionWithItsScope) {
  Serve({{{Message(4, 6, 6, 6)}, std::nullopt}});
  Follow({.source = "test", .from_position = 4});

  ASSERT_TRUE(Reaches(6));
  EXPECT_THAT(service_->froms(), ElementsAre(4));
  EXPECT_THAT(service_->scopes(), ElementsAre("regions/-"));
}

TEST_F(FollowerTest, TakesPositionsThatItMayNotSee) {
  Serve({{{Message(1, 2, 3, 6), Message(0, 0, 5, 6)}, std::nullopt}});
  Follow();

  ASSERT_TRUE(Reaches(5));
  EXPECT_THAT(applied(), ElementsAre(1));
  MutexLock lock(mutex_);
  EXPECT_THAT(nexts_, ElementsAre(3, 5));
}

TEST_F(FollowerTest, LearnsThatItIsUpToDateFromAnEmptyMessage) {
  Serve({{{Message(0, 0, 0, 0)}, std::nullopt}});
  Follow();

  EXPECT_TRUE(Eventually([&] { return follower_->connected(); }));
  EXPECT_TRUE(applied().empty());
}

TEST_F(FollowerTest, ComesBackWhereItWasAfterABreak) {
  Serve({{{Message(0, 2, 2, 6)}, grpc::Status(grpc::StatusCode::UNAVAILABLE, "stops")},
         {{}, grpc::Status(grpc::StatusCode::UNAVAILABLE, "away")},
         {{}, grpc::Status(grpc::StatusCode::UNAVAILABLE, "away")},
         {{Message(2, 6, 6, 6)}, std::nullopt}});
  Follow();

  ASSERT_TRUE(Reaches(6));
  EXPECT_THAT(applied(), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(service_->froms(), ElementsAre(0, 2, 2, 2));
}

TEST_F(FollowerTest, RenewsAStreamThatReachesItsDeadline) {
  Serve({{{Message(0, 2, 2, 6)}, std::nullopt}, {{Message(2, 6, 6, 6)}, std::nullopt}});
  Follow({.source = "test", .stream_time_max = absl::Milliseconds(200)});

  ASSERT_TRUE(Reaches(6));
  EXPECT_THAT(applied(), ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST_F(FollowerTest, TellsWhyItDoesNotGoOn) {
  Serve({{{}, grpc::Status(grpc::StatusCode::OUT_OF_RANGE, "ahead")}});
  Follow({.source = "test", .from_position = 100});

  EXPECT_TRUE(Eventually([&] { return !follower_->last_error().ok(); }));
  EXPECT_EQ(follower_->last_error().code(), absl::StatusCode::kOutOfRange);
  EXPECT_FALSE(follower_->connected());
}

TEST_F(FollowerTest, HandsOnAgainWhatWasRefused) {
  Serve({{{Message(0, 2, 2, 6)}, std::nullopt}});
  {
    MutexLock lock(mutex_);
    refusals_ = 3;
  }
  Follow();

  ASSERT_TRUE(Reaches(2));
  EXPECT_THAT(applied(), ElementsAre(0, 1));
  EXPECT_THAT(service_->froms(), ElementsAre(0, 0, 0, 0));
}

TEST_F(FollowerTest, DoesNotApplyADamagedRecord) {
  v1::FollowRecordsResponse damaged = Message(0, 2, 2, 6);
  damaged.mutable_records(1)->mutable_record()->back() ^= 1;
  Serve({{{damaged}, std::nullopt}});
  Follow();

  EXPECT_TRUE(Eventually([&] { return !follower_->last_error().ok(); }));
  EXPECT_EQ(follower_->last_error().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(applied().empty());
  EXPECT_EQ(follower_->next_position(), 0u);
}

TEST_F(FollowerTest, DoesNotApplyRecordsOutOfOrder) {
  v1::FollowRecordsResponse swapped = Message(0, 2, 2, 6);
  swapped.mutable_records()->SwapElements(0, 1);
  v1::FollowRecordsResponse beyond = Message(0, 2, 1, 6);
  v1::FollowRecordsResponse ahead_of_end = Message(0, 2, 2, 1);
  for (const auto& wrong : {swapped, beyond, ahead_of_end}) {
    follower_ = nullptr;
    if (server_ != nullptr) server_->Shutdown();
    Serve({{{wrong}, std::nullopt}});
    Follow();

    EXPECT_TRUE(Eventually([&] { return !follower_->last_error().ok(); }));
    EXPECT_EQ(follower_->last_error().code(), absl::StatusCode::kDataLoss);
    EXPECT_TRUE(applied().empty());
  }
}

TEST_F(FollowerTest, DoesNotGoBack) {
  Serve({{{Message(0, 4, 4, 6), Message(2, 6, 6, 6)}, std::nullopt}});
  Follow();

  EXPECT_TRUE(Eventually([&] { return !follower_->last_error().ok(); }));
  EXPECT_THAT(applied(), ElementsAre(0, 1, 2, 3));
}

TEST_F(FollowerTest, StopsAnOpenStreamAndAWaitPromptly) {
  Serve({{{Message(0, 2, 2, 6)}, std::nullopt}});
  Follow();
  ASSERT_TRUE(Reaches(2));
  const absl::Time start = absl::Now();
  follower_->Stop();
  follower_->Stop();
  EXPECT_LT(absl::Now() - start, absl::Seconds(30));

  // And one that waits for an hour before it tries again.
  Follower waiting(v1::EventLogService::NewStub(grpc::CreateChannel(
                       "unix:/nonexistent", grpc::InsecureChannelCredentials())),
                   {.source = "test", .backoff_min = absl::Hours(1), .backoff_max = absl::Hours(1)},
                   [](const auto&, uint64_t) { return absl::OkStatus(); });
  EXPECT_TRUE(Eventually([&] { return !waiting.last_error().ok(); }));
  waiting.Stop();
  EXPECT_LT(absl::Now() - start, absl::Seconds(30));
}

TEST_F(FollowerTest, ShowsItsLagAndWhetherTheSourceAnswers) {
  rpc::PrometheusMetrics metrics;
  Serve({{{Message(0, 2, 2, 6)}, std::nullopt}});
  FollowerOptions options;
  options.metrics = &metrics;
  Follow(options);

  EXPECT_TRUE(Reaches(2));
  EXPECT_TRUE(Eventually([&] {
    return absl::StrContains(metrics.Text(), "sakip_follower_lag_records{source=\"test\"} 4\n");
  })) << metrics.Text();
  EXPECT_THAT(metrics.Text(), HasSubstr("sakip_follower_connected{source=\"test\"} 1\n"));
  follower_->Stop();
  EXPECT_THAT(metrics.Text(), HasSubstr("sakip_follower_connected{source=\"test\"} 0\n"));
}

}  // namespace
}  // namespace sakip::eventlog
