// RocksEventLog keeps an event log in a directory, in RocksDB. What is on disk is FORMAT.md.
#ifndef SAKIP_COMMON_EVENTLOG_ROCKS_EVENT_LOG_H_
#define SAKIP_COMMON_EVENTLOG_ROCKS_EVENT_LOG_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/clock.h"
#include "common/eventlog/disk_space.h"
#include "common/eventlog/sequenced_event_log.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace sakip::eventlog {

class RocksRecordStore;

struct RocksEventLogOptions {
  std::string directory;         // Of this log alone; its parent exists.
  const Clock* clock = nullptr;  // Borrowed; the system's clock where null.
  AppendLimits limits = {};
  std::function<void(absl::Duration waited)> on_turn = nullptr;  // As in SequencedEventLogOptions.
  // As in SequencedEventLogOptions: called once after a write failed, on the log's thread.
  std::function<void(const absl::Status& why)> on_stopped = nullptr;
  // Memory of the store: blocks read, and two buffers of records not yet in tables.
  size_t block_cache_bytes = 64 * 1024 * 1024;
  size_t write_buffer_bytes = 32 * 1024 * 1024;
  DiskSpaceOptions disk_space = {};
  rocksdb::Env* env = nullptr;  // Borrowed; for tests that make the disk fail.
};

// Thread-safe, durable. On a full disk it opens for reading only and refuses writes with DISK_FULL.
// One process at a time has a directory open.
class RocksEventLog final : public SequencedEventLog {
 public:
  // Opens the log, or makes an empty one where the directory is new.
  //
  //   DATA_LOSS            LOG_DAMAGED         what is stored does not hold together; the message
  //                                            says where. Restore a backup.
  //   DATA_LOSS            LOG_INCOMPLETE      records that were acknowledged are missing; the
  //                                            message says which. Restore a backup.
  //   FAILED_PRECONDITION  LOG_FORMAT_UNKNOWN  the directory is of another version or no log.
  //   UNAVAILABLE          LOG_NOT_OPENED      the directory is in use or cannot be read.
  static absl::StatusOr<std::unique_ptr<RocksEventLog>> Open(RocksEventLogOptions options);

  // Makes the new folder `directory` a copy of the store with at least the records that are there
  // now, on disk when it returns. Tables are shared with the log where both are on one file system.
  // Writers go on.
  //
  //   UNAVAILABLE  SNAPSHOT_FAILED  in the words of the engine, which may name files.
  absl::Status Snapshot(const std::string& directory) const;

 private:
  RocksEventLog(RocksRecordStore& rocks, std::unique_ptr<RecordStore> store, const LogHead& head,
                SequencedEventLogOptions options);

  RocksRecordStore& rocks_;  // The store that the base owns.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_ROCKS_EVENT_LOG_H_
