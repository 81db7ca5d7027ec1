#include "common/eventlog/disk_space.h"

#include <fcntl.h>
#include <rocksdb/env.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/disk_reserve.h"
#include "common/base/log.h"

namespace sakip::eventlog {
namespace {

// Opening writes a MANIFEST and the tables of what was in the write-ahead log.
constexpr uint64_t kOpenShare = 4;  // Of the reserve.

}  // namespace

DiskSpace::DiskSpace(rocksdb::Env& env, std::string directory, const DiskSpaceOptions& options)
    : env_(env),
      directory_(std::move(directory)),
      ballast_(absl::StrCat(directory_, "/BALLAST")),
      options_(options) {}

uint64_t DiskSpace::FreeBytes() const {
  uint64_t free_bytes = 0;
  // A file system that does not tell is taken to have room: writes find out.
  if (!env_.GetFreeSpace(directory_, &free_bytes).ok()) return std::numeric_limits<uint64_t>::max();
  return free_bytes;
}

bool DiskSpace::MakeRoomToOpen() {
  if (FreeBytes() < options_.reserve_bytes && env_.FileExists(ballast_).ok()) {
    const rocksdb::Status status = env_.DeleteFile(ballast_);
    Log(LogLevel::kWarning, "ballast_given_up",
        {{"directory", directory_}, {"status", status.ToString()}});
  }
  return FreeBytes() >= options_.reserve_bytes / kOpenShare;
}

void DiskSpace::LayBallast() {
  if (options_.ballast_bytes == 0 || env_.FileExists(ballast_).ok()) return;
  const uint64_t needed = options_.reserve_bytes + options_.ballast_bytes;
  if (FreeBytes() < needed) return;
  const int file = open(ballast_.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const int error =
      file < 0 ? errno : posix_fallocate(file, 0, static_cast<off_t>(options_.ballast_bytes));
  if (file >= 0) close(file);
  if (error == 0) return;
  Log(LogLevel::kWarning, "ballast_not_laid",
      {{"directory", directory_}, {"error", std::strerror(error)}});
  env_.DeleteFile(ballast_).PermitUncheckedError();
}

absl::Status DiskSpace::CheckRoom(uint64_t bytes) const {
  return CheckReserve("the log", FreeBytes(), options_.reserve_bytes, bytes);
}

}  // namespace sakip::eventlog
