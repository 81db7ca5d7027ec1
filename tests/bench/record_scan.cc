#include "tests/bench/record_scan.h"

#include <rocksdb/db.h>

#include "common/base/log.h"
#include "common/eventlog/keys.h"
#include "common/eventlog/rocks_options.h"
#include "common/eventlog/rows.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::bench {

RecordScan::RecordScan(const std::string& log_directory) {
  rocksdb::DB* db = nullptr;
  SAKIP_CHECK(rocksdb::DB::OpenForReadOnly(eventlog::DatabaseOptions({.directory = log_directory}),
                                           log_directory + "/store", &db)
                  .ok());
  db_.reset(db);
}

RecordScan::~RecordScan() = default;

uint64_t RecordScan::Run() const {
  const rocksdb::Slice end = eventlog::kRecordKeysEnd;
  rocksdb::ReadOptions options;
  options.iterate_upper_bound = &end;
  const std::unique_ptr<rocksdb::Iterator> records(db_->NewIterator(options));
  eventlog::v1::Record record;
  uint64_t count = 0;
  for (records->Seek(eventlog::kRecordKeysBegin); records->Valid(); records->Next()) {
    rocksdb::Slice value = records->value();
    value.remove_prefix(eventlog::kHashBytes);
    SAKIP_CHECK(record.ParseFromArray(value.data(), static_cast<int>(value.size())));
    ++count;
  }
  SAKIP_CHECK(records->status().ok());
  return count;
}

}  // namespace sakip::bench
