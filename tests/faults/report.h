// Report counts what a campaign did and what it found wrong, and prints it as one line of JSON.
#ifndef SAKIP_TESTS_FAULTS_REPORT_H_
#define SAKIP_TESTS_FAULTS_REPORT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/base/mutex.h"

namespace sakip::faults {

// How far a campaign goes, and what makes it the same again: the flags --size and --seed.
struct Arguments {
  uint64_t size = 0;
  uint64_t seed = 0;
};

// Parses the flags of a campaign; ends the process where they are wrong. Temporary folders lie in
// memory from then on, where there is enough of it and TMPDIR says nothing else.
Arguments ParseArguments(int argc, char** argv, uint64_t default_size);

// Thread-safe.
class Report {
 public:
  // `violations` are the kinds of what must never happen: their figures stand in the line even
  // where they are 0.
  Report(absl::string_view goal, const Arguments& arguments,
         const std::vector<std::string>& violations);

  // Adds to a figure, which is 0 before.
  void Count(absl::string_view figure, uint64_t by = 1);

  // Counts a violation of one of the kinds given and says on standard error what was wrong.
  void Violation(absl::string_view kind, absl::string_view what);

  // Prints `figure value` lines for the driver of this process, which gives each to Add.
  void PrintFigures() const;
  // Adds a figure of a process that did a part of the campaign; false for other lines.
  bool Add(const std::string& line);

  bool failed() const;

  // Prints {"goal":...,"size":...,figures...,"seed":...}; the exit code of the campaign.
  int Finish() const;

 private:
  uint64_t& Figure(absl::string_view name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string goal_;
  const std::vector<std::string> violation_kinds_;
  const Arguments arguments_;
  mutable Mutex mutex_;
  uint64_t violations_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::pair<std::string, uint64_t>> figures_ ABSL_GUARDED_BY(mutex_);  // As counted.
};

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_REPORT_H_
