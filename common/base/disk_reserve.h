// The rule that keeps whoever writes from filling a disk.
#ifndef SAKIP_COMMON_BASE_DISK_RESERVE_H_
#define SAKIP_COMMON_BASE_DISK_RESERVE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/error.h"

namespace sakip {

// OK where a disk with `free_bytes` has `reserve_bytes` left once `bytes` more are written. The
// error says that it is the disk of `whose`. Thread-safe.
//
//   RESOURCE_EXHAUSTED  DISK_FULL
inline absl::Status CheckReserve(absl::string_view whose, uint64_t free_bytes,
                                 uint64_t reserve_bytes, uint64_t bytes) {
  if (free_bytes >= reserve_bytes && free_bytes - reserve_bytes >= bytes) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kResourceExhausted, "DISK_FULL",
      absl::StrCat("the disk of ", whose, " has ", free_bytes, " bytes left, ", reserve_bytes,
                   " are kept free, ", bytes, " are to come; nothing was stored, reads go on"));
}

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_DISK_RESERVE_H_
