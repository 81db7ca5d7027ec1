// G1: a process that appends from several threads is killed with SIGKILL, --size times. After each
// kill the log is opened here, compared with the driver's ledger, and handed to the next writer.
// Every few cycles a new log begins, so that reading all of it stays cheap. Every fourth kill comes
// while the log is being opened.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>
#include <thread>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/testing/temp_dir.h"
#include "tests/faults/child.h"
#include "tests/faults/ledger.h"

ABSL_FLAG(std::string, write, "", "Be the writer of the log in this folder.");

namespace sakip::faults {
namespace {

using eventlog::RocksEventLog;

constexpr uint64_t kShortCycles = 300;
constexpr uint64_t kCyclesPerLog = 10;
constexpr int kMillisecondsMin = 8;
constexpr int kMillisecondsMax = 48;
// Small, so that kills also meet flushes and compactions.
constexpr size_t kWriteBufferBytes = 64 * 1024;

absl::StatusOr<std::unique_ptr<RocksEventLog>> OpenLog(const std::string& directory) {
  return RocksEventLog::Open({.directory = directory, .write_buffer_bytes = kWriteBufferBytes});
}

void AppendForEver(eventlog::EventLog& log, int writer) {
  while (true) {
    const auto revision = log.StreamRevision(eventlog::CrashStream(writer));
    if (!revision.ok()) GiveUp(revision.status());
    const auto result = AppendNow(log, eventlog::CrashRequest(writer, *revision));
    if (!result.ok()) GiveUp(result.status());
    Print(AcknowledgedLine(writer, *revision, result->first_position));
  }
}

[[noreturn]] void Write(const std::string& directory) {
  auto log = OpenLog(directory);
  if (!log.ok()) GiveUp(log.status());
  Print("open\n");
  std::vector<std::thread> writers;
  for (int writer = 0; writer < eventlog::kCrashWriters; ++writer) {
    writers.emplace_back([&log, writer] { AppendForEver(**log, writer); });
  }
  for (std::thread& writer : writers) writer.join();
  _exit(EXIT_FAILURE);
}

class KillCampaign {
 public:
  explicit KillCampaign(const Arguments& arguments)
      : arguments_(arguments), report_("G1", arguments, Violations()), random_(arguments.seed) {}

  int Run() {
    for (uint64_t cycle = 0; cycle < arguments_.size && !report_.failed(); ++cycle) {
      if (cycle % kCyclesPerLog == 0) {
        ledger_ = nullptr;
        folder_ = std::make_unique<sakip::testing::TempDir>();
        ledger_ = std::make_unique<Ledger>(folder_->File("ledger"));
      }
      WriteAndKill();
      Check(absl::StrCat("cycle ", cycle));
    }
    std::sort(open_times_.begin(), open_times_.end());
    if (!open_times_.empty()) {
      const absl::Duration p99 = open_times_[open_times_.size() * 99 / 100];
      report_.Count("restart_p99_us", static_cast<uint64_t>(absl::ToInt64Microseconds(p99)));
    }
    return report_.Finish();
  }

 private:
  static std::vector<std::string> Violations() {
    std::vector<std::string> kinds = LogViolations();
    kinds.push_back("not_restarted");
    return kinds;
  }

  void WriteAndKill() {
    Child child({ThisProgram(), absl::StrCat("--write=", folder_->File("log"))});
    const bool while_opening = random_() % 4 == 0;
    if (!while_opening && !child.ReadUntilLine("open")) {
      report_.Violation("not_restarted", "the writer did not open the log, see above");
      return;
    }
    const int spread = 1000 * (kMillisecondsMax - kMillisecondsMin);
    const auto wait = absl::Milliseconds(kMillisecondsMin) +
                      absl::Microseconds(random_() % static_cast<uint32_t>(spread));
    // A log takes less than the shortest wait to open.
    if (!child.ReadUntil(absl::Now() + (while_opening ? wait / 4 : wait))) {
      report_.Violation("not_restarted", "the writer ended by itself, see above");
      return;
    }
    child.Kill();
    child.Wait();
    const std::vector<std::string> lines = child.Lines();
    report_.Count("cycles");
    report_.Count("killed_while_opening", lines.empty() ? 1 : 0);
    report_.Count("acknowledged", ledger_->Note(lines));
  }

  void Check(const std::string& what) {
    const absl::Time begin = absl::Now();
    const auto log = OpenLog(folder_->File("log"));
    open_times_.push_back(absl::Now() - begin);
    if (!log.ok()) {
      report_.Violation("not_restarted", absl::StrCat(what, ": ", log.status().ToString()));
      return;
    }
    const Positions acknowledged = ledger_->Read();
    CheckLog(**log, acknowledged, what, report_);
    ledger_->Note(RetryLast(**log, acknowledged, what, report_));
  }

  const Arguments arguments_;
  Report report_;
  std::mt19937_64 random_;
  std::unique_ptr<sakip::testing::TempDir> folder_;
  std::unique_ptr<Ledger> ledger_;
  std::vector<absl::Duration> open_times_;
};

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  const auto arguments = sakip::faults::ParseArguments(argc, argv, sakip::faults::kShortCycles);
  if (const std::string directory = absl::GetFlag(FLAGS_write); !directory.empty()) {
    sakip::faults::Write(directory);
  }
  return sakip::faults::KillCampaign(arguments).Run();
}
