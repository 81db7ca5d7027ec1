// DiskSpace keeps a log away from a full disk: the engine must never meet one, because it cannot
// write and sometimes not even open there. Below a reserve of free bytes nothing is written any
// more, and a ballast file is given up where even opening needs room.
#ifndef SAKIP_COMMON_EVENTLOG_DISK_SPACE_H_
#define SAKIP_COMMON_EVENTLOG_DISK_SPACE_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace sakip::eventlog {

struct DiskSpaceOptions {
  // Free bytes that writes leave to the engine: it holds two write buffers that become tables, and
  // the tables being merged.
  uint64_t reserve_bytes = 256 * 1024 * 1024;
  // Room that is kept for opening a log on a full disk; none where 0.
  uint64_t ballast_bytes = 0;
};

// Thread-safe. Borrows `env`.
class DiskSpace {
 public:
  DiskSpace(rocksdb::Env& env, std::string directory, const DiskSpaceOptions& options);

  // Makes room for the engine to open: where less than the reserve is free, the ballast goes. True
  // where there is enough for the engine to write while it opens.
  bool MakeRoomToOpen();

  // Lays the ballast where there is room for it beside the reserve.
  void LayBallast();

  // OK where `bytes` more may be written.
  //
  //   RESOURCE_EXHAUSTED  DISK_FULL
  absl::Status CheckRoom(uint64_t bytes) const;

 private:
  uint64_t FreeBytes() const;

  rocksdb::Env& env_;
  const std::string directory_;
  const std::string ballast_;  // Path of the file.
  const DiskSpaceOptions options_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_DISK_SPACE_H_
