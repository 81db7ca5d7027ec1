// RocksRecordStore keeps the records and rows of one log in RocksDB, and the HEAD file beside it,
// laid out as FORMAT.md says.
#ifndef SAKIP_COMMON_EVENTLOG_ROCKS_RECORD_STORE_H_
#define SAKIP_COMMON_EVENTLOG_ROCKS_RECORD_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/limited_lines.h"
#include "common/eventlog/disk_space.h"
#include "common/eventlog/head_file.h"
#include "common/eventlog/record_store.h"
#include "common/eventlog/rocks_event_log.h"

namespace rocksdb {
class DB;
class Iterator;
class Status;
}  // namespace rocksdb

namespace sakip::eventlog {

// Thread-safe as RecordStore says.
class RocksRecordStore final : public RecordStore {
 public:
  enum class Mode { kReadWrite, kReadOnly };

  // Opens the store in `{options.directory}/store` and checks its format version; it is made where
  // it is missing and `may_create`. Errors are those of RocksEventLog::Open.
  static absl::StatusOr<std::unique_ptr<RocksRecordStore>> Open(const RocksEventLogOptions& options,
                                                                Mode mode, bool may_create);
  ~RocksRecordStore() override;

  // Number of records, by the last key.
  //
  //   DATA_LOSS  LOG_DAMAGED  it cannot be read.
  absl::StatusOr<uint64_t> FindEnd() const;

  // From now on each write is noted in `head` too, and leaves the reserve of `space` free.
  void Guard(std::unique_ptr<HeadFile> head, std::unique_ptr<DiskSpace> space);

  // As RocksEventLog::Snapshot.
  absl::Status Snapshot(const std::string& directory) const;

  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const override;
  absl::StatusOr<AgencyHead> Agency(absl::string_view agency) const override;
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view agency,
                                                    absl::string_view request_id) const override;
  absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const override;
  absl::StatusOr<merkle::Hash> Node(const merkle::NodeId& id) const override;
  absl::Status CheckRoom(const SequencedBatch& batch) const override;
  absl::Status CheckFiles() const override;
  absl::Status Write(const SequencedBatch& batch) override;
  absl::StatusOr<std::vector<StoredRecord>> Read(uint64_t from, uint64_t end,
                                                 const ReadLimits& limits) const override;

 private:
  explicit RocksRecordStore(std::unique_ptr<rocksdb::DB> db);

  absl::Status CheckFormat(Mode mode);
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const;
  // Reads the position of the row that the iterator stands at and checks that it is `position`.
  absl::Status CheckStandsAt(const rocksdb::Iterator& iterator, uint64_t position) const;
  // What the engine says may name files: it is for the log of the process, and no reader's. Of many
  // reads that fail a few a second have a line; a later read tells how many had none.
  void LogUnreadable(const rocksdb::Status& status) const;

  const std::unique_ptr<rocksdb::DB> db_;
  std::unique_ptr<HeadFile> head_;
  std::unique_ptr<DiskSpace> space_;
  mutable LimitedLines unreadable_{LogLevel::kError, "log_unreadable", "directory"};
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_ROCKS_RECORD_STORE_H_
