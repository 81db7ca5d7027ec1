#include "common/eventlog/scrubber.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"

namespace sakip::eventlog {
namespace {

// A store whose second record is damaged.
class DamagedStore final : public RecordStore {
 public:
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view) const override { return 2; }
  absl::StatusOr<AgencyHead> Agency(absl::string_view) const override { return AgencyHead(); }
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view,
                                                    absl::string_view) const override {
    return std::nullopt;
  }
  absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const override {
    return RecordDamaged(position, "for a test");
  }
  absl::StatusOr<merkle::Hash> Node(const merkle::NodeId&) const override { return merkle::Hash(); }
  absl::StatusOr<std::vector<StoredRecord>> Read(uint64_t from, uint64_t,
                                                 const ReadLimits&) const override {
    return RecordDamaged(from, "for a test");
  }
  absl::Status Write(const SequencedBatch&) override { return absl::OkStatus(); }
};

// What a scrub found.
using Found = std::pair<absl::Status, uint64_t>;

Found FirstScrub(const EventLog& log) {
  auto found = std::make_shared<std::promise<Found>>();
  auto first = found->get_future();
  const Scrubber scrubber(
      log, {.share = 1, .on_done = [found](const absl::Status& result, uint64_t records) {
              found->set_value({result, records});
            }});
  if (first.wait_for(std::chrono::minutes(1)) != std::future_status::ready) {
    return {absl::DeadlineExceededError("no scrub within a minute"), 0};
  }
  return first.get();
}

TEST(Scrubber, FindsAHealthyLogHealthy) {
  MemoryEventLog log;
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(AppendNow(log, TestRequest(absl::StrCat("r", i), i)).ok());
  }

  const Found found = FirstScrub(log);

  EXPECT_TRUE(found.first.ok()) << found.first;
  EXPECT_EQ(found.second, 10u);
}

TEST(Scrubber, NamesWhatIsDamaged) {
  LogHead head;
  for (int i = 0; i < 3; ++i) head.tree.Append(merkle::HashLeaf("any"));
  const SequencedEventLog log(std::make_unique<DamagedStore>(), head, {});

  EXPECT_EQ(ErrorReason(FirstScrub(log).first), "RECORD_DAMAGED");
}

TEST(Scrubber, ScrubsAgain) {
  MemoryEventLog log;
  std::promise<void> twice;
  int scrubs = 0;
  const Scrubber scrubber(
      log, {.interval = absl::ZeroDuration(), .on_done = [&](const absl::Status&, uint64_t) {
              if (++scrubs == 2) twice.set_value();
            }});
  EXPECT_EQ(twice.get_future().wait_for(std::chrono::minutes(1)), std::future_status::ready);
}

TEST(Scrubber, StopsInTheMiddle) {
  MemoryEventLog log;
  ASSERT_TRUE(AppendNow(log, TestRequest("r", 0)).ok());
  // Would take for ever: of the time it needs it may have next to nothing.
  const Scrubber scrubber(log, {.share = 1e-12});
}

}  // namespace
}  // namespace sakip::eventlog
