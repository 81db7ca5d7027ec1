#include "common/eventlog/rocks_options.h"

#include <gtest/gtest.h>
#include <rocksdb/cache.h>
#include <rocksdb/table.h>

namespace sakip::eventlog {
namespace {

// A table of 64 MiB that is full of the tree's nodes has a filter of 1.3 MB. Where the cache does
// not keep it, a log of a million records takes minutes to verify.
TEST(RocksOptionsTest, KeepsTheFilterOfAWholeTableInTheCache) {
  constexpr size_t kFilterBytes = 2 << 20;
  const rocksdb::Options options = DatabaseOptions({});
  const auto* table = options.table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
  ASSERT_NE(table, nullptr);
  rocksdb::Cache& cache = *table->block_cache;

  int filter = 0;
  ASSERT_TRUE(
      cache.Insert("filter", &filter, kFilterBytes, [](const rocksdb::Slice&, void*) {}).ok());
  rocksdb::Cache::Handle* const kept = cache.Lookup("filter");

  ASSERT_NE(kept, nullptr);
  cache.Release(kept);
}

}  // namespace
}  // namespace sakip::eventlog
