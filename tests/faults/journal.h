// Journal is a file of the driver that keeps what it was told, whatever becomes of those that it
// kills: lines that are on disk when Append returns.
#ifndef SAKIP_TESTS_FAULTS_JOURNAL_H_
#define SAKIP_TESTS_FAULTS_JOURNAL_H_

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/log.h"

namespace sakip::faults {

// Not thread-safe. Whatever fails here ends the driver.
class Journal {
 public:
  // Makes the file.
  explicit Journal(const std::string& path)
      : file_(open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
    SAKIP_CHECK(file_ >= 0);
  }
  ~Journal() { close(file_); }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  void Append(const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    std::string text;
    for (const std::string& line : lines) absl::StrAppend(&text, line, "\n");
    SAKIP_CHECK(WriteAll(file_, text));
    SAKIP_CHECK(fdatasync(file_) == 0);
  }

 private:
  const int file_;
};

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_JOURNAL_H_
