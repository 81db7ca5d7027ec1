// G4: a log of 64 events is damaged in one place and opened, for every place: one bit of every byte
// of every file, every truncation of the write-ahead log and HEAD, every page set to zero, every
// two files swapped. Both forms of a log are tried: with all records in the write-ahead log, and in
// tables. --size is the step: 1 tries every byte, 11 every eleventh from one that the seed chooses.
//
// Each opening either is refused by name, or the log turns out whole (harmless), or it names what
// is damaged and serves all else (named). Everything else is a violation:
//
//   served_wrong  a record, proof, revision or answer that is not the right one
//   missing       the log is shorter, or has forgotten a request, and says nothing
//   unnamed       an error without a reason
//   crashed       the process ended
//   hung          it took longer than a minute
//
// RocksDB's own text log (LOG) is left out: nothing reads it.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/durable_file.h"
#include "common/base/log.h"
#include "common/testing/temp_dir.h"
#include "tests/faults/child.h"
#include "tests/faults/damage.h"
#include "tests/faults/damaged_log.h"
#include "tests/faults/report.h"

ABSL_FLAG(std::string, work, "", "Be a worker: make the log of this folder, or open damaged ones.");
ABSL_FLAG(std::string, form, "wal", "Of the log: wal, or tables.");
ABSL_FLAG(int64_t, first, -1, "The worker's first damage; -1 makes the log instead.");

namespace sakip::faults {
namespace {

constexpr uint64_t kShortStep = 11;
constexpr uint64_t kWorkers = 2;
constexpr absl::Duration kHung = absl::Minutes(1);

// Tries every second damage from `first` on, and prints `number outcome what` for each.
int Work(const std::string& folder, const Arguments& arguments, uint64_t first) {
  const std::string pristine = absl::StrCat(folder, "/pristine");
  const std::vector<Damage> damages = ListDamages(pristine, arguments.size, arguments.seed);
  const DamagedLog right;
  for (uint64_t number = first; number < damages.size(); number += kWorkers) {
    const std::string trial = absl::StrCat(folder, "/trial", number % kWorkers);
    std::filesystem::remove_all(trial);
    std::filesystem::copy(pristine, trial, std::filesystem::copy_options::recursive);
    damages[number].Inflict(trial);
    const Finding finding = right.Examine(trial, absl::StrCat(folder, "/keys"));
    const std::string line = absl::StrCat(number, " ", finding.outcome, " ", damages[number].Name(),
                                          finding.what.empty() ? "" : ": ",
                                          absl::StrReplaceAll(finding.what, {{"\n", " "}}), "\n");
    if (!WriteAll(STDOUT_FILENO, line)) return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}

class BitRotCampaign {
 public:
  BitRotCampaign(const Arguments& arguments, const std::string& form, Report& report)
      : arguments_(arguments), form_(form), report_(report) {}

  void Run() {
    Child maker(Command(-1));
    if (!maker.ReadAll(kHung)) maker.Kill();
    SAKIP_CHECK(maker.Wait() == 0);
    damages_ = ListDamages(folder_.File("pristine"), arguments_.size, arguments_.seed);
    std::vector<std::thread> threads;
    for (uint64_t worker = 0; worker < kWorkers; ++worker) {
      threads.emplace_back([this, worker] { Follow(worker); });
    }
    for (std::thread& thread : threads) thread.join();
  }

 private:
  std::vector<std::string> Command(int64_t first) const {
    return {ThisProgram(),
            absl::StrCat("--work=", folder_.path()),
            absl::StrCat("--form=", form_),
            absl::StrCat("--first=", first),
            absl::StrCat("--size=", arguments_.size),
            absl::StrCat("--seed=", arguments_.seed)};
  }

  // Lets a worker try its share; where it ends or hangs, another goes on behind that damage.
  void Follow(uint64_t next) {
    while (next < damages_.size()) {
      Child child(Command(static_cast<int64_t>(next)));
      size_t lines = 0;
      bool ended = false;
      bool hung = false;
      while (!ended && !hung) {
        ended = !child.ReadUntil(absl::Now() + kHung);
        const size_t now = child.Lines().size();
        hung = !ended && now == lines;
        lines = now;
      }
      if (hung) child.Kill();
      const int status = child.Wait();
      for (const std::string& line : child.Lines()) Count(line);
      next += kWorkers * child.Lines().size();
      if (next >= damages_.size() && status == 0) return;
      report_.Violation(hung ? "hung" : "crashed",
                        absl::StrCat(form_, ": ", damages_[next].Name(), ": ", Ended(status)));
      next += kWorkers;
    }
  }

  void Count(const std::string& line) {
    const std::vector<std::string> words = absl::StrSplit(line, absl::MaxSplits(' ', 2));
    const std::string& outcome = words[1];
    report_.Count("trials");
    if (outcome == "refused" || outcome == "harmless" || outcome == "named") {
      report_.Count(outcome);
    } else {
      report_.Violation(outcome, absl::StrCat(form_, ": ", words[2]));
    }
  }

  const Arguments arguments_;
  const std::string form_;
  Report& report_;
  const sakip::testing::TempDir folder_;
  std::vector<Damage> damages_;
};

}  // namespace
}  // namespace sakip::faults

int main(int argc, char** argv) {
  namespace faults = sakip::faults;
  const auto arguments = faults::ParseArguments(argc, argv, faults::kShortStep);
  if (const std::string folder = absl::GetFlag(FLAGS_work); !folder.empty()) {
    const int64_t first = absl::GetFlag(FLAGS_first);
    if (first >= 0) return faults::Work(folder, arguments, static_cast<uint64_t>(first));
    return faults::MakeLog(folder, absl::GetFlag(FLAGS_form) == "tables");
  }
  faults::Report report("G4", arguments, {"served_wrong", "missing", "unnamed", "crashed", "hung"});
  faults::BitRotCampaign(arguments, "wal", report).Run();
  faults::BitRotCampaign(arguments, "tables", report).Run();
  return report.Finish();
}
