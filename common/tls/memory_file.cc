#include "common/tls/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/status_macros.h"

namespace sakip::tls {
namespace {

absl::StatusOr<OpenFile> MakeFile(absl::string_view bytes, time_t modified) {
  OpenFile file(memfd_create("sakip-tls", MFD_CLOEXEC));
  const timespec time = {.tv_sec = modified, .tv_nsec = 0};
  const timespec times[2] = {time, time};
  if (!file.is_open() || !WriteAll(file.fd(), bytes) || futimens(file.fd(), times) != 0) {
    return absl::ErrnoToStatus(errno, "a file in memory cannot be made");
  }
  return file;
}

}  // namespace

MemoryFile::MemoryFile(OpenFile file, time_t modified)
    : file_(std::move(file)),
      path_(absl::StrCat("/proc/self/fd/", file_.fd())),
      modified_(modified) {}

absl::StatusOr<MemoryFile> MemoryFile::Create(absl::string_view bytes) {
  const time_t now = time(nullptr);
  ASSIGN_OR_RETURN(OpenFile file, MakeFile(bytes, now));
  return MemoryFile(std::move(file), now);
}

absl::Status MemoryFile::Replace(absl::string_view bytes) {
  const time_t modified = std::max(time(nullptr), modified_ + 1);
  ASSIGN_OR_RETURN(const OpenFile file, MakeFile(bytes, modified));
  // Whoever opened the path before reads on in the old file.
  if (dup3(file.fd(), file_.fd(), O_CLOEXEC) < 0) {
    return absl::ErrnoToStatus(errno, "a file in memory cannot be replaced");
  }
  modified_ = modified;
  return absl::OkStatus();
}

}  // namespace sakip::tls
