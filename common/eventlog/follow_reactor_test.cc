// When a stream of a log makes its messages, and how many it holds. The log is in memory; the
// messages go nowhere.
#include "common/eventlog/follow_reactor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/rpc/metrics.h"
#include "common/rpc/observer.h"
#include "common/testing/status_matchers.h"
#include "sakip/eventlog/v1/event_log_service.pb.h"

namespace sakip::eventlog {
namespace {

using sakip::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Counts messages in place of writing them. The test says when one was written.
class CountedStream final : public FollowStream {
 public:
  CountedStream(EventLog& log, rpc::WorkQueue& work, rpc::Observer& observer, const Clock& clock,
                const std::string& scope = "regions/-")
      : FollowStream(log,
                     std::make_shared<rpc::Admission>(
                         rpc::Call(), method_, 0, rpc::Places(), *authenticator_,
                         /*audit=*/nullptr, work, reading_, observer, clock),
                     ParseScope(scope).value(), 0, &KeepInScope) {}

  using FollowStream::OnWritten;

  std::vector<uint64_t> next_positions;  // Of the messages that were begun to write.
  std::atomic<int> messages_begun{0};    // As many.
  size_t records_held = 0;
  std::promise<grpc::StatusCode> finished;

 private:
  absl::StatusOr<bool> MakeMessage(std::vector<StoredRecord> records) override {
    records_held = records.size();
    return !records.empty();
  }
  void SetPositions(uint64_t next_position, uint64_t) override { next_position_ = next_position; }
  size_t MessageBytes() const override { return 0; }
  void WriteMessage() override {
    next_positions.push_back(next_position_);
    ++messages_begun;
  }
  void DropMessage() override { records_held = 0; }
  void Finish(grpc::Status status) override { finished.set_value(status.error_code()); }

  // What the admission borrows.
  static inline const rpc::Method method_;
  static inline const std::unique_ptr<rpc::Authenticator> authenticator_ =
      rpc::MakeDevAuthenticator();
  static inline rpc::InFlightLimit reading_{
      1, rpc::InertMetrics().AddGauge("sakip_rpc_reading_bytes", "", {})};

  uint64_t next_position_ = 0;
};

class FollowStreamTest : public ::testing::Test {
 protected:
  // Each fills a message.
  void AppendLarge(int count) {
    for (int i = 0; i < count; ++i) {
      const uint64_t end = log_.end_position();
      ASSERT_THAT(AppendNow(log_, TestRequest(absl::StrCat("r", end), end, kTestStream,
                                              {std::string(ReadLimits().bytes, 'x')})),
                  IsOk());
    }
  }

  static void EndCrawler(CountedStream& crawler) {
    std::future<grpc::StatusCode> finished = crawler.finished.get_future();
    crawler.Break(rpc::ShuttingDown());
    crawler.OnWritten(true);
    EXPECT_EQ(finished.get(), grpc::StatusCode::UNAVAILABLE);
  }

  // What the stream ended with; DO_NOT_USE where it does not end.
  grpc::StatusCode Ended() {
    std::future<grpc::StatusCode> finished = stream_.finished.get_future();
    if (finished.wait_for(std::chrono::seconds(60)) != std::future_status::ready) {
      return grpc::StatusCode::DO_NOT_USE;
    }
    return finished.get();
  }

  const SystemClock clock_;
  // The descriptor of a message: the file of the service is linked in only where it is used.
  const rpc::MethodTable methods_ =
      rpc::MethodTable::Create(
          {v1::FollowRecordsRequest::descriptor()->file()->service(0)->full_name()})
          .value();
  rpc::Observer observer_{methods_, rpc::InertMetrics()};
  MemoryEventLog log_;
  rpc::WorkQueue work_{{}};
  CountedStream stream_{log_, work_, observer_, clock_};
};

TEST_F(FollowStreamTest, AFollowerThatDoesNotReadCostsOneMessage) {
  AppendLarge(5);
  stream_.Start();
  AppendLarge(5);

  EXPECT_THAT(stream_.next_positions, ElementsAre(1));
  EXPECT_EQ(stream_.records_held, 1);
  stream_.OnWritten(true);
  EXPECT_THAT(stream_.next_positions, ElementsAre(1, 2));
  EXPECT_EQ(stream_.records_held, 1);

  // What is being written is written before the end.
  stream_.Break(rpc::ShuttingDown());
  stream_.OnWritten(true);
  EXPECT_EQ(Ended(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(stream_.next_positions, ElementsAre(1, 2));
}

TEST_F(FollowStreamTest, AFollowerThatIsUpToDateCostsNoMessage) {
  AppendLarge(1);
  stream_.Start();
  EXPECT_EQ(stream_.records_held, 1);

  stream_.OnWritten(true);

  EXPECT_THAT(stream_.next_positions, ElementsAre(1));
  EXPECT_EQ(stream_.records_held, 0);
  stream_.Break(rpc::ShuttingDown());
  EXPECT_EQ(Ended(), grpc::StatusCode::UNAVAILABLE);
}

// A reader of another agency.
TEST_F(FollowStreamTest, AFollowerTakesTurnsForWhatItReadsForNothing) {
  AppendLarge(3);
  rpc::PrometheusMetrics metrics;
  rpc::WorkQueue work{{.metrics = &metrics}};
  CountedStream crawler(log_, work, observer_, clock_, "regions/35.09/agencies/dinkes");
  crawler.Start();
  while (crawler.messages_begun.load() == 0) std::this_thread::yield();

  EXPECT_THAT(crawler.next_positions, ElementsAre(3));
  EXPECT_THAT(metrics.Text(), HasSubstr("sakip_work_wait_seconds_count 2"));
  EndCrawler(crawler);
}

TEST_F(FollowStreamTest, AFollowerIsToldHowFarALongLogWasReadForNothing) {
  AppendLarge(300);
  CountedStream crawler(log_, work_, observer_, clock_, "regions/35.09/agencies/dinkes");
  crawler.Start();
  while (crawler.messages_begun.load() < 1) std::this_thread::yield();
  crawler.OnWritten(true);
  while (crawler.messages_begun.load() < 2) std::this_thread::yield();

  EXPECT_THAT(crawler.next_positions, ElementsAre(128, 256));
  EndCrawler(crawler);
}

TEST_F(FollowStreamTest, EndsBeforeItStartsWhereItWasBroken) {
  AppendLarge(1);
  stream_.Break(rpc::ShuttingDown());

  stream_.Start();

  EXPECT_EQ(Ended(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_THAT(stream_.next_positions, IsEmpty());
}

}  // namespace
}  // namespace sakip::eventlog
