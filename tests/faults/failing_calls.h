// FailingCalls starts a program under failing_calls.cc, the library that makes one of its calls on
// files fail, and knows how many calls it made.
#ifndef SAKIP_TESTS_FAULTS_FAILING_CALLS_H_
#define SAKIP_TESTS_FAULTS_FAILING_CALLS_H_

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "common/base/log.h"
#include "tests/faults/child.h"

namespace sakip::faults {

// One program at a time. Whatever fails here ends the driver.
class FailingCalls {
 public:
  // Makes the file at `path`, in which the number of calls is shared with the program.
  explicit FailingCalls(const std::string& path) : path_(path) {
    const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
    SAKIP_CHECK(file >= 0 && ftruncate(file, sizeof(uint64_t)) == 0);
    void* const memory = mmap(nullptr, sizeof(uint64_t), PROT_READ, MAP_SHARED, file, 0);
    SAKIP_CHECK(memory != MAP_FAILED);
    close(file);
    count_ = static_cast<const uint64_t*>(memory);
  }
  ~FailingCalls() { munmap(const_cast<uint64_t*>(count_), sizeof(uint64_t)); }
  FailingCalls(const FailingCalls&) = delete;
  FailingCalls& operator=(const FailingCalls&) = delete;

  // What the program is started with, so that its call number `call`, 0 for none, on files below
  // `folders` fails.
  std::vector<std::string> Environment(const std::vector<std::string>& folders, uint64_t call,
                                       absl::string_view kind) const {
    const auto library = std::filesystem::path(ThisProgram()).replace_filename(kLibrary);
    return {absl::StrCat("LD_PRELOAD=", library.string()),
            absl::StrCat("FAULT_FOLDER=", absl::StrJoin(folders, ":")),
            absl::StrCat("FAULT_STATE=", path_), absl::StrCat("FAULT_CALL=", call),
            absl::StrCat("FAULT_KIND=", kind)};
  }

  // Calls so far.
  uint64_t count() const { return *count_; }

 private:
  static constexpr char kLibrary[] = "libfailing_calls.so";

  const std::string path_;
  const uint64_t* count_;
};

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_FAILING_CALLS_H_
