#include "common/views/rocks_view_store.h"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/views/view_position.h"

namespace sakip::views {
namespace {

constexpr char kVersionKey[] = "v";
// Tells a view from any other RocksDB store, such as an event log, before anything is wiped.
constexpr char kVersionMark[] = "sakip-view ";
constexpr size_t kPositionBytes = 8;

absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

std::string RowKey(absl::string_view key) { return absl::StrCat("d", key); }
std::string PositionKey(absl::string_view source) { return absl::StrCat("p", source); }

std::string EncodePosition(uint64_t position) {
  std::string bytes(kPositionBytes, '\0');
  for (size_t i = kPositionBytes; i-- > 0; position >>= 8) {
    bytes[i] = static_cast<char>(position & 0xff);
  }
  return bytes;
}

uint64_t DecodePosition(absl::string_view bytes) {
  uint64_t position = 0;
  for (const char byte : bytes) position = position << 8 | static_cast<uint8_t>(byte);
  return position;
}

absl::Status ViewDamaged(absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "VIEW_DAMAGED",
                   absl::StrCat("the view cannot be read: ", why));
}

absl::Status Stopped(const rocksdb::Status& status) {
  return MakeError(absl::StatusCode::kUnavailable, "VIEW_STOPPED",
                   absl::StrCat("the view could not be written: ", status.ToString()));
}

absl::Status NotOpened(const std::string& directory, absl::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable, "VIEW_NOT_OPENED",
                   absl::StrCat("the view in ", directory, " is not opened: ", why));
}

rocksdb::Options DatabaseOptions(const RocksViewStoreOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_size = 16 * 1024;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.cache_index_and_filter_blocks = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::Options database;
  if (options.env != nullptr) database.env = options.env;
  database.create_if_missing = true;
  // Keeps a prefix of what was applied after any crash: an earlier view, but a whole one.
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  const auto supported = rocksdb::GetSupportedCompressions();
  const bool has_lz4 =
      std::find(supported.begin(), supported.end(), rocksdb::kLZ4Compression) != supported.end();
  database.compression = has_lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
  database.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  database.write_buffer_size = options.write_buffer_bytes;
  database.max_write_buffer_number = 2;
  database.max_open_files = 512;
  database.max_background_jobs = 2;
  database.max_log_file_size = 10 * 1024 * 1024;
  database.keep_log_file_num = 5;
  return database;
}

rocksdb::Status OpenDatabase(const RocksViewStoreOptions& options,
                             std::unique_ptr<rocksdb::DB>& db) {
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(DatabaseOptions(options), options.directory, &opened);
  db.reset(opened);
  return status;
}

// What the version row says about a store.
enum class Contents { kThisView, kOtherView, kEmpty, kNoView };

absl::StatusOr<Contents> Inspect(rocksdb::DB& db, const std::string& version) {
  std::string stored;
  const rocksdb::Status status = db.Get(rocksdb::ReadOptions(), kVersionKey, &stored);
  if (status.ok()) {
    if (stored == absl::StrCat(kVersionMark, version)) return Contents::kThisView;
    return absl::StartsWith(stored, kVersionMark) ? Contents::kOtherView : Contents::kNoView;
  }
  if (!status.IsNotFound()) return ViewDamaged(status.ToString());
  const std::unique_ptr<rocksdb::Iterator> any(db.NewIterator(rocksdb::ReadOptions()));
  any->SeekToFirst();
  if (!any->status().ok()) return ViewDamaged(any->status().ToString());
  return any->Valid() ? Contents::kNoView : Contents::kEmpty;
}

absl::Status Wipe(const RocksViewStoreOptions& options, std::unique_ptr<rocksdb::DB>& db) {
  Log(LogLevel::kWarning, "view_wiped",
      {{"directory", options.directory}, {"version", options.version}});
  db = nullptr;
  rocksdb::Status status = rocksdb::DestroyDB(options.directory, DatabaseOptions(options));
  if (status.ok()) status = OpenDatabase(options, db);
  return status.ok() ? absl::OkStatus() : NotOpened(options.directory, status.ToString());
}

}  // namespace

RocksViewStore::RocksViewStore(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

RocksViewStore::~RocksViewStore() = default;

absl::StatusOr<std::unique_ptr<RocksViewStore>> RocksViewStore::Open(
    const RocksViewStoreOptions& options) {
  std::unique_ptr<rocksdb::DB> db;
  const rocksdb::Status status = OpenDatabase(options, db);
  // Not wiped: what cannot be read may be anything, an event log in a mistaken directory too.
  if (status.IsCorruption()) return ViewDamaged(status.ToString());
  if (!status.ok()) return NotOpened(options.directory, status.ToString());
  ASSIGN_OR_RETURN(const Contents contents, Inspect(*db, options.version));
  if (contents == Contents::kThisView) {
    return std::unique_ptr<RocksViewStore>(new RocksViewStore(std::move(db)));
  }
  if (contents == Contents::kNoView) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "VIEW_DIRECTORY_WRONG",
                     absl::StrCat(options.directory, " holds something that is no view"));
  }
  if (contents == Contents::kOtherView) {
    RETURN_IF_ERROR(Wipe(options, db));
  }
  // Synced before the first row, so that rows are never found without it.
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const rocksdb::Status marked =
      db->Put(synced, kVersionKey, absl::StrCat(kVersionMark, options.version));
  if (!marked.ok()) return NotOpened(options.directory, marked.ToString());
  return std::unique_ptr<RocksViewStore>(new RocksViewStore(std::move(db)));
}

absl::StatusOr<std::optional<std::string>> RocksViewStore::Get(absl::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), RowKey(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return ViewDamaged(status.ToString());
  return value;
}

absl::Status RocksViewStore::Scan(const ScanRange& range, const ScanCallback& row) const {
  const std::string prefix = RowKey(range.prefix);
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(rocksdb::ReadOptions()));
  size_t left = range.rows_max;
  for (rows->Seek(RowKey(std::max(range.prefix, range.start)));
       left > 0 && rows->Valid() && rows->key().starts_with(prefix); rows->Next(), --left) {
    if (!row(ToView(rows->key()).substr(1), ToView(rows->value()))) break;
  }
  return rows->status().ok() ? absl::OkStatus() : ViewDamaged(rows->status().ToString());
}

absl::Status RocksViewStore::Apply(const ViewBatch& batch, absl::string_view source,
                                   uint64_t expected_position, uint64_t next_position) {
  rocksdb::WriteBatch writes;
  rocksdb::Status status = writes.Put(PositionKey(source), EncodePosition(next_position));
  for (const ViewBatch::Change& change : batch.changes()) {
    if (!status.ok()) break;
    const std::string key = RowKey(change.key);
    status = change.value.has_value() ? writes.Put(key, *change.value) : writes.Delete(key);
  }
  MutexLock lock(apply_mutex_);
  ASSIGN_OR_RETURN(const uint64_t current, Position(source));
  RETURN_IF_ERROR(CheckPosition(source, current, expected_position, next_position));
  if (status.ok()) status = db_->Write(rocksdb::WriteOptions(), &writes);
  return status.ok() ? absl::OkStatus() : Stopped(status);
}

absl::Status RocksViewStore::Sync() {
  const rocksdb::Status status = db_->FlushWAL(/*sync=*/true);
  return status.ok() ? absl::OkStatus() : Stopped(status);
}

absl::StatusOr<uint64_t> RocksViewStore::Position(absl::string_view source) const {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), PositionKey(source), &value);
  if (status.IsNotFound()) return 0;
  if (!status.ok()) return ViewDamaged(status.ToString());
  if (value.size() != kPositionBytes) return ViewDamaged("a position has the wrong length");
  return DecodePosition(value);
}

}  // namespace sakip::views
