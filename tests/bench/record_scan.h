// RecordScan is the limit of reading a log: its records, one after the other, straight from
// RocksDB, each parsed into the same message.
#ifndef SAKIP_TESTS_BENCH_RECORD_SCAN_H_
#define SAKIP_TESTS_BENCH_RECORD_SCAN_H_

#include <cstdint>
#include <memory>
#include <string>

namespace rocksdb {
class DB;
}  // namespace rocksdb

namespace sakip::bench {

// Not thread-safe. Sees what was stored when it was made; the log may be open.
class RecordScan {
 public:
  explicit RecordScan(const std::string& log_directory);
  ~RecordScan();

  // Reads and parses all; returns how many there were.
  uint64_t Run() const;

 private:
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_RECORD_SCAN_H_
