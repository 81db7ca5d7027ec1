// Proofs, checkpoints, and verifying an export file.

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/eventlog/verify/export_file.h"
#include "common/merkle/hash.h"
#include "common/merkle/verify.h"
#include "common/note/checkpoint.h"
#include "common/note/note.h"
#include "tests/bench/bench_log.h"
#include "tests/bench/comparison.h"
#include "tests/bench/export_check.h"
#include "tests/bench/load.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

using eventlog::StoredRecord;

constexpr char kOrigin[] = "sakip.bench/log";

// A proof with what it takes to verify it.
struct Inclusion {
  merkle::Hash leaf;
  uint64_t position = 0;
  std::vector<merkle::Hash> path;
};

// Signs and verifies checkpoints of one log.
class Notary {
 public:
  explicit Notary(const eventlog::EventLog& log)
      : signers_({note::Signer::Parse(note::GenerateKey(kOrigin).value()).value()}),
        verifiers_({signers_.front().verifier()}),
        text_(note::CheckpointText(
            {kOrigin, log.end_position(),
             std::string(merkle::View(log.Tree(log.end_position()).value().Root()))})) {}

  std::string Sign() const { return note::SignNote(text_, signers_).value(); }
  bool Verify(const std::string& signed_note) const {
    return note::OpenCheckpoint(signed_note, verifiers_).ok();
  }
  const std::vector<note::Verifier>& verifiers() const { return verifiers_; }

 private:
  const std::vector<note::Signer> signers_;
  const std::vector<note::Verifier> verifiers_;
  const std::string text_;
};

std::vector<Inclusion> Prove(const eventlog::EventLog& log, size_t count) {
  std::mt19937_64 random(1);
  const uint64_t size = log.end_position();
  std::vector<Inclusion> proofs;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t position = random() % size;
    const StoredRecord record = log.Read(position, {.records = 1}).value().records.front();
    proofs.push_back(
        {*merkle::ToHash(record.leaf_hash), position, log.ProveInclusion(position, size).value()});
  }
  return proofs;
}

void CompareProofs(const eventlog::EventLog& log, const Options& options) {
  const uint64_t size = log.end_position();
  const Load load = {.in_flight = 1, .time = options.time};
  std::mt19937_64 random(2);
  const Notary notary(log);
  const std::vector<Inclusion> proofs = Prove(log, options.Count(1000, 20));
  const merkle::Hash root = log.Tree(size).value().Root();
  const std::string signed_note = notary.Sign();

  Comparison comparison(absl::StrCat("proofs: a log of ", size, " events, 1 thread"), "/s",
                        options);
  const auto add = [&](const std::string& name, const std::function<bool()>& operation) {
    comparison.Add(name, [&load, operation] {
      return RunThreads(load, [&](size_t) { SAKIP_CHECK(operation()); });
    });
  };
  add("inclusion proof", [&] { return log.ProveInclusion(random() % size, size).ok(); });
  add("consistency proof", [&] { return log.ProveConsistency(1 + random() % size, size).ok(); });
  add("verify inclusion", [&] {
    const Inclusion& proof = proofs[random() % proofs.size()];
    return merkle::VerifyInclusion(proof.leaf, proof.position, size, proof.path, root);
  });
  add("sign a checkpoint", [&] { return !notary.Sign().empty(); });
  add("verify a checkpoint", [&] { return notary.Verify(signed_note); });
  comparison.Run();
}

// Reads the whole log.
template <typename Take>
void ForEach(const eventlog::EventLog& log, const Take& take) {
  uint64_t position = 0;
  while (position < log.end_position()) {
    const auto read = log.Read(position, {.records = 4096, .bytes = 1024 * 1024});
    SAKIP_CHECK(read.ok());
    for (const StoredRecord& record : read->records) take(record);
    position = read->next_position;
  }
}

void CompareExport(const eventlog::EventLog& log, const Options& options) {
  const Notary notary(log);
  const testing::TempDir directory;
  const std::string path = directory.File("log.export");
  auto writer = eventlog::ExportWriter::Create(path, kOrigin).value();
  std::vector<std::string> records;
  ForEach(log, [&](const StoredRecord& record) {
    SAKIP_CHECK(writer->Add(record.record, *merkle::ToHash(record.leaf_hash)).ok());
    records.push_back(record.record);
  });
  SAKIP_CHECK(writer->Finish(notary.Sign()).ok());

  Comparison comparison(absl::StrCat("verify: an export of ", records.size(), " events of 500 B"),
                        "events/s", options);
  const size_t limit = comparison.Add("limit: SHA-256 of them, 1 thread", [&] {
    const Stopwatch stopwatch;
    for (const std::string& record : records) {
      SAKIP_CHECK(merkle::HashLeaf(record) != merkle::Hash());
    }
    return stopwatch.Stop(static_cast<double>(records.size()));
  });
  const size_t ours = comparison.Add("VerifyExport", [&] {
    const Stopwatch stopwatch;
    SAKIP_CHECK(IsTrustedExport(path, notary.verifiers()));
    return stopwatch.Stop(static_cast<double>(records.size()));
  });
  comparison.Expect({.what = "of SHA-256",
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

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  using namespace sakip::bench;
  const Options options = ParseOptions(argc, argv);
  BenchLog log;
  Fill(*log, options.Count(400'000, 3'000));
  CompareProofs(*log, options);
  CompareExport(*log, options);
  return 0;
}
