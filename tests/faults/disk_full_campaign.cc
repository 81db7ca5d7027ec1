// G11: a log on a small disk, --size sizes of it, until the disk is full, and on. The disk is a
// tmpfs in a mount namespace of the campaign, which needs root or the right to make a user
// namespace; without both it fails and says so. In each life:
//
//   1. appends until DISK_FULL is answered; then a file of somebody else takes what is left, and
//      reads and proofs go on;
//   2. the log is opened on the full disk, which may cost the ballast; that room is taken too: it
//      serves everything and takes nothing;
//   3. room is made; it takes appends again.
//
// Each of these is a process. RocksDB as Debian builds it ends the process where a table that it
// writes in the background meets the full disk: that is counted as ended_by_engine, and what was
// acknowledged before must be served by the next.
//
//   lost ... wrong  as for all campaigns: ledger.h
//   not_full        an append on the full disk was answered otherwise than DISK_FULL; where a merge
//                   gives room back (room_came) that room is taken and the append tried again
//   not_opened      the log does not open on the full disk, or once there is room
//   not_resumed     it takes no append although there is room
//   ended           a process ended otherwise
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/testing/crash_writer.h"
#include "common/testing/temp_dir.h"
#include "tests/faults/child.h"
#include "tests/faults/ledger.h"

ABSL_FLAG(std::string, step, "", "Be a process that uses the log: fill_up, use_full_disk, resume.");
ABSL_FLAG(std::string, disk, "", "Its disk.");
ABSL_FLAG(std::string, ledger, "", "The ledger of what was acknowledged before.");

namespace sakip::faults {
namespace {

using eventlog::RocksEventLog;

constexpr uint64_t kShortSizes = 5;
constexpr uint64_t kMebibyte = 1024 * 1024;
constexpr uint64_t kDiskBytesMin = 9 * kMebibyte;
constexpr uint64_t kDiskBytesSpread = 24 * kMebibyte;
constexpr uint64_t kAddedBytes = 16 * kMebibyte;
// As in production, in the small: several write buffers, and a ballast of less than the reserve.
constexpr size_t kWriteBufferBytes = 256 * 1024;
constexpr eventlog::DiskSpaceOptions kDiskSpace = {.reserve_bytes = 4 * kMebibyte,
                                                   .ballast_bytes = 3 * kMebibyte};

uint64_t Available(const std::string& disk) {
  struct statvfs space = {};
  SAKIP_CHECK(statvfs(disk.c_str(), &space) == 0);
  return uint64_t{space.f_bavail} * space.f_frsize;
}

// Room comes back only as long as there is something to merge.
constexpr int kAttemptsMax = 100;

// Takes all the room of a disk but `left` bytes.
void Fill(const std::string& disk, uint64_t left) {
  const uint64_t available = Available(disk);
  if (available <= left) return;
  const std::string name = absl::StrCat(disk, "/others", available);
  const int file = open(name.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  SAKIP_CHECK(file >= 0);
  // What the log writes at this moment may leave less.
  (void)posix_fallocate(file, 0, static_cast<off_t>(available - left));
  close(file);
}

// Enters a mount namespace of its own; root, or root in a user namespace of its own.
bool EnterOwnMounts() {
  const int flags = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER;
  return unshare(flags) == 0 && mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

// A small disk, mounted while this lives.
class SmallDisk {
 public:
  explicit SmallDisk(uint64_t bytes) : bytes_(bytes) { Mount(bytes, 0); }
  ~SmallDisk() { SAKIP_CHECK(umount2(folder_.path().c_str(), MNT_DETACH) == 0); }

  std::string File(absl::string_view name) const { return folder_.File(name); }

  // The log alone may take all but the reserve by now, so what others took is not enough.
  void MakeRoom() const {
    Mount(bytes_ + kAddedBytes, MS_REMOUNT);
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      if (entry.is_regular_file()) std::filesystem::remove(entry.path());
    }
  }

  const std::string& path() const { return folder_.path(); }

 private:
  void Mount(uint64_t bytes, unsigned long flags) const {
    const std::string size = absl::StrCat("size=", bytes);
    if (mount("tmpfs", folder_.path().c_str(), "tmpfs", flags, size.c_str()) == 0) return;
    std::cerr << "cannot mount a tmpfs: " << std::strerror(errno) << std::endl;
    std::exit(EXIT_FAILURE);
  }

  const uint64_t bytes_;
  const sakip::testing::TempDir folder_;
};

// What one process does with the log. The driver reads what it prints.
class User {
 public:
  User(std::string disk, Positions acknowledged, uint64_t seed, Report& report)
      : disk_(std::move(disk)),
        acknowledged_(std::move(acknowledged)),
        random_(seed),
        report_(report) {}

  void FillUp() {
    const auto log = Open();
    if (log == nullptr) return;
    absl::Status status;
    for (int i = 0; status.ok(); ++i) status = AppendOne(*log, i % eventlog::kCrashWriters);
    CheckFull(status);
    Fill(disk_, random_() % 2 == 0 ? 0 : random_() % kDiskSpace.reserve_bytes);
    ExpectFull(*log);
    ExpectReads(*log);
  }

  void UseFullDisk() {
    const auto log = Open();
    if (log == nullptr) return;
    Fill(disk_, 0);
    ExpectFull(*log);
    ExpectReads(*log);
  }

  // Where the engine ended the one before, the first append may be the one that finds out that the
  // log was opened for reading only.
  void Resume() {
    const auto log = Open();
    if (log == nullptr) return;
    const absl::Status status = AppendOne(*log, 0);
    if (!status.ok()) report_.Violation("not_resumed", status.ToString());
    report_.Count("resumed", status.ok() ? 1 : 0);
    ExpectReads(*log);
  }

 private:
  std::unique_ptr<RocksEventLog> Open() {
    auto log = RocksEventLog::Open({.directory = absl::StrCat(disk_, "/log"),
                                    .block_cache_bytes = kMebibyte,
                                    .write_buffer_bytes = kWriteBufferBytes,
                                    .disk_space = kDiskSpace});
    if (log.ok()) return *std::move(log);
    report_.Violation("not_opened", log.status().ToString());
    return nullptr;
  }

  absl::Status AppendOne(RocksEventLog& log, int writer) {
    ASSIGN_OR_RETURN(const uint64_t revision, log.StreamRevision(eventlog::CrashStream(writer)));
    ASSIGN_OR_RETURN(const auto result, AppendNow(log, eventlog::CrashRequest(writer, revision)));
    acknowledged_[{writer, revision}] = result.first_position;
    std::cout << AcknowledgedLine(writer, revision, result.first_position) << std::flush;
    report_.Count("acknowledged");
    return absl::OkStatus();
  }

  void CheckFull(const absl::Status& status) {
    report_.Count("refused", status.ok() ? 0 : 1);
    if (ErrorReason(status) != "DISK_FULL") report_.Violation("not_full", status.ToString());
  }

  // Appends; where a merge in the background has given room back, takes that room and tries again.
  absl::Status AppendOnFullDisk(RocksEventLog& log, int writer) {
    absl::Status status;
    for (int attempt = 0; attempt < kAttemptsMax; ++attempt) {
      const bool had_room = HasRoom();
      status = AppendOne(log, writer);
      if (!had_room && !HasRoom()) break;
      report_.Count("room_came");
      Fill(disk_, 0);
      if (!status.ok()) break;
    }
    return status;
  }

  bool HasRoom() const { return Available(disk_) >= kDiskSpace.reserve_bytes; }

  void ExpectFull(RocksEventLog& log) {
    for (int writer = 0; writer < eventlog::kCrashWriters; ++writer) {
      CheckFull(AppendOnFullDisk(log, writer));
    }
  }

  void ExpectReads(RocksEventLog& log) {
    CheckLog(log, acknowledged_, disk_, report_);
    const uint64_t size = log.end_position();
    const auto proof = log.ProveInclusion(random_() % size, size);
    if (!proof.ok()) report_.Violation("wrong", proof.status().ToString());
    report_.Count("proofs", proof.ok() ? 1 : 0);
  }

  const std::string disk_;
  Positions acknowledged_;
  std::mt19937_64 random_;
  Report& report_;
};

// Lets one process after the other use a disk of its own size.
class Life {
 public:
  Life(uint64_t seed, Report& report) : random_(seed), report_(report) {}

  void Run() {
    Let("fill_up");
    Let("use_full_disk");
    disk_.MakeRoom();
    Let("resume");
  }

 private:
  void Let(const std::string& step) {
    Child child({ThisProgram(), absl::StrCat("--step=", step),
                 absl::StrCat("--disk=", disk_.path()), absl::StrCat("--ledger=", ledger_path_),
                 absl::StrCat("--seed=", random_())});
    if (!child.ReadAll(absl::Minutes(2))) child.Kill();
    const int status = child.Wait();
    ledger_.Note(child.Lines());
    for (const std::string& line : child.Lines()) report_.Add(line);
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS) return;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) {
      report_.Count("ended_by_engine");
    } else {
      report_.Violation("ended", absl::StrCat(step, ": ", Ended(status)));
    }
  }

  std::mt19937_64 random_;
  Report& report_;
  const SmallDisk disk_{kDiskBytesMin + random_() % kDiskBytesSpread};
  const sakip::testing::TempDir ledger_folder_;
  const std::string ledger_path_ = ledger_folder_.File("ledger");
  Ledger ledger_{ledger_path_};
};

void Use(const std::string& step, uint64_t seed, Report& report) {
  User user(absl::GetFlag(FLAGS_disk), Ledger::ReadFile(absl::GetFlag(FLAGS_ledger)), seed, report);
  if (step == "fill_up") user.FillUp();
  if (step == "use_full_disk") user.UseFullDisk();
  if (step == "resume") user.Resume();
  report.PrintFigures();
}

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  namespace faults = sakip::faults;
  const auto arguments = faults::ParseArguments(argc, argv, faults::kShortSizes);
  std::vector<std::string> kinds = faults::LogViolations();
  kinds.insert(kinds.end(), {"not_full", "not_opened", "not_resumed", "ended"});
  faults::Report report("G11", arguments, kinds);
  if (const std::string step = absl::GetFlag(FLAGS_step); !step.empty()) {
    faults::Use(step, arguments.seed, report);
    return EXIT_SUCCESS;
  }
  if (!faults::EnterOwnMounts()) {
    std::cerr << "disk_full_campaign needs root, or user namespaces, to mount a small disk: "
              << std::strerror(errno) << std::endl;
    return EXIT_FAILURE;
  }
  for (uint64_t disk = 0; disk < arguments.size; ++disk) {
    faults::Life(arguments.seed + disk, report).Run();
    report.Count("disks");
  }
  return report.Finish();
}
