#include "common/base/durable_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"

namespace sakip {
namespace {

absl::Status SystemError(const std::string& path) { return absl::ErrnoToStatus(errno, path); }

// Closes a file when it goes out of scope.
class OpenFile {
 public:
  explicit OpenFile(int fd) : fd_(fd) {}
  ~OpenFile() {
    if (fd_ >= 0) close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int fd() const { return fd_; }
  bool Close() { return close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

}  // namespace

absl::Status WriteAll(int fd, absl::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemError(path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status SyncFolderOf(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const std::string name = parent.empty() ? "." : parent.string();
  const OpenFile folder(open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.fd() < 0 || fsync(folder.fd()) != 0) return SystemError(name);
  return absl::OkStatus();
}

absl::Status ReplaceFile(const std::string& path, absl::string_view bytes) {
  const std::string part = absl::StrCat(path, ".part");
  OpenFile file(open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.fd() < 0) return SystemError(part);
  RETURN_IF_ERROR(WriteAll(file.fd(), bytes, part));
  if (fsync(file.fd()) != 0 || !file.Close()) return SystemError(part);
  if (rename(part.c_str(), path.c_str()) != 0) return SystemError(path);
  return SyncFolderOf(path);
}

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t bytes_max) {
  const OpenFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd() < 0) return SystemError(path);
  std::string bytes;
  char buffer[16 * 1024];
  while (true) {
    const ssize_t got = read(file.fd(), buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError(path);
    if (got == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(got));
    if (bytes.size() > bytes_max) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ": is larger than ", bytes_max, " bytes"));
    }
  }
}

}  // namespace sakip
