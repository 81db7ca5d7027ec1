#include "common/eventlog/sequenced_event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/eventlog/testing/event_log_test_support.h"

namespace sakip::eventlog {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A store that holds nothing and whose writes all fail; it counts them.
class FailingStore final : public RecordStore {
 public:
  explicit FailingStore(std::atomic<int>& writes) : writes_(writes) {}

  absl::StatusOr<uint64_t> StreamRevision(absl::string_view) const override { return 0; }
  absl::StatusOr<AgencyHead> Agency(absl::string_view) const override { return AgencyHead(); }
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view,
                                                    absl::string_view) const override {
    return std::nullopt;
  }
  absl::StatusOr<StoredRecord> RecordAt(uint64_t) const override { return StoredRecord(); }
  absl::StatusOr<std::vector<StoredRecord>> Read(uint64_t, uint64_t,
                                                 const ReadLimits&) const override {
    return std::vector<StoredRecord>();
  }
  absl::StatusOr<merkle::Hash> Node(const merkle::NodeId&) const override { return merkle::Hash(); }
  absl::Status Write(const SequencedBatch&) override {
    ++writes_;
    return absl::UnavailableError("IO error: /srv/sakip/000012.log");
  }

 private:
  std::atomic<int>& writes_;
};

// An engine may forget that a sync failed and store the next group; the log must not ask it.
TEST(SequencedEventLog, NeverWritesAgainAfterAFailedWrite) {
  std::atomic<int> writes = 0, stops = 0;
  {
    SequencedEventLog log(std::make_unique<FailingStore>(writes), LogHead(),
                          {.on_stopped = [&](const absl::Status&) { ++stops; }});
    for (const char* id : {"r0", "r1", "r0"}) {
      const absl::Status stopped = AppendNow(log, TestRequest(id)).status();
      EXPECT_EQ(ErrorReason(stopped), "LOG_STOPPED");
      EXPECT_THAT(std::string(stopped.message()), Not(HasSubstr("/srv"))) << "told to callers";
    }
    EXPECT_EQ(log.end_position(), 0u);
  }

  EXPECT_EQ(writes, 1);
  EXPECT_EQ(stops, 1);
}

TEST(SequencedEventLog, StoresNothingAfterItsDeadline) {
  std::atomic<int> writes = 0;
  SequencedEventLog log(std::make_unique<FailingStore>(writes), LogHead(), {});
  AppendRequest late = TestRequest("r0");
  late.deadline = absl::Now() - absl::Seconds(1);

  EXPECT_EQ(ErrorReason(AppendNow(log, late).status()), "DEADLINE_PASSED");
  EXPECT_EQ(writes, 0);
}

}  // namespace
}  // namespace sakip::eventlog
