// G10: a log is backed up while four threads write to it, --size times with a fault, in turn:
//
//   killed          the process is killed with SIGKILL at a random moment of the backup
//   killed_in_call  the same before one of the backup's calls on files
//   failed_call     one of these calls fails: EIO, ENOSPC, a short write, EIO once; the same
//                   process then makes the next backup
//   restore_killed  a restore is killed at a random moment, three times, and repeated
//   damaged         each file of a backup in turn has a bit flipped, is cut or removed; then all of
//                   them have one flipped while the next backup is made
//
// After each fault the log is compared with the driver's ledger, every backup that was reported
// must be whole, the next backup must be made, and it and an older one are restored and compared
// with the checkpoint in them, with the log, and with what was acknowledged before they began.
// Every few cycles a new log begins, with a folder for backups of its own. At the end a large log
// is backed up and restored: 5,000 events a cycle, unless --events says otherwise.
//
// Violations are those of backed_up_log.h and
//
//   not_backed_up  a backup without a fault was not made, or its process ended by itself
//   too_slow       the large log took more than a minute to restore
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/faults/backed_up_log.h"
#include "tests/faults/backup_child.h"
#include "tests/faults/child.h"
#include "tests/faults/damaged_backup.h"
#include "tests/faults/failing_calls.h"
#include "tests/faults/large_log.h"

ABSL_FLAG(std::string, write, "", "Be the process that writes and backs up, in this folder.");
ABSL_FLAG(int, backups, 1, "Backups that it makes.");
ABSL_FLAG(std::string, restore, "", "Be the process that restores, in this folder.");
ABSL_FLAG(std::string, id, "", "The backup that it restores.");
ABSL_FLAG(uint64_t, events, 0, "Of the large log; 0 for 5,000 a cycle.");

namespace sakip::faults {
namespace {

constexpr uint64_t kShortCycles = 12;
constexpr uint64_t kCyclesPerLog = 6;
constexpr uint64_t kEventsPerCycle = 5'000;
constexpr int kRestoreKills = 3;
constexpr absl::Duration kPatience = absl::Minutes(1);
constexpr std::array<absl::string_view, 5> kFaults = {"killed", "failed_call", "damaged",
                                                      "restore_killed", "killed_in_call"};
constexpr std::array<absl::string_view, 4> kFailures = {"EIO", "ENOSPC", "short", "once"};

// How the backups, or the restore, of one process went, in order.
struct Outcomes {
  explicit Outcomes(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      if (absl::StartsWith(line, "fault ")) faulty = made.size();
      if (absl::StartsWith(line, "backed_up ")) made.push_back(true);
      if (absl::StartsWith(line, "failed ")) made.push_back(false);
    }
  }

  std::vector<bool> made;
  std::optional<size_t> faulty;  // The one that the fault hit.
};

class BackupCampaign {
 public:
  explicit BackupCampaign(const Arguments& arguments)
      : arguments_(arguments), report_("G10", arguments, Violations()), random_(arguments.seed) {}

  int Run() {
    for (uint64_t cycle = 0; cycle < arguments_.size && !report_.failed(); ++cycle) {
      const absl::string_view fault = kFaults[cycle % kFaults.size()];
      what_ = absl::StrCat("cycle ", cycle, " (", fault, ")");
      if (cycle % kCyclesPerLog == 0) {
        log_ = std::make_unique<BackedUpLog>(report_);
        BackUpWhole();
      }
      report_.Count(fault);
      Inflict(fault);
      log_->CheckListed(what_);
      BackUpWhole();
      log_->CheckListed(what_);
      log_->CheckRestores(AnyBackup(), what_);
    }
    const uint64_t events = absl::GetFlag(FLAGS_events);
    if (!report_.failed()) {
      RestoreLargeLog(events > 0 ? events : arguments_.size * kEventsPerCycle, arguments_.seed,
                      report_);
    }
    return report_.Finish();
  }

 private:
  static std::vector<std::string> Violations() {
    std::vector<std::string> kinds = BackupViolations();
    kinds.insert(kinds.end(), {"not_backed_up", "too_slow"});
    return kinds;
  }

  void Inflict(absl::string_view fault) {
    if (fault == "killed") KillBackup();
    if (fault == "killed_in_call") FailCall("kill");
    if (fault == "failed_call") FailCall(kFailures[failures_++ % kFailures.size()]);
    if (fault == "restore_killed") KillRestore();
    if (fault == "damaged") DamageBackup();
  }

  uint64_t Below(uint64_t end) { return random_() % end; }
  absl::Duration MomentOf(absl::Duration whole) {
    return absl::Nanoseconds(Below(static_cast<uint64_t>(absl::ToInt64Nanoseconds(whole)) + 1));
  }
  const std::string& AnyBackup() { return log_->ids()[Below(log_->ids().size())]; }

  std::vector<std::string> WriterCommand(int backups) const {
    return {ThisProgram(), absl::StrCat("--write=", log_->paths().folder),
            absl::StrCat("--backups=", backups)};
  }

  std::vector<std::string> Failing(const FailingCalls& calls, uint64_t call,
                                   absl::string_view kind) const {
    return calls.Environment({log_->paths().backups(), log_->paths().snapshot()}, call, kind);
  }

  // What a process that wrote has left, and the log after it.
  void Look(const Child& child) {
    log_->Note(child.Lines());
    log_->CheckLog(what_);
  }

  // A backup without a fault, which must be made and be restored.
  void BackUpWhole() {
    log_->Close();
    const size_t made_before = log_->ids().size();
    const FailingCalls calls(log_->File("calls"));
    Child child(WriterCommand(1), Failing(calls, 0, "EIO"));
    const bool begun = child.ReadUntilLine("begin");
    const absl::Time begin = absl::Now();
    const bool ended = begun && child.ReadUntilLine("ended");
    backup_takes_ = absl::Now() - begin;
    const bool exited = ended && child.ReadAll(kPatience);
    if (!exited) child.Kill();
    const int status = child.Wait();
    Look(child);
    if (!exited || status != 0 || log_->ids().size() == made_before) {
      report_.Violation("not_backed_up", absl::StrCat(what_, ": ", Ended(status), ", see above"));
      return;
    }
    backup_calls_ = calls.count();
    restore_takes_ = log_->CheckRestores(log_->ids().back(), what_);
  }

  void KillBackup() {
    log_->Close();
    Child child(WriterCommand(1));
    if (!child.ReadUntilLine("begin")) {
      report_.Violation("not_backed_up", absl::StrCat(what_, ": it did not begin, see above"));
      return;
    }
    child.ReadUntil(absl::Now() + MomentOf(backup_takes_));
    child.Kill();
    child.Wait();
    report_.Count("killed_too_late", Outcomes(child.Lines()).made.size());
    Look(child);
  }

  void FailCall(absl::string_view kind) {
    log_->Close();
    const uint64_t call = 1 + Below(backup_calls_);
    absl::StrAppend(&what_, ", ", kind, " at call ", call, " of ", backup_calls_);
    const FailingCalls calls(log_->File("calls"));
    Child child(WriterCommand(kind == "kill" ? 1 : 2), Failing(calls, call, kind));
    const bool hung = !child.ReadAll(kPatience);
    if (hung) child.Kill();
    const int status = child.Wait();
    const Outcomes outcomes(child.Lines());
    if (!outcomes.faulty.has_value()) report_.Count("not_hit");
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) {
      // RocksDB asserts that some calls do not fail, and has said which on standard error.
      report_.Count("ended_by_engine");
    } else if (hung || (status != 0 && (kind != "kill" || WTERMSIG(status) != SIGKILL))) {
      report_.Violation("not_backed_up", absl::StrCat(what_, ": ", Ended(status), ", see above"));
    } else if (kind != "kill" && !outcomes.made.back() && outcomes.faulty != 1u) {
      report_.Violation("not_backed_up", absl::StrCat(what_, ": the next backup in the process"));
    }
    Look(child);
  }

  void KillRestore() {
    const std::string id = AnyBackup();
    for (int i = 0; i < kRestoreKills; ++i) {
      Child child({ThisProgram(), absl::StrCat("--restore=", log_->paths().folder),
                   absl::StrCat("--id=", id)});
      const bool begun = child.ReadUntilLine("begin");
      if (begun) child.ReadUntil(absl::Now() + MomentOf(restore_takes_));
      child.Kill();
      child.Wait();
      if (!begun || !Outcomes(child.Lines()).made.empty()) {
        report_.Violation("not_restored", absl::StrCat(what_, ": ended by itself"));
      }
      // Under its name a log is whole.
      if (std::filesystem::exists(log_->paths().restored())) {
        report_.Count("killed_too_late");
        log_->CheckRestored(id, what_);
      }
    }
    log_->CheckRestores(id, absl::StrCat(what_, ", repeated"));
  }

  void DamageBackup() {
    const std::string id = log_->ids().back();
    const std::vector<std::string> files = FilesOf(log_->Manifest(id));
    const std::string folder = log_->paths().backups();
    for (const std::string& file : files) {
      const DamagedFile damaged(folder, AnyDamage(folder, file, random_));
      log_->CheckRefused(id, damaged.damage(), what_);
    }
    // The next backup takes nothing that is damaged for what it needs.
    std::vector<std::unique_ptr<DamagedFile>> all_damaged;
    for (const std::string& file : files) {
      if (!IsObject(file) || std::filesystem::is_empty(absl::StrCat(folder, "/", file))) continue;
      all_damaged.push_back(std::make_unique<DamagedFile>(folder, AnyFlip(folder, file, random_)));
    }
    BackUpWhole();
    for (const auto& damaged : all_damaged) report_.Count("replaced", damaged->IsMended() ? 1 : 0);
  }

  const Arguments arguments_;
  Report report_;
  std::mt19937_64 random_;
  std::string what_;  // The cycle, for the report.
  std::unique_ptr<BackedUpLog> log_;
  size_t failures_ = 0;
  // Of the last backup without a fault and its restore.
  uint64_t backup_calls_ = 1;
  absl::Duration backup_takes_;
  absl::Duration restore_takes_;
};

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  namespace faults = sakip::faults;
  const auto arguments = faults::ParseArguments(argc, argv, faults::kShortCycles);
  if (const std::string folder = absl::GetFlag(FLAGS_write); !folder.empty()) {
    return faults::WriteAndBackUp({folder}, absl::GetFlag(FLAGS_backups));
  }
  if (const std::string folder = absl::GetFlag(FLAGS_restore); !folder.empty()) {
    return faults::RestoreOnce({folder}, absl::GetFlag(FLAGS_id));
  }
  return faults::BackupCampaign(arguments).Run();
}
