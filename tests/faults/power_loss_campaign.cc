// G3: --size lives of a log on a simulated disk (sim_disk.h), each from a number that makes all of
// it again: --seed=N --size=1 replays life N of a campaign that began at or before it. In each life
// the log is opened, used and lost several times: the power goes between any two calls, with a
// fault of the disk or the clock beside. After each loss it is opened on what was left.
//
//   lost ... wrong   as for all campaigns: ledger.h
//   refused          it does not open, although no read and no place of a write was wrong
//   unnamed          it does not open, without a reason
//   crashed          the process ended
//
// A read that goes wrong, or a write that lands elsewhere, may be refused by name: such lives are
// counted as refused_by_name; or RocksDB may end the process: ended_by_engine.
#include <rocksdb/env.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/testing/fake_clock.h"
#include "tests/faults/child.h"
#include "tests/faults/ledger.h"
#include "tests/faults/sim_disk.h"
#include "tests/faults/sim_fs.h"

ABSL_FLAG(bool, live, false, "Be a process that lives --size lives from --seed on.");

namespace sakip::faults {
namespace {

using eventlog::RocksEventLog;

constexpr uint64_t kShortLives = 2000;
// More than cores: RocksDB sleeps for a second after a flush or merge that failed.
constexpr int kThreads = 8;
constexpr uint64_t kLivesPerProcess = 100;
constexpr uint64_t kRoundsMax = 4;
constexpr uint64_t kRequestsMax = 12;
constexpr uint64_t kCallsMax = 120;      // About as many as a round makes.
constexpr uint64_t kFaultCallsMax = 30;  // Fewer, as a fault hits only calls of one kind.
constexpr DiskFault kFaults[] = {
    DiskFault::kNone,
    DiskFault::kNone,
    DiskFault::kSyncFailsOnce,
    DiskFault::kNoSpace,
    DiskFault::kShortWrite,
    DiskFault::kSyncFailsForEver,
    DiskFault::kWriteError,
    DiskFault::kReadError,
    DiskFault::kBitFlip,
    DiskFault::kStaleRead,
    DiskFault::kMisdirectedRead,
    DiskFault::kMisdirectedWrite,
};

// One that a log cannot see through: what it was told is not what the disk has, or has had.
bool Deceives(DiskFault fault) {
  return fault == DiskFault::kReadError || fault == DiskFault::kBitFlip ||
         fault == DiskFault::kStaleRead || fault == DiskFault::kMisdirectedRead ||
         fault == DiskFault::kMisdirectedWrite;
}

// One life of a log. Not thread-safe.
class Life {
 public:
  Life(uint64_t number, Report& report)
      : report_(report),
        random_(number),
        what_(absl::StrCat("life ", number)),
        disk_(std::make_unique<SimDisk>(random_())),
        fault_(kFaults[random_() % std::size(kFaults)]) {}

  bool may_be_deceived() const { return Deceives(fault_); }

  void Run() {
    const uint64_t rounds = 1 + random_() % kRoundsMax;
    const uint64_t faulty_round = random_() % rounds;
    for (uint64_t round = 0; round < rounds; ++round) {
      if (round == faulty_round) disk_->Arm(fault_, 1 + random_() % kFaultCallsMax);
      if (random_() % 4 != 0) disk_->ArmPowerLoss(1 + random_() % kCallsMax);
      Use();
      report_.Count("faults", disk_->fault_happened() ? 1 : 0);
      deceived_ = deceived_ || (disk_->fault_happened() && Deceives(fault_));
      disk_ = disk_->AfterPowerLoss();
      report_.Count("power_losses");
    }
    Check();
  }

 private:
  absl::StatusOr<std::unique_ptr<RocksEventLog>> Open(rocksdb::Env& env) {
    // Below what RocksDB takes, which makes it the least.
    return RocksEventLog::Open({.directory = "/log",
                                .clock = &clock_,
                                .block_cache_bytes = 1 << 20,
                                .write_buffer_bytes = 64 * 1024,
                                .env = &env});
  }

  // Opens the log and appends until the power is gone or enough was done.
  void Use() {
    const auto env = NewSimEnv(*disk_);
    auto log = Open(*env);
    if (!log.ok()) return CheckRefused(log.status());
    const uint64_t requests = random_() % (kRequestsMax + 1);
    for (uint64_t i = 0; i < requests; ++i) {
      // The clock jumps, back too.
      clock_.Advance(absl::Milliseconds(static_cast<int64_t>(random_() % 2000) - 1000));
      AppendSome(**log, 1 + random_() % eventlog::kCrashWriters);
    }
    ReadSome(**log);
    // Before the log closes, or after.
    if (random_() % 2 == 0) disk_->LosePower();
  }

  // Lets so many writers append at the same time.
  void AppendSome(RocksEventLog& log, uint64_t writers) {
    std::vector<std::pair<uint64_t, eventlog::FutureAnswer>> answers;
    for (uint64_t writer = 0; writer < writers; ++writer) {
      const int number = static_cast<int>(writer);
      const auto revision = log.StreamRevision(eventlog::CrashStream(number));
      if (!revision.ok()) return;
      answers.emplace_back(*revision,
                           eventlog::StartAppend(log, eventlog::CrashRequest(number, *revision)));
    }
    for (uint64_t writer = 0; writer < answers.size(); ++writer) {
      const auto result = eventlog::Wait(answers[writer].second);
      if (!result.ok()) continue;
      acknowledged_[{static_cast<int>(writer), answers[writer].first}] = result->first_position;
      report_.Count("acknowledged");
    }
  }

  // What is served while the disk fails is right or an error.
  void ReadSome(const RocksEventLog& log) {
    const auto read = log.Read(0, {.records = 1000, .bytes = 1 << 20});
    if (!read.ok()) return;
    for (const eventlog::StoredRecord& stored : read->records) {
      const auto record = eventlog::ParseRecord(stored);
      const int writer = record.ok() ? record->stream().back() - '0' : 0;
      if (!record.ok() ||
          record->payload() != eventlog::CrashPayload(writer, record->stream_revision())) {
        report_.Violation("wrong", absl::StrCat(what_, ": a wrong record is served"));
      }
    }
  }

  // A refusal is a violation where nothing but the power and failing calls was wrong.
  void CheckRefused(const absl::Status& why) {
    if (ErrorReason(why).empty()) {
      report_.Violation("unnamed", absl::StrCat(what_, ": ", why.ToString()));
    }
    report_.Count("opens_refused");
    const bool explained = deceived_ || disk_->fault_happened() || disk_->power_is_off();
    if (!explained) report_.Violation("refused", absl::StrCat(what_, ": ", why.ToString()));
  }

  void Check() {
    const auto env = NewSimEnv(*disk_);
    const auto log = Open(*env);
    if (!log.ok()) {
      if (deceived_) report_.Count("refused_by_name");
      return CheckRefused(log.status());
    }
    if (deceived_ && !(*log)->Verify([](uint64_t, uint64_t) { return true; }).ok()) {
      report_.Count("damage_named");
      return ReadSome(**log);
    }
    CheckLog(**log, acknowledged_, what_, report_);
    RetryLast(**log, acknowledged_, what_, report_);
  }

  Report& report_;
  std::mt19937_64 random_;
  const std::string what_;
  sakip::testing::FakeClock clock_;
  std::unique_ptr<SimDisk> disk_;
  const DiskFault fault_;
  bool deceived_ = false;  // The disk said what was not so.
  Positions acknowledged_;
};

// Lives `count` lives from `first` on; prints `life NUMBER DECEIVED` before each, and all figures.
void Live(uint64_t first, uint64_t count, Report& report) {
  for (uint64_t number = first; number < first + count; ++number) {
    Life life(number, report);
    std::cout << "life " << number << " " << (life.may_be_deceived() ? 1 : 0) << std::endl;
    life.Run();
    report.Count("lives");
  }
  report.PrintFigures();
}

// Lets a process live them. Where the engine ends it in the middle of a life, those around it are
// lived again, without that one: their figures went with the process.
void LetLive(uint64_t first, uint64_t count, Report& report) {
  if (count == 0) return;
  Child child(
      {ThisProgram(), "--live", absl::StrCat("--seed=", first), absl::StrCat("--size=", count)});
  const int status = child.Wait();
  const std::vector<std::string> lines = child.Lines();
  if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS) {
    for (const std::string& line : lines) report.Add(line);
    return;
  }
  uint64_t number = first;
  int deceived = 0;
  if (!lines.empty()) std::sscanf(lines.back().c_str(), "life %" SCNu64 " %d", &number, &deceived);
  // RocksDB asserts that what it reads makes sense where its checksum does not look.
  if (deceived != 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) {
    report.Count("ended_by_engine");
  } else {
    report.Violation("crashed", absl::StrCat("life ", number, ": ", Ended(status)));
  }
  LetLive(first, number - first, report);
  LetLive(number + 1, first + count - number - 1, report);
}

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  namespace faults = sakip::faults;
  const auto arguments = faults::ParseArguments(argc, argv, faults::kShortLives);
  std::vector<std::string> kinds = faults::LogViolations();
  kinds.insert(kinds.end(), {"refused", "unnamed", "crashed"});
  faults::Report report("G3", arguments, kinds);
  if (absl::GetFlag(FLAGS_live)) {
    faults::Live(arguments.seed, arguments.size, report);
    return EXIT_SUCCESS;
  }
  std::atomic<uint64_t> next = arguments.seed;
  const uint64_t end = arguments.seed + arguments.size;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < faults::kThreads; ++thread) {
    threads.emplace_back([&] {
      while (true) {
        const uint64_t first = next.fetch_add(faults::kLivesPerProcess);
        if (first >= end) return;
        faults::LetLive(first, std::min(faults::kLivesPerProcess, end - first), report);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return report.Finish();
}
