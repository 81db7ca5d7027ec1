#include "common/eventlog/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>

namespace sakip::eventlog {
namespace {

// The cache in 4 parts, not 64: one that is smaller than the filter of a whole table, 1.3 MB where
// it is full of nodes, does not keep it, and each look-up reads it anew.
constexpr int kCachePartsLog2 = 2;

rocksdb::BlockBasedTableOptions TableOptions(const RocksEventLogOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 32 * 1024;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes, kCachePartsLog2);
  table.cache_index_and_filter_blocks = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  return table;
}

}  // namespace

rocksdb::Options DatabaseOptions(const RocksEventLogOptions& options) {
  rocksdb::Options database;
  if (options.env != nullptr) database.env = options.env;
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  database.track_and_verify_wals_in_manifest = true;
  database.paranoid_checks = true;
  database.paranoid_file_checks = true;
  database.memtable_protection_bytes_per_key = kProtectionBytesPerKey;
  database.fail_if_options_file_error = true;
  database.recycle_log_file_num = 0;
  database.wal_compression = rocksdb::kNoCompression;
  const auto supported = rocksdb::GetSupportedCompressions();
  const bool has_lz4 =
      std::find(supported.begin(), supported.end(), rocksdb::kLZ4Compression) != supported.end();
  database.compression = has_lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
  database.table_factory.reset(rocksdb::NewBlockBasedTableFactory(TableOptions(options)));
  database.write_buffer_size = options.write_buffer_bytes;
  database.max_write_buffer_number = 2;
  // Looking for the row of a new request ends here for most groups.
  database.memtable_prefix_bloom_size_ratio = 0.05;
  database.memtable_whole_key_filtering = true;
  database.max_open_files = -1;
  database.max_background_jobs = 2;
  database.max_log_file_size = 10 * 1024 * 1024;
  database.keep_log_file_num = 5;
  return database;
}

}  // namespace sakip::eventlog
