#include "tests/faults/report.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <system_error>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"

ABSL_FLAG(uint64_t, size, 0, "How much is tried; 0 for the short form.");
ABSL_FLAG(uint64_t, seed, 20231231, "What is tried: the same seed does the same again.");

namespace sakip::faults {
namespace {

// What is wrong in a thousand cases is wrong for one reason.
constexpr uint64_t kShownViolationsMax = 20;

// A disk in memory: what a kill leaves does not depend on the disk, and on a fast one more happens
// between two kills.
constexpr char kMemoryDisk[] = "/dev/shm";
constexpr uint64_t kMemoryDiskBytesMin = uint64_t{2} << 30;

void UseMemoryDisk() {
  std::error_code error;
  const auto space = std::filesystem::space(kMemoryDisk, error);
  const bool usable = !error && space.available >= kMemoryDiskBytesMin;
  if (usable && access(kMemoryDisk, W_OK) == 0) setenv("TMPDIR", kMemoryDisk, /*overwrite=*/0);
}

}  // namespace

Arguments ParseArguments(int argc, char** argv, uint64_t default_size) {
  absl::ParseCommandLine(argc, argv);
  // A stopped log is what campaigns are about: its lines would hide the campaign's own.
  SetLogLevel(LogLevel::kError);
  UseMemoryDisk();
  const uint64_t size = absl::GetFlag(FLAGS_size);
  return {size == 0 ? default_size : size, absl::GetFlag(FLAGS_seed)};
}

Report::Report(absl::string_view goal, const Arguments& arguments,
               const std::vector<std::string>& violations)
    : goal_(goal), violation_kinds_(violations), arguments_(arguments) {
  for (const std::string& kind : violations) figures_.emplace_back(kind, 0);
}

uint64_t& Report::Figure(absl::string_view name) {
  for (auto& [known, value] : figures_) {
    if (known == name) return value;
  }
  return figures_.emplace_back(std::string(name), 0).second;
}

void Report::Count(absl::string_view figure, uint64_t by) {
  MutexLock lock(mutex_);
  Figure(figure) += by;
}

void Report::Violation(absl::string_view kind, absl::string_view what) {
  MutexLock lock(mutex_);
  ++Figure(kind);
  if (++violations_ > kShownViolationsMax) return;
  std::cerr << goal_ << " seed " << arguments_.seed << ": " << kind << ": " << what << std::endl;
}

void Report::PrintFigures() const {
  MutexLock lock(mutex_);
  for (const auto& [name, value] : figures_) std::cout << "figure " << name << " " << value << "\n";
  std::cout.flush();
}

bool Report::Add(const std::string& line) {
  std::istringstream words(line);
  std::string mark, name;
  uint64_t value = 0;
  if (!(words >> mark >> name >> value) || mark != "figure") return false;
  MutexLock lock(mutex_);
  Figure(name) += value;
  const bool is_violation =
      std::find(violation_kinds_.begin(), violation_kinds_.end(), name) != violation_kinds_.end();
  if (is_violation) violations_ += value;
  return true;
}

bool Report::failed() const {
  MutexLock lock(mutex_);
  return violations_ > 0;
}

int Report::Finish() const {
  MutexLock lock(mutex_);
  std::string line = absl::StrCat("{\"goal\":\"", goal_, "\",\"size\":", arguments_.size);
  for (const auto& [name, value] : figures_) absl::StrAppend(&line, ",\"", name, "\":", value);
  std::cout << line << ",\"seed\":" << arguments_.seed << "}" << std::endl;
  return violations_ == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace sakip::faults
