// DiskRoom keeps evidence from filling the disk that it shares with the logs of the service.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_DISK_ROOM_H_
#define SAKIP_SERVICES_REALIZATION_STORE_DISK_ROOM_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"

namespace sakip::realization {

// Tells how many bytes are free; called by any thread.
using FreeBytes = std::function<uint64_t()>;

// What is free on the disk of a folder. All where the file system does not tell: writes find out.
FreeBytes FreeBytesOf(const std::string& folder);

// Thread-safe.
class DiskRoom {
 public:
  // Leaves `reserve_bytes` free.
  DiskRoom(FreeBytes free_bytes, uint64_t reserve_bytes);

  // OK where `bytes` more may be written.
  //
  //   RESOURCE_EXHAUSTED  DISK_FULL
  absl::Status Check(uint64_t bytes) const;

 private:
  const FreeBytes free_bytes_;
  const uint64_t reserve_bytes_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_DISK_ROOM_H_
