// G8: sixteen threads compare and append on fifty streams, --size times in all, on each engine. The
// history of calls and answers is then checked against the log: the log's own order makes the check
// linear.
//
//   lost_update      two successes at one revision of a stream, or a success that is not stored
//   stale_success    a success although the stream was at another revision
//   stale_conflict   a conflict that names a revision which the stream had not at that moment
//   real_time        a call that began after another was answered stands before it
#include <algorithm>
#include <atomic>
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/memory_event_log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/temp_dir.h"
#include "tests/faults/report.h"

namespace sakip::faults {
namespace {

using eventlog::EventLog;

constexpr uint64_t kShortCalls = 20'000;
constexpr int kThreads = 16;
constexpr uint64_t kStreams = 50;

// One compare-and-append. Moments are numbers of one counter: of two moments the earlier has the
// lower one.
struct Call {
  uint64_t stream = 0;
  uint64_t expected_revision = 0;
  uint64_t invoked = 0;
  uint64_t answered = 0;
  bool stored = false;
  uint64_t position = 0;  // Where stored.
  uint64_t revision = 0;  // After it where stored, otherwise the one that the conflict named.
};

std::string StreamName(uint64_t stream) {
  return absl::StrCat("regions/35.09/agencies/a", stream % 7, "/streams/", stream);
}

uint64_t CurrentRevision(const absl::Status& conflict) {
  uint64_t revision = std::numeric_limits<uint64_t>::max();
  for (const ErrorFact& fact : ErrorFacts(conflict)) {
    if (fact.key == "current_revision") SAKIP_CHECK(absl::SimpleAtoi(fact.value, &revision));
  }
  return revision;
}

class RaceCampaign {
 public:
  RaceCampaign(EventLog& log, const Arguments& arguments, Report& report)
      : log_(log), arguments_(arguments), report_(report) {}

  void Run() {
    std::vector<std::vector<Call>> calls(kThreads);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([this, thread, &calls] { Race(thread, calls[thread]); });
    }
    for (std::thread& thread : threads) thread.join();
    for (const auto& some : calls) calls_.insert(calls_.end(), some.begin(), some.end());
    CheckStored();
    CheckStreams();
    CheckRealTime();
  }

 private:
  void Race(int thread, std::vector<Call>& calls) {
    std::mt19937_64 random(arguments_.seed * kThreads + static_cast<uint64_t>(thread));
    for (uint64_t i = 0; i < arguments_.size / kThreads; ++i) {
      Call call = {.stream = random() % kStreams};
      const auto revision = log_.StreamRevision(StreamName(call.stream));
      SAKIP_CHECK(revision.ok());
      // Now and then a revision that is surely old.
      call.expected_revision = random() % 16 == 0 ? *revision / 2 : *revision;
      const auto request = eventlog::TestRequest(absl::StrCat("t", thread, "-", i),
                                                 call.expected_revision, StreamName(call.stream));
      call.invoked = ++moment_;
      const auto result = AppendNow(log_, request);
      call.answered = ++moment_;
      call.stored = result.ok();
      if (result.ok()) {
        call.position = result->first_position;
        call.revision = result->stream_revision;
      } else if (ErrorReason(result.status()) == "REVISION_CONFLICT") {
        call.revision = CurrentRevision(result.status());
      } else {
        report_.Violation("wrong", result.status().ToString());
        return;
      }
      calls.push_back(call);
    }
  }

  // Each success is where its answer says, and nothing else is stored.
  void CheckStored() {
    const auto records = eventlog::ReadAll(log_, {.records = 10'000, .bytes = 1 << 20});
    if (!records.ok() || !eventlog::CheckHistory(*records).ok()) {
      return report_.Violation("wrong", "the log does not hold together");
    }
    uint64_t stored = 0;
    for (const Call& call : calls_) {
      if (!call.stored) continue;
      ++stored;
      const auto record = call.position < records->size()
                              ? eventlog::ParseRecord((*records)[call.position])
                              : absl::OutOfRangeError("beyond the log");
      if (!record.ok() || record->stream() != StreamName(call.stream) ||
          record->stream_revision() != call.revision) {
        report_.Violation("lost_update", absl::StrCat("position ", call.position));
      }
    }
    if (stored != records->size()) {
      report_.Violation("lost_update", absl::StrCat(records->size(), " records, ", stored, " OK"));
    }
    report_.Count("calls", calls_.size());
    report_.Count("stored", stored);
    report_.Count("conflicts", calls_.size() - stored);
  }

  // In each stream: one success a revision, and conflicts only with revisions of their time.
  void CheckStreams() {
    std::map<uint64_t, std::map<uint64_t, const Call*>> winners;  // By stream, expected revision.
    for (const Call& call : calls_) {
      if (!call.stored) continue;
      if (!winners[call.stream].emplace(call.expected_revision, &call).second) {
        report_.Violation("lost_update", absl::StrCat("twice at ", call.expected_revision));
      }
      if (call.revision != call.expected_revision + 1) {
        report_.Violation("stale_success", absl::StrCat("position ", call.position));
      }
    }
    for (const Call& call : calls_) {
      if (call.stored) continue;
      const auto& stream = winners[call.stream];
      // The revision that it names was reached before the answer, and was not left before the call.
      const auto reached = call.revision == 0 ? stream.end() : stream.find(call.revision - 1);
      const auto left = stream.find(call.revision);
      const bool too_early = call.revision > 0 &&
                             (reached == stream.end() || reached->second->invoked > call.answered);
      const bool too_late = left != stream.end() && left->second->answered < call.invoked;
      if (too_early || too_late || call.revision == call.expected_revision) {
        report_.Violation("stale_conflict", absl::StrCat("revision ", call.revision));
      }
    }
  }

  void CheckRealTime() {
    std::vector<const Call*> in_order;
    for (const Call& call : calls_) {
      if (call.stored) in_order.push_back(&call);
    }
    std::sort(in_order.begin(), in_order.end(),
              [](const Call* a, const Call* b) { return a->position > b->position; });
    uint64_t answered_min = std::numeric_limits<uint64_t>::max();  // Of all at later positions.
    for (const Call* call : in_order) {
      if (answered_min < call->invoked) {
        report_.Violation("real_time", absl::StrCat("position ", call->position));
      }
      answered_min = std::min(answered_min, call->answered);
    }
  }

  EventLog& log_;
  const Arguments arguments_;
  Report& report_;
  std::atomic<uint64_t> moment_ = 0;
  std::vector<Call> calls_;
};

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  namespace faults = sakip::faults;
  const auto arguments = faults::ParseArguments(argc, argv, faults::kShortCalls);
  faults::Report report("G8", arguments,
                        {"lost_update", "stale_success", "stale_conflict", "real_time", "wrong"});
  sakip::eventlog::MemoryEventLog memory;
  faults::RaceCampaign(memory, arguments, report).Run();
  sakip::testing::TempDir folder;
  auto rocks = sakip::eventlog::RocksEventLog::Open({.directory = folder.path()});
  SAKIP_CHECK(rocks.ok());
  faults::RaceCampaign(**rocks, arguments, report).Run();
  return report.Finish();
}
