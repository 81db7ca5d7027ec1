#include "common/base/new_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/status_macros.h"

namespace sakip {
namespace {

constexpr size_t kBufferBytes = 1 << 20;

absl::Status NotWritten(const std::string& path) { return absl::ErrnoToStatus(errno, path); }

}  // namespace

absl::StatusOr<std::unique_ptr<NewFile>> NewFile::Create(const std::string& path) {
  std::error_code unreadable;
  if (std::filesystem::exists(path, unreadable)) {
    return absl::AlreadyExistsError(absl::StrCat(path, " is there already"));
  }
  OpenFile file(
      open(absl::StrCat(path, ".part").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  // One that was left over keeps its mode.
  if (!file.is_open() || fchmod(file.fd(), 0600) != 0) return NotWritten(path);
  return std::unique_ptr<NewFile>(new NewFile(path, std::move(file)));
}

NewFile::~NewFile() {
  if (file_.is_open()) unlink(part().c_str());
}

absl::Status NewFile::Append(absl::string_view bytes) {
  buffer_.append(bytes.data(), bytes.size());
  return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush();
}

absl::Status NewFile::Flush() {
  if (!WriteAll(file_.fd(), buffer_)) return NotWritten(path_);
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status NewFile::Finish() {
  RETURN_IF_ERROR(Flush());
  if (fsync(file_.fd()) != 0) return NotWritten(path_);
  if (rename(part().c_str(), path_.c_str()) != 0) return NotWritten(path_);
  if (!file_.Close()) return NotWritten(path_);
  return SyncFolderOf(path_);
}

}  // namespace sakip
