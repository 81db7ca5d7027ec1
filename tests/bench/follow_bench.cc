// Following a log over gRPC: catching up, and how soon a new record is there.

#include <functional>
#include <future>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/mutex.h"
#include "common/eventlog/follower.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "tests/bench/bench_log.h"
#include "tests/bench/calls.h"
#include "tests/bench/comparison.h"
#include "tests/bench/load.h"
#include "tests/bench/log_server.h"
#include "tests/bench/record_scan.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

using eventlog::Follower;
using eventlog::StoredRecord;
using eventlog::v1::EventLogService;

void Parse(const std::vector<StoredRecord>& records, eventlog::v1::Record& record) {
  for (const StoredRecord& stored : records) SAKIP_CHECK(record.ParseFromString(stored.record));
}

Sample ScanAndParse(const RecordScan& scan, uint64_t expected) {
  const Stopwatch stopwatch;
  SAKIP_CHECK(scan.Run() == expected);
  return stopwatch.Stop(static_cast<double>(expected));
}

// As a service does when it starts.
Sample Replay(const eventlog::EventLog& log) {
  const Stopwatch stopwatch;
  eventlog::v1::Record record;
  uint64_t position = 0;
  while (position < log.end_position()) {
    const auto read = log.Read(position, {.records = 4096, .bytes = 1024 * 1024});
    SAKIP_CHECK(read.ok());
    Parse(read->records, record);
    position = read->next_position;
  }
  return stopwatch.Stop(static_cast<double>(position));
}

Sample FollowToEnd(const std::string& address, uint64_t end) {
  const Stopwatch stopwatch;
  eventlog::v1::Record record;
  std::promise<void> at_end;
  Follower follower(EventLogService::NewStub(OwnConnection(address)), {.source = "bench"},
                    [&](const std::vector<StoredRecord>& records, uint64_t next_position) {
                      Parse(records, record);
                      if (next_position == end) at_end.set_value();
                      return absl::OkStatus();
                    });
  at_end.get_future().wait();
  return stopwatch.Stop(static_cast<double>(end));
}

void CompareCatchUp(BenchLog& log, const std::string& address, const Options& options) {
  const uint64_t end = log->end_position();
  Comparison comparison(absl::StrCat("follow: catching up on ", end, " events of 500 B"),
                        "events/s", options);
  const RecordScan scan(log.directory());
  const size_t limit = comparison.Add("limit: RocksDB scan and parse, 1 thread",
                                      [&] { return ScanAndParse(scan, end); });
  comparison.Add("replay in the process: verified, parsed", [&] { return Replay(*log); });
  const size_t ours = comparison.Add("follower over gRPC: verified, parsed",
                                     [&] { return FollowToEnd(address, end); });
  comparison.Expect({.what = "follower to scan and parse",
                     .ours = ours,
                     .beside = {limit},
                     .bound = Bound::kAtLeast,
                     .target = 0.80});
  comparison.Expect({.what = "the same, by CPU second",
                     .ours = ours,
                     .beside = {limit},
                     .measure = Measure::kPerCpu});
  comparison.Run();
}

// Calls back when a record is seen. Thread-safe.
class Sight {
 public:
  void Expect(std::function<void()> seen) {
    MutexLock lock(mutex_);
    seen_ = std::move(seen);
  }
  void Seen() {
    std::function<void()> seen;
    {
      MutexLock lock(mutex_);
      seen = std::exchange(seen_, nullptr);
    }
    if (seen) seen();
  }

 private:
  Mutex mutex_;
  std::function<void()> seen_ ABSL_GUARDED_BY(mutex_);
};

void CompareLatency(const Options& options) {
  BenchLog log;
  const LogServer server(*log);
  Writers writers(1, kEventPayloadBytes);
  Sight sight;
  Follower follower(EventLogService::NewStub(OwnConnection(server.address())), {.source = "bench"},
                    [&](const std::vector<StoredRecord>&, uint64_t) {
                      sight.Seen();
                      return absl::OkStatus();
                    });
  const Load load = {.in_flight = 1, .time = options.time};
  Comparison comparison("follow: one event at a time, one follower", "events/s", options);
  const size_t answered = comparison.Add("append to answer", [&] {
    return RunAsync(
        load, [&](size_t slot, auto done) { AppendNext(*log, writers, slot, std::move(done)); });
  });
  const size_t seen = comparison.Add("append to follower", [&] {
    while (follower.next_position() < log->end_position()) std::this_thread::yield();
    return RunAsync(load, [&](size_t slot, auto done) {
      sight.Expect(std::move(done));
      AppendNext(*log, writers, slot, [] {});
    });
  });
  comparison.Expect({.what = "p50, follower to answer",
                     .ours = seen,
                     .beside = {answered},
                     .measure = Measure::kP50});
  comparison.Run();
}

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  using namespace sakip::bench;
  const Options options = ParseOptions(argc, argv);
  BenchLog log;
  Fill(*log, options.Count(1'000'000, 5'000));
  const LogServer server(*log);
  CompareCatchUp(log, server.address(), options);
  CompareLatency(options);
  return 0;
}
