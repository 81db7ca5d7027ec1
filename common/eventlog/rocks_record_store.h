// RocksRecordStore keeps the records and rows of one log in RocksDB, laid out as FORMAT.md says.
// Its source is the only one of the event log that includes RocksDB.
#ifndef SAKIP_COMMON_EVENTLOG_ROCKS_RECORD_STORE_H_
#define SAKIP_COMMON_EVENTLOG_ROCKS_RECORD_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/eventlog/record_store.h"
#include "common/eventlog/rocks_event_log.h"

namespace rocksdb {
class DB;
}  // namespace rocksdb

namespace sakip::eventlog {

// Thread-safe as RecordStore says.
class RocksRecordStore final : public RecordStore {
 public:
  // Opens the store and checks its format version. Errors are those of RocksEventLog::Open.
  static absl::StatusOr<std::unique_ptr<RocksRecordStore>> Open(
      const RocksEventLogOptions& options);
  ~RocksRecordStore() override;

  // Number of records, by the last key.
  //
  //   DATA_LOSS  LOG_DAMAGED  it cannot be read.
  absl::StatusOr<uint64_t> FindEnd() const;

  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const override;
  absl::StatusOr<AgencyHead> Agency(absl::string_view agency) const override;
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view agency,
                                                    absl::string_view request_id) const override;
  absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const override;
  absl::StatusOr<merkle::Hash> Node(const merkle::NodeId& id) const override;
  absl::Status Write(const SequencedBatch& batch) override;
  absl::StatusOr<std::vector<StoredRecord>> Read(uint64_t from, uint64_t end,
                                                 const ReadLimits& limits) const override;

 private:
  explicit RocksRecordStore(std::unique_ptr<rocksdb::DB> db);

  absl::Status CheckFormat();
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const;

  const std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_ROCKS_RECORD_STORE_H_
