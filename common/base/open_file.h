// OpenFile is a file descriptor that is closed when it goes out of scope.
#ifndef SAKIP_COMMON_BASE_OPEN_FILE_H_
#define SAKIP_COMMON_BASE_OPEN_FILE_H_

#include <unistd.h>

#include <utility>

namespace sakip {

// Not thread-safe.
class OpenFile {
 public:
  OpenFile() = default;
  // What open() returned; below zero it is not open.
  explicit OpenFile(int fd) : fd_(fd) {}
  OpenFile(OpenFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~OpenFile() {
    if (is_open()) close(fd_);
  }

  int fd() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }

  // Closes it now; false where the system says that something written is lost.
  bool Close() { return close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_ = -1;
};

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_OPEN_FILE_H_
