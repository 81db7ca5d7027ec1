// G2, G12: every call on files that a log makes in its life fails once, in each way. A program
// begins a log, appends, lets tables be written and merged, signs checkpoints, backs it up, closes,
// opens again, appends, verifies, closes, and restores the first backup beside it. A first run
// counts its calls (failing_calls.cc); then, for each number and each kind of fault, it runs in a
// new folder and the log is opened and compared with the driver's ledger. --size is the step: 1
// tries every call, 7 one of every seven, a different one each time, which the seed chooses.
//
//   acknowledged_after  an append was acknowledged after a write or sync of the WAL or HEAD failed
//   unnamed             the program ended otherwise than by the kill, by success, or with a reason
//   not_restarted       the log does not open without the fault
//   not_restored        what was restored does not open, or lacks what was there at the backup
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/backup/backup_folder.h"
#include "common/backup/log_backup.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/note/key_file.h"
#include "common/testing/temp_dir.h"
#include "tests/faults/child.h"
#include "tests/faults/failing_calls.h"
#include "tests/faults/ledger.h"

ABSL_FLAG(std::string, live, "", "Be the program: a log's life in this folder.");

namespace sakip::faults {
namespace {

using eventlog::RocksEventLog;

constexpr uint64_t kShortStep = 11;
constexpr int kThreads = 2;
constexpr std::array<absl::string_view, 5> kKinds = {"kill", "EIO", "ENOSPC", "short", "once"};
constexpr int kNamedExit = 3;
constexpr int kRequestsPerLife = 40;
constexpr int kLives = 3;
constexpr size_t kWriteBufferBytes = 64 * 1024;  // What a life appends is several of these.

absl::Status AppendSome(RocksEventLog& log) {
  absl::Status first_failure;
  for (int i = 0; i < kRequestsPerLife; ++i) {
    const int writer = i % eventlog::kCrashWriters;
    ASSIGN_OR_RETURN(const uint64_t revision, log.StreamRevision(eventlog::CrashStream(writer)));
    auto request = eventlog::CrashRequest(writer, revision);
    const auto result = AppendNow(log, request);
    if (result.ok()) Print(AcknowledgedLine(writer, revision, result->first_position));
    // It goes on: that nothing is acknowledged after a failure is to be seen.
    first_failure.Update(result.status());
  }
  return first_failure;
}

// Backs up what has been acknowledged so far, which is what `backed_up` is printed behind.
absl::Status BackUp(const RocksEventLog& log, eventlog::Checkpointer& checkpointer,
                    const std::string& folder, const note::KeyRing& keys) {
  ASSIGN_OR_RETURN(auto backups, backup::BackupFolder::Open(absl::StrCat(folder, "/log-backups")));
  std::promise<void> is_signed;
  checkpointer.WaitForSize(log.end_position(), [&] { is_signed.set_value(); });
  is_signed.get_future().wait();
  ASSIGN_OR_RETURN(const auto existing, backups.List(keys.verifiers));
  // One is enough: the later lives leave it behind.
  if (!existing.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(backup::BackUpLog(log, absl::StrCat(folder, "/log"), checkpointer.latest().note,
                                    keys.signers, backups, absl::Now())
                      .status());
  Print("backed_up\n");
  return absl::OkStatus();
}

absl::Status Restore(const std::string& folder, const note::KeyRing& keys) {
  ASSIGN_OR_RETURN(const auto backups,
                   backup::BackupFolder::Open(absl::StrCat(folder, "/log-backups")));
  ASSIGN_OR_RETURN(const auto listed, backups.List(keys.verifiers));
  RETURN_IF_ERROR(backup::RestoreLog(backups, listed.front().id, keys.verifiers,
                                     absl::StrCat(folder, "/log-restored"),
                                     [](uint64_t, uint64_t) { return true; })
                      .status());
  Print("restored\n");
  return absl::OkStatus();
}

// Opens the log, uses it, and closes it.
absl::Status LiveOnce(const std::string& folder, const note::KeyRing& keys) {
  ASSIGN_OR_RETURN(auto log, RocksEventLog::Open({.directory = absl::StrCat(folder, "/log"),
                                                  .write_buffer_bytes = kWriteBufferBytes}));
  ASSIGN_OR_RETURN(auto checkpointer, eventlog::Checkpointer::Start(
                                          *log, {.keys = keys,
                                                 .path = absl::StrCat(folder, "/log/CHECKPOINT"),
                                                 .interval = absl::ZeroDuration()}));
  RETURN_IF_ERROR(AppendSome(*log));
  RETURN_IF_ERROR(BackUp(*log, *checkpointer, folder, keys));
  return log->Verify([](uint64_t, uint64_t) { return true; });
}

int Live(const std::string& folder) {
  const auto keys = note::ReadKeyFile(absl::StrCat(folder, "/keys"));
  absl::Status status = keys.status();
  for (int life = 0; life < kLives && status.ok(); ++life) status = LiveOnce(folder, *keys);
  if (status.ok()) status = Restore(folder, *keys);
  if (status.ok()) return EXIT_SUCCESS;
  std::cerr << status << std::endl;
  // A backup passes on what the system says, which names the file.
  const bool is_named = !ErrorReason(status).empty() ||
                        absl::StrContains(status.message(), absl::StrCat(folder, "/log-")) ||
                        absl::StrContains(status.message(), absl::StrCat(folder, "/log/snapshot"));
  return is_named ? kNamedExit : EXIT_FAILURE;
}

class FailingCallsCampaign {
 public:
  explicit FailingCallsCampaign(const Arguments& arguments)
      : arguments_(arguments),
        report_("G2", arguments, Violations()),
        key_(*note::GenerateKey("sakip.test/log")) {}

  int Run() {
    const uint64_t calls = Try(0, "EIO");
    report_.Count("calls", calls);
    if (calls == 0) report_.Violation("unnamed", "the program made no call");
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] {
        while (const std::optional<Fault> fault = NextFault(calls)) Try(fault->call, fault->kind);
      });
    }
    for (std::thread& thread : threads) thread.join();
    return report_.Finish();
  }

 private:
  static std::vector<std::string> Violations() {
    std::vector<std::string> kinds = LogViolations();
    kinds.insert(kinds.end(), {"acknowledged_after", "unnamed", "not_restarted", "not_restored"});
    return kinds;
  }

  struct Fault {
    uint64_t call = 0;
    std::string kind;
  };

  // The next to be tried; nothing when all were.
  std::optional<Fault> NextFault(uint64_t calls) {
    const uint64_t number = next_++;
    const uint64_t call = 1 + (arguments_.seed + number / kKinds.size()) % arguments_.size +
                          number / kKinds.size() * arguments_.size;
    if (call > calls) return std::nullopt;
    const std::string kind(kKinds[number % kKinds.size()]);
    report_.Count(absl::StrCat("tried_", kind));
    return Fault{call, kind};
  }

  // Lets the program live with that fault, and compares. Returns the number of calls that it made.
  uint64_t Try(uint64_t call, const std::string& kind) {
    const std::string what = absl::StrCat("call ", call, " ", kind);
    sakip::testing::TempDir folder;
    SAKIP_CHECK(note::WriteKeyFile(folder.File("keys"), absl::StrCat(key_, "\n")).ok());
    const FailingCalls calls(folder.File("calls"));
    Ledger ledger(folder.File("ledger"));
    Child child({ThisProgram(), absl::StrCat("--live=", folder.path())},
                calls.Environment({folder.File("log")}, call, kind));
    if (!child.ReadAll(absl::Minutes(1))) child.Kill();
    CheckEnd(child.Wait(), call, kind, what);
    const std::vector<std::string> lines = child.Lines();
    ledger.Note(lines);
    CheckOrder(lines, what);
    CheckReopened(folder.File("log"), ledger.Read(), what);
    if (std::filesystem::exists(folder.File("log-restored"))) {
      CheckRestored(folder.File("log-restored"), lines, what);
    }
    return calls.count();
  }

  void CheckEnd(int status, uint64_t call, const std::string& kind, const std::string& what) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS) {
      report_.Count("went_on");
    } else if (call > 0 && WIFEXITED(status) && WEXITSTATUS(status) == kNamedExit) {
      report_.Count("ended_by_name");
    } else if (kind == "kill" && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
      report_.Count("killed");
    } else if (call > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) {
      // RocksDB asserts that some calls do not fail, and has said which on standard error.
      report_.Count("ended_by_engine");
    } else {
      report_.Violation("unnamed", absl::StrCat(what, ": ", Ended(status)));
    }
  }

  // Nothing may be acknowledged after a failed write or sync of what an acknowledgement stands on.
  void CheckOrder(const std::vector<std::string>& lines, const std::string& what) {
    bool failed = false;
    for (const std::string& line : lines) {
      const std::vector<std::string> words = absl::StrSplit(line, ' ');
      if (words.front() != "fault") {
        if (failed) report_.Violation("acknowledged_after", absl::StrCat(what, ": ", line));
        continue;
      }
      const std::string& call = words[1];
      const std::string& path = words.back();
      failed = ((absl::StrContains(path, "/log/store/") && absl::EndsWith(path, ".log")) ||
                absl::EndsWith(path, "/log/HEAD")) &&
               (call == "write" || call == "pwrite" || call == "fsync" || call == "fdatasync");
    }
  }

  // What lies under the name of the restored log is whole, whether or not the program said so.
  void CheckRestored(const std::string& directory, const std::vector<std::string>& lines,
                     const std::string& what) {
    report_.Count("restored");
    const auto end = std::find(lines.begin(), lines.end(), "backed_up");
    const Positions backed_up = Ledger::Parse({lines.begin(), end});
    const auto log = RocksEventLog::Open({.directory = directory});
    if (!log.ok()) {
      report_.Violation("not_restored", absl::StrCat(what, ": ", log.status().ToString()));
      return;
    }
    CheckLog(**log, backed_up, absl::StrCat(what, ", restored"), report_);
  }

  void CheckReopened(const std::string& directory, const Positions& acknowledged,
                     const std::string& what) {
    const auto log = RocksEventLog::Open({.directory = directory});
    if (!log.ok()) {
      report_.Violation("not_restarted", absl::StrCat(what, ": ", log.status().ToString()));
      return;
    }
    CheckLog(**log, acknowledged, what, report_);
    RetryLast(**log, acknowledged, what, report_);
  }

  const Arguments arguments_;
  Report report_;
  const std::string key_;
  std::atomic<uint64_t> next_ = 0;
};

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  const auto arguments = sakip::faults::ParseArguments(argc, argv, sakip::faults::kShortStep);
  if (const std::string folder = absl::GetFlag(FLAGS_live); !folder.empty()) {
    return sakip::faults::Live(folder);
  }
  return sakip::faults::FailingCallsCampaign(arguments).Run();
}
