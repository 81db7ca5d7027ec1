#include "services/realization/store/disk_room.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "common/base/disk_reserve.h"
#include "common/base/status_macros.h"

namespace sakip::realization {

FreeBytes FreeBytesOf(const std::string& folder) {
  return [folder]() -> uint64_t {
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(folder, error);
    return error ? std::numeric_limits<uint64_t>::max() : space.available;
  };
}

DiskRoom::Share::Share(Share&& other) noexcept
    : room_(std::exchange(other.room_, nullptr)), bytes_(other.bytes_) {}

DiskRoom::Share::~Share() {
  if (room_ != nullptr) room_->Return(bytes_);
}

absl::Status DiskRoom::Share::Check(uint64_t bytes) const { return room_->Check(bytes); }

void DiskRoom::Share::Use(uint64_t bytes) {
  const uint64_t used = std::min(bytes, bytes_);
  bytes_ -= used;
  room_->Return(used);
}

DiskRoom::DiskRoom(FreeBytes free_bytes, uint64_t reserve_bytes)
    : free_bytes_(std::move(free_bytes)), reserve_bytes_(reserve_bytes) {}

absl::StatusOr<DiskRoom::Share> DiskRoom::Reserve(uint64_t bytes) {
  MutexLock lock(mutex_);
  RETURN_IF_ERROR(Check(kept_bytes_ + bytes));
  kept_bytes_ += bytes;
  return Share(*this, bytes);
}

absl::Status DiskRoom::Check(uint64_t bytes) const {
  return CheckReserve("the evidence", free_bytes_(), reserve_bytes_, bytes);
}

void DiskRoom::Return(uint64_t bytes) {
  MutexLock lock(mutex_);
  kept_bytes_ -= bytes;
}

}  // namespace sakip::realization
