// DiskRoom keeps evidence from filling the disk that it shares with the logs of the service, and
// keeps room for the files that are on their way.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_DISK_ROOM_H_
#define SAKIP_SERVICES_REALIZATION_STORE_DISK_ROOM_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/mutex.h"

namespace sakip::realization {

// Tells how many bytes are free; called by any thread.
using FreeBytes = std::function<uint64_t()>;

// What is free on the disk of a folder. All where the file system does not tell: writes find out.
FreeBytes FreeBytesOf(const std::string& folder);

// Thread-safe. Outlives its shares.
class DiskRoom {
 public:
  // Room that is kept for one file until it is destroyed. Not thread-safe.
  class Share {
   public:
    Share(Share&& other) noexcept;
    Share& operator=(Share&&) = delete;
    ~Share();

    // OK where `bytes` may be written now: others may have taken what was kept, such as the logs.
    //
    //   RESOURCE_EXHAUSTED  DISK_FULL
    absl::Status Check(uint64_t bytes) const;

    // `bytes` were written: the disk has less free, and there is less to keep.
    void Use(uint64_t bytes);

   private:
    friend class DiskRoom;
    Share(DiskRoom& room, uint64_t bytes) : room_(&room), bytes_(bytes) {}

    DiskRoom* room_;  // Null where it was moved from.
    uint64_t bytes_;
  };

  // Leaves `reserve_bytes` free.
  DiskRoom(FreeBytes free_bytes, uint64_t reserve_bytes);

  // Keeps room for a file of `bytes`, where there is room for it beside all shares.
  //
  //   RESOURCE_EXHAUSTED  DISK_FULL
  absl::StatusOr<Share> Reserve(uint64_t bytes);

 private:
  absl::Status Check(uint64_t bytes) const;
  void Return(uint64_t bytes);

  const FreeBytes free_bytes_;
  const uint64_t reserve_bytes_;
  Mutex mutex_;
  uint64_t kept_bytes_ ABSL_GUARDED_BY(mutex_) = 0;  // Of all shares.
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_DISK_ROOM_H_
