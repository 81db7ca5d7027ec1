// Appending to the log: beside a file that is synced, the log without what makes it provable, and
// PostgreSQL doing the same durable work.

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/bench/bare_log.h"
#include "tests/bench/bench_log.h"
#include "tests/bench/comparison.h"
#include "tests/bench/load.h"
#include "tests/bench/postgres_peer.h"
#include "tests/bench/synced_file.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

// What is stored, and how PostgreSQL stores the same.
struct Work {
  const char* name;
  size_t payload_bytes;
  size_t disk_bytes;
  size_t rows;  // In PostgreSQL.
};

constexpr Work kEvents = {"events of 500 B", kEventPayloadBytes, kRecordBytes, 1};
constexpr Work kSubmissions = {"submissions of 16 KiB", kSubmissionBytes, kSubmissionBytes,
                               kSubmissionLines};

// PostgreSQL has a process for each client; it is not asked to serve more than this.
constexpr size_t kPostgresClientsMax = 64;

void Compare(const Work& work, size_t in_flight, const Options& options) {
  const Load load = {.in_flight = in_flight, .time = options.time};
  Comparison comparison(absl::StrCat("store: ", work.name, ", ", in_flight, " in flight"), "/s",
                        options);
  SyncedFile file(work.disk_bytes, in_flight);
  const size_t limit =
      comparison.Add("limit: file, append + fdatasync", [&] { return file.Run(options.time); });

  const testing::TempDir bare_directory;
  BareLog bare_log(bare_directory.File("bare"));
  Writers bare_writers(in_flight, work.payload_bytes);
  const size_t bare = comparison.Add("log without HEAD, tree, requests", [&] {
    return RunAsync(load, [&](size_t slot, std::function<void()> done) {
      bare_log.Append(bare_writers.Next(slot), std::move(done));
    });
  });

  BenchLog log;
  Writers writers(in_flight, work.payload_bytes);
  const size_t ours = comparison.Add("event log", [&] {
    return RunAsync(load, [&](size_t slot, std::function<void()> done) {
      AppendNext(*log, writers, slot, std::move(done));
    });
  });
  comparison.Expect({.what = "of the limit", .ours = ours, .beside = {limit}});
  comparison.Expect({.what = "of the log without them",
                     .ours = ours,
                     .beside = {bare},
                     .bound = Bound::kAtLeast,
                     .target = 0.85});
  comparison.Expect({.what = "the same, by CPU second",
                     .ours = ours,
                     .beside = {bare},
                     .measure = Measure::kPerCpu});

  const std::unique_ptr<PostgresPeer> postgres =
      in_flight > kPostgresClientsMax
          ? nullptr
          : PostgresPeer::Connect(options.postgres, in_flight, work.rows,
                                  work.disk_bytes / work.rows);
  if (postgres != nullptr) {
    const size_t peer = comparison.Add("peer: PostgreSQL", [&] {
      return RunThreads(load, [&](size_t slot) { postgres->Insert(slot); });
    });
    comparison.Expect({.what = "to PostgreSQL", .ours = ours, .beside = {peer}});
  }
  comparison.Run();
}

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  using namespace sakip::bench;
  const Options options = ParseOptions(argc, argv);
  for (const Work& work : {kEvents, kSubmissions}) {
    for (const size_t slots : options.in_flight) Compare(work, slots, options);
  }
  return 0;
}
