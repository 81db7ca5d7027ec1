#include "services/realization/store/disk_room.h"

#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace sakip::realization {

FreeBytes FreeBytesOf(const std::string& folder) {
  return [folder]() -> uint64_t {
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(folder, error);
    return error ? std::numeric_limits<uint64_t>::max() : space.available;
  };
}

DiskRoom::DiskRoom(FreeBytes free_bytes, uint64_t reserve_bytes)
    : free_bytes_(std::move(free_bytes)), reserve_bytes_(reserve_bytes) {}

absl::Status DiskRoom::Check(uint64_t bytes) const {
  const uint64_t free_bytes = free_bytes_();
  if (free_bytes >= reserve_bytes_ && free_bytes - reserve_bytes_ >= bytes) {
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kResourceExhausted, "DISK_FULL",
                   absl::StrCat("the disk of the evidence has ", free_bytes, " bytes left, ",
                                reserve_bytes_, " are kept free; nothing was stored, reads go on"));
}

}  // namespace sakip::realization
