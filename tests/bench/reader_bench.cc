// What readers cost writers and the server: one that hardly reads, and many that wait.

#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/eventlog/follower.h"
#include "tests/bench/bench_log.h"
#include "tests/bench/calls.h"
#include "tests/bench/comparison.h"
#include "tests/bench/idle_followers.h"
#include "tests/bench/load.h"
#include "tests/bench/log_server.h"
#include "tests/bench/slow_relay.h"
#include "tests/bench/workload.h"

ABSL_FLAG(std::string, follow, "", "Follow the log at this address and do nothing else.");
ABSL_FLAG(size_t, followers, 0, "How often, with --follow.");

namespace sakip::bench {
namespace {

using eventlog::v1::EventLogService;

constexpr size_t kWriters = 64;
constexpr int kFollowersMax = 4096;
constexpr std::chrono::seconds kSlowTime{60};
constexpr double kKibibyte = 1024;

double KibibytesBetween(size_t before, size_t after) {
  return (static_cast<double>(after) - static_cast<double>(before)) / kKibibyte;
}

// Writers, and what the memory grew by meanwhile.
class Run {
 public:
  Run(eventlog::EventLog& log, const Load& load)
      : log_(log), load_(load), writers_(load.in_flight, kEventPayloadBytes, 1, "w") {}

  Sample Write() {
    const size_t before = ResidentBytes();
    const Sample sample = RunAsync(load_, [this](size_t slot, auto done) {
      AppendNext(log_, writers_, slot, std::move(done));
    });
    growth_.push_back(KibibytesBetween(before, ResidentBytes()));
    return sample;
  }

  // What it grew by in the next round, the first one first.
  Sample NextGrowth() { return {.value = growth_[told_++]}; }

 private:
  eventlog::EventLog& log_;
  const Load load_;
  Writers writers_;
  std::vector<double> growth_;
  size_t told_ = 0;
};

Sample WriteBesideSlowReader(Run& run, const std::string& server_address) {
  SlowRelay relay(server_address);
  eventlog::Follower follower(EventLogService::NewStub(OwnConnection(relay.address())),
                              {.source = "bench"},
                              [](const auto&, uint64_t) { return absl::OkStatus(); });
  const Sample sample = run.Write();
  SAKIP_CHECK(relay.passed() > 0);
  return sample;
}

void CompareSlowReader(const Options& options) {
  // Each has a log of its own, with enough in it for a reader to be slow with.
  BenchLog alone_log;
  BenchLog log;
  for (BenchLog* filled : {&alone_log, &log}) Fill(**filled, options.Count(100'000, 2'000));
  const LogServer server(*log);
  const Load load = {.in_flight = kWriters, .time = options.brief ? options.time * 10 : kSlowTime};
  Run alone(*alone_log, load);
  Run beside(*log, load);
  Comparison writing(absl::StrCat("slow reader: ", kWriters, " writers of events of 500 B"),
                     "events/s", options);
  const size_t without = writing.Add("alone", [&] { return alone.Write(); });
  const size_t with = writing.Add("beside a reader of a byte a second",
                                  [&] { return WriteBesideSlowReader(beside, server.address()); });
  writing.Expect({.what = "p99, beside it to alone",
                  .ours = with,
                  .beside = {without},
                  .measure = Measure::kP99,
                  .bound = Bound::kAtMost,
                  .target = 1.2});
  writing.Run();
  Comparison memory("slow reader: growth of memory meanwhile", "KiB", options);
  memory.Add("alone", [&] { return alone.NextGrowth(); });
  memory.Add("beside a reader of a byte a second", [&] { return beside.NextGrowth(); });
  memory.Run();
}

void MeasureIdleFollowers(const Options& options) {
  BenchLog log;
  Fill(*log, 100);
  const size_t count = options.Count(2'000, 50);
  Comparison comparison(absl::StrCat("idle followers: ", count), "KiB", options);
  comparison.Add("memory of the server a follower", [&] {
    const LogServer server(*log, kFollowersMax);
    // The first ones make what is there once.
    const IdleFollowers first(server.address(), kSlotsPerConnection);
    const size_t before = ResidentBytes();
    const IdleFollowers followers(server.address(), count);
    return Sample{.value = KibibytesBetween(before, ResidentBytes()) / static_cast<double>(count)};
  });
  comparison.Run();
}

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  using namespace sakip::bench;
  const Options options = ParseOptions(argc, argv);
  if (const std::string address = absl::GetFlag(FLAGS_follow); !address.empty()) {
    IdleFollowers::Follow(address, absl::GetFlag(FLAGS_followers));
    return 0;
  }
  // First, while memory is as the server alone needs it.
  MeasureIdleFollowers(options);
  CompareSlowReader(options);
  return 0;
}
