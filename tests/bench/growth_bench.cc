// What appending and reading cost when the log is ten times as large.

#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/bench/bench_log.h"
#include "tests/bench/comparison.h"
#include "tests/bench/load.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

constexpr size_t kInFlight = 64;
constexpr size_t kTimes = 10;

void Expect(Comparison& comparison, size_t small, size_t large) {
  comparison.Expect({.what = "of the small log",
                     .ours = large,
                     .beside = {small},
                     .bound = Bound::kAtLeast,
                     .target = 0.90});
  comparison.Run();
}

// Slots of their own, so that their streams are not those that filled the log.
Sample Append(eventlog::EventLog& log, Writers& writers, const Options& options) {
  return RunAsync({.in_flight = kInFlight, .time = options.time},
                  [&](size_t slot, auto done) { AppendNext(log, writers, slot, std::move(done)); });
}

// Batches as a follower gets them, from anywhere.
Sample Read(const eventlog::EventLog& log, const Options& options) {
  std::mt19937_64 random(1);
  const uint64_t end = log.end_position();
  return RunThreads({.in_flight = 1, .time = options.time}, [&](size_t) {
    SAKIP_CHECK(log.Read(random() % end, eventlog::ReadLimits()).ok());
  });
}

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  using namespace sakip::bench;
  const Options options = ParseOptions(argc, argv);
  const size_t events = options.Count(200'000, 1'000);
  BenchLog small;
  BenchLog large;
  Fill(*small, events);
  Fill(*large, events * kTimes);
  const std::string small_name = absl::StrCat("log of ", events, " events");
  const std::string large_name = absl::StrCat("log of ", events * kTimes, " events");

  Writers small_writers(kInFlight, kEventPayloadBytes, 1, "grown");
  Writers large_writers(kInFlight, kEventPayloadBytes, 1, "grown");
  Comparison appends("growth: events of 500 B, 64 in flight", "events/s", options);
  size_t at_small = appends.Add(small_name, [&] { return Append(*small, small_writers, options); });
  size_t at_large = appends.Add(large_name, [&] { return Append(*large, large_writers, options); });
  Expect(appends, at_small, at_large);

  Comparison reads("growth: reads of 64 KiB from anywhere, 1 reader", "reads/s", options);
  at_small = reads.Add(small_name, [&] { return Read(*small, options); });
  at_large = reads.Add(large_name, [&] { return Read(*large, options); });
  Expect(reads, at_small, at_large);
  return 0;
}
