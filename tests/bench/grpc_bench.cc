// Submitting quarters over gRPC with all checks, beside an echo of the same bytes.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/bench/calls.h"
#include "tests/bench/comparison.h"
#include "tests/bench/load.h"
#include "tests/bench/postgres_peer.h"
#include "tests/bench/reporters.h"
#include "tests/bench/synced_file.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

struct Work {
  const char* name;
  size_t bytes;
  size_t lines;
  double echo_target;      // At 64 in flight.
  double postgres_target;  // The same; 0 for none.
};

constexpr Work kSubmissions = {"submissions of 16 KiB", kSubmissionBytes, kSubmissionLines, 0.50,
                               3.0};
// The smallest that is valid, filled up.
constexpr Work kEvents = {"events of 500 B", kRecordBytes, 1, 0.80, 0};

constexpr size_t kInFlightOfTargets = 64;
constexpr size_t kPostgresClientsMax = 64;

Ratio AtLeast(std::string what, size_t ours, size_t beside, double target, size_t in_flight) {
  const bool bound = in_flight == kInFlightOfTargets && target > 0;
  return {.what = std::move(what),
          .ours = ours,
          .beside = {beside},
          .bound = bound ? Bound::kAtLeast : Bound::kNone,
          .target = target};
}

// What the audit trail costs.
void ExpectTrail(Comparison& comparison, size_t ours, size_t without) {
  comparison.Expect({.what = "of that without a trail", .ours = ours, .beside = {without}});
  comparison.Expect({.what = "the same, by CPU second",
                     .ours = ours,
                     .beside = {without},
                     .measure = Measure::kPerCpu});
  comparison.Expect({.what = "p50 to that without a trail",
                     .ours = ours,
                     .beside = {without},
                     .measure = Measure::kP50});
}

void Compare(const Work& work, size_t in_flight, const std::string& planning_address,
             const Options& options) {
  const Load load = {.in_flight = in_flight, .time = options.time};
  Comparison comparison(absl::StrCat("gRPC: ", work.name, ", ", in_flight, " in flight"), "/s",
                        options);
  RealizationServer server(planning_address);
  Reporters reporters(server.address(), in_flight, work.lines, work.bytes);
  reporters.WarmUp();

  const EchoServer echo_server;
  EchoClient echo_client(echo_server.address(), in_flight, reporters.request_bytes());
  const size_t echo = comparison.Add("limit: echo of the same bytes", [&] {
    return RunAsync(load,
                    [&](size_t slot, auto done) { echo_client.Start(slot, std::move(done)); });
  });
  const size_t ours = comparison.Add("SubmitQuarter", [&] {
    return RunAsync(load, [&](size_t slot, auto done) { reporters.Start(slot, std::move(done)); });
  });
  comparison.Expect(AtLeast("of the echo", ours, echo, work.echo_target, in_flight));

  comparison.Expect({.what = "the same, by CPU second",
                     .ours = ours,
                     .beside = {echo},
                     .measure = Measure::kPerCpu});

  RealizationServer without_server(planning_address, Trail::kNone);
  Reporters unseen(without_server.address(), in_flight, work.lines, work.bytes);
  unseen.WarmUp();
  const size_t without = comparison.Add("SubmitQuarter without an audit trail", [&] {
    return RunAsync(load, [&](size_t slot, auto done) { unseen.Start(slot, std::move(done)); });
  });
  ExpectTrail(comparison, ours, without);

  SyncedFile file(work.bytes, 1);
  if (in_flight == 1) {
    const size_t sync =
        comparison.Add("limit: file, append + fdatasync", [&] { return file.Run(options.time); });
    comparison.Expect({.what = "p50 to those of file and echo",
                       .ours = ours,
                       .beside = {sync, echo},
                       .measure = Measure::kP50,
                       .bound = Bound::kAtMost,
                       .target = 1.5});
  }
  const auto postgres =
      in_flight > kPostgresClientsMax
          ? nullptr
          : PostgresPeer::Connect(options.postgres, in_flight, work.lines, work.bytes / work.lines);
  if (postgres != nullptr) {
    const size_t peer = comparison.Add("peer: PostgreSQL, without gRPC", [&] {
      return RunThreads(load, [&](size_t slot) { postgres->Insert(slot); });
    });
    comparison.Expect(AtLeast("to PostgreSQL", ours, peer, work.postgres_target, in_flight));
  }
  comparison.Run();
}

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  using namespace sakip::bench;
  const Options options = ParseOptions(argc, argv);
  sakip::planning::PlanningServer planning;
  PublishPlans(planning, options.in_flight.back());
  for (const Work& work : {kSubmissions, kEvents}) {
    for (const size_t slots : options.in_flight) Compare(work, slots, planning.address(), options);
  }
  return 0;
}
