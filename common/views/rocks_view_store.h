// RocksViewStore keeps a view in a directory, in RocksDB.
//
// Keys: `v` the view's version, `p` source -> position (8 bytes, big-endian), `d` key -> value of a
// row. A batch and its position are one RocksDB write. It is not synced: after a loss of power the
// view may be an earlier one, rows and position together, and is brought up to date from the logs,
// which are synced. Syncing would cost each batch a disk write and promise nothing more.
#ifndef SAKIP_COMMON_VIEWS_ROCKS_VIEW_STORE_H_
#define SAKIP_COMMON_VIEWS_ROCKS_VIEW_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "common/base/mutex.h"
#include "common/views/view_store.h"

namespace rocksdb {
class DB;
class Env;
}  // namespace rocksdb

namespace sakip::views {

struct RocksViewStoreOptions {
  std::string directory;  // Of this view alone: everything in it may be wiped. Its parent exists.
  // Name and version of what the rows mean, such as `scoring/3`. A store of another one, or one
  // that is damaged, is wiped at open and starts at position 0: the rows are only a fold of the
  // logs, and a program must never read rows that another one wrote otherwise.
  std::string version;
  size_t block_cache_bytes = 64 * 1024 * 1024;
  size_t write_buffer_bytes = 32 * 1024 * 1024;
  rocksdb::Env* env = nullptr;  // Borrowed; for tests that make the disk fail.
};

// Thread-safe. One process at a time has a directory open. Applying batches of different sources at
// once is fine; they are written one after the other.
class RocksViewStore final : public ViewStore {
 public:
  // Opens the view, or makes an empty one.
  //
  //   DATA_LOSS            VIEW_DAMAGED          it cannot be read: delete the directory, the view
  //   is
  //                                              built again. Never done here: what cannot be read
  //                                              might be something else.
  //   FAILED_PRECONDITION  VIEW_DIRECTORY_WRONG  the directory holds something that is no view; it
  //                                              is not touched.
  //   UNAVAILABLE          VIEW_NOT_OPENED       the directory is in use or cannot be read.
  static absl::StatusOr<std::unique_ptr<RocksViewStore>> Open(const RocksViewStoreOptions& options);
  ~RocksViewStore() override;

  absl::StatusOr<std::optional<std::string>> Get(absl::string_view key) const override;
  absl::Status Scan(const ScanRange& range, const ScanCallback& row) const override;
  absl::Status Apply(const ViewBatch& batch, absl::string_view source, uint64_t expected_position,
                     uint64_t next_position) override;
  absl::StatusOr<uint64_t> Position(absl::string_view source) const override;

  // What was applied so far survives a loss of power too, once this returns OK.
  //   UNAVAILABLE  VIEW_STOPPED  it could not be synced.
  absl::Status Sync();

 private:
  explicit RocksViewStore(std::unique_ptr<rocksdb::DB> db);

  const std::unique_ptr<rocksdb::DB> db_;
  // Held from reading a position to writing the next one. The write waits for no sync.
  Mutex apply_mutex_;
};

}  // namespace sakip::views

#endif  // SAKIP_COMMON_VIEWS_ROCKS_VIEW_STORE_H_
