#include "common/eventlog/rocks_record_store.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/keys.h"
#include "common/eventlog/record.h"
#include "common/eventlog/rocks_options.h"

namespace sakip::eventlog {
namespace {

rocksdb::Slice ToSlice(absl::string_view text) { return {text.data(), text.size()}; }
absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

absl::Status OpenError(absl::StatusCode code, absl::string_view reason, absl::string_view directory,
                       absl::string_view why) {
  return MakeError(code, reason, absl::StrCat("the log in ", directory, " is refused: ", why));
}

absl::Status RowDamaged(absl::string_view what) {
  return MakeError(absl::StatusCode::kDataLoss, "RECORD_DAMAGED",
                   absl::StrCat("the log cannot be read: ", what));
}

absl::StatusOr<StoredRecord> DecodeAt(uint64_t position, absl::string_view value) {
  std::optional<StoredRecord> record = DecodeRecord(value);
  if (!record.has_value()) return RecordDamaged(position, "it is too short");
  return *std::move(record);
}

// The record is put together by RocksDB, without another copy of its bytes.
rocksdb::Status PutRecord(uint64_t position, const StoredRecord& record,
                          rocksdb::WriteBatch& batch) {
  const std::string key = RecordKey(position);
  const rocksdb::Slice key_part = key;
  const rocksdb::Slice value_parts[] = {record.leaf_hash, record.record};
  return batch.Put(rocksdb::SliceParts(&key_part, 1), rocksdb::SliceParts(value_parts, 2));
}

rocksdb::Status FillBatch(const SequencedBatch& sequenced, rocksdb::WriteBatch& batch) {
  // Put fails only where a batch is over its limit or its protection does not match.
  rocksdb::Status status;
  const auto put = [&](const std::string& key, absl::string_view value) {
    if (status.ok()) status = batch.Put(key, ToSlice(value));
  };
  for (size_t i = 0; i < sequenced.records.size() && status.ok(); ++i) {
    status = PutRecord(sequenced.first_position + i, sequenced.records[i], batch);
  }
  for (const TreeNode& node : sequenced.nodes) {
    put(NodeKey(node.id), merkle::View(node.hash));
  }
  for (const auto& [stream, revision] : sequenced.stream_revisions) {
    put(StreamKey(stream), EncodeRevision(revision));
  }
  for (const auto& [agency, head] : sequenced.agency_heads) {
    put(AgencyKey(agency), EncodeAgencyHead(head));
  }
  for (const auto& [name, row] : sequenced.requests) {
    put(RequestKey(name.first, name.second), EncodeRequestRow(row));
  }
  return status;
}

}  // namespace

RocksRecordStore::RocksRecordStore(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

RocksRecordStore::~RocksRecordStore() = default;

absl::StatusOr<std::unique_ptr<RocksRecordStore>> RocksRecordStore::Open(
    const RocksEventLogOptions& options, Mode mode, bool may_create) {
  rocksdb::Options database = DatabaseOptions(options);
  database.create_if_missing = may_create;
  const std::string directory = absl::StrCat(options.directory, "/store");
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = mode == Mode::kReadOnly
                                     ? rocksdb::DB::OpenForReadOnly(database, directory, &opened)
                                     : rocksdb::DB::Open(database, directory, &opened);
  if (status.IsCorruption()) {
    return OpenError(absl::StatusCode::kDataLoss, "LOG_DAMAGED", options.directory,
                     status.ToString());
  }
  if (!status.ok()) {
    return OpenError(absl::StatusCode::kUnavailable, "LOG_NOT_OPENED", options.directory,
                     status.ToString());
  }
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<RocksRecordStore> store(
      new RocksRecordStore(std::unique_ptr<rocksdb::DB>(opened)));
  RETURN_IF_ERROR(store->CheckFormat(mode));
  return store;
}

void RocksRecordStore::Guard(std::unique_ptr<HeadFile> head, std::unique_ptr<DiskSpace> space) {
  head_ = std::move(head);
  space_ = std::move(space);
}

absl::Status RocksRecordStore::CheckFormat(Mode mode) {
  ASSIGN_OR_RETURN(const std::optional<std::string> version, Get(kFormatKey));
  if (version.has_value()) {
    if (*version == kFormatValue) return absl::OkStatus();
    return OpenError(absl::StatusCode::kFailedPrecondition, "LOG_FORMAT_UNKNOWN", db_->GetName(),
                     absl::StrCat("its format is \"", *version, "\", not ", kFormatValue));
  }
  const std::unique_ptr<rocksdb::Iterator> any(db_->NewIterator(rocksdb::ReadOptions()));
  any->SeekToFirst();
  if (any->Valid() || !any->status().ok()) {
    return OpenError(absl::StatusCode::kFailedPrecondition, "LOG_FORMAT_UNKNOWN", db_->GetName(),
                     "it has rows but tells no format");
  }
  if (mode == Mode::kReadOnly) return absl::OkStatus();
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const rocksdb::Status status = db_->Put(synced, kFormatKey, kFormatValue);
  if (status.ok()) return absl::OkStatus();
  return OpenError(absl::StatusCode::kUnavailable, "LOG_NOT_OPENED", db_->GetName(),
                   status.ToString());
}

absl::StatusOr<uint64_t> RocksRecordStore::FindEnd() const {
  const rocksdb::Slice begin = kRecordKeysBegin;
  rocksdb::ReadOptions read;
  read.iterate_lower_bound = &begin;
  const std::unique_ptr<rocksdb::Iterator> last(db_->NewIterator(read));
  last->SeekForPrev(kRecordKeysEnd);
  if (!last->status().ok()) {
    return OpenError(absl::StatusCode::kDataLoss, "LOG_DAMAGED", db_->GetName(),
                     last->status().ToString());
  }
  // Its own bound is where streams begin; none is named by nothing, so no key equals it.
  if (!last->Valid()) return 0;
  const std::optional<uint64_t> position = DecodeRecordKey(ToView(last->key()));
  if (!position.has_value()) {
    return OpenError(absl::StatusCode::kDataLoss, "LOG_DAMAGED", db_->GetName(),
                     "a key among the records is none of theirs");
  }
  return *position + 1;
}

void RocksRecordStore::LogUnreadable(const rocksdb::Status& status) const {
  if (!unreadable_.Take({db_->GetName(), absl::StatusCode::kDataLoss, "RECORD_DAMAGED"},
                        absl::Now())) {
    return;
  }
  Log(LogLevel::kError, "log_unreadable",
      {{"directory", db_->GetName()}, {"error", status.ToString()}});
}

absl::Status RocksRecordStore::CheckStandsAt(const rocksdb::Iterator& iterator,
                                             uint64_t position) const {
  if (!iterator.Valid()) {
    if (iterator.status().ok()) return RecordDamaged(position, "it is missing");
    LogUnreadable(iterator.status());
    return RecordDamaged(position, "it cannot be read");
  }
  if (DecodeRecordKey(ToView(iterator.key())) != position) {
    return RecordDamaged(position, "it is missing, later ones are there");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> RocksRecordStore::Get(absl::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) {
    LogUnreadable(status);
    return RowDamaged("a row is damaged");
  }
  return value;
}

absl::StatusOr<uint64_t> RocksRecordStore::StreamRevision(absl::string_view stream) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Get(StreamKey(stream)));
  if (!value.has_value()) return 0;
  const std::optional<uint64_t> revision = DecodeRevision(*value);
  if (!revision.has_value()) return RowDamaged(absl::StrCat("the row of stream ", stream));
  return *revision;
}

absl::StatusOr<AgencyHead> RocksRecordStore::Agency(absl::string_view agency) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Get(AgencyKey(agency)));
  if (!value.has_value()) return AgencyHead();
  std::optional<AgencyHead> head = DecodeAgencyHead(*value);
  if (!head.has_value()) return RowDamaged(absl::StrCat("the row of agency ", agency));
  return *std::move(head);
}

absl::StatusOr<std::optional<RequestRow>> RocksRecordStore::Request(
    absl::string_view agency, absl::string_view request_id) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Get(RequestKey(agency, request_id)));
  if (!value.has_value()) return std::nullopt;
  std::optional<RequestRow> row = DecodeRequestRow(*value);
  if (!row.has_value()) return RowDamaged(absl::StrCat("the row of request ", request_id));
  return row;
}

absl::StatusOr<StoredRecord> RocksRecordStore::RecordAt(uint64_t position) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Get(RecordKey(position)));
  if (!value.has_value()) return RecordDamaged(position, "it is missing");
  return DecodeAt(position, *value);
}

absl::StatusOr<merkle::Hash> RocksRecordStore::Node(const merkle::NodeId& id) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Get(NodeKey(id)));
  const std::optional<merkle::Hash> hash = merkle::ToHash(value.value_or(""));
  if (!hash.has_value()) {
    return RowDamaged(absl::StrCat("node ", id.index, " of level ", id.level, " of its tree"));
  }
  return *hash;
}

absl::Status RocksRecordStore::Write(const SequencedBatch& sequenced) {
  rocksdb::WriteBatch batch(/*reserved_bytes=*/0, /*max_bytes=*/0, kProtectionBytesPerKey,
                            /*default_cf_ts_sz=*/0);
  rocksdb::Status status = FillBatch(sequenced, batch);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  if (status.ok()) status = db_->Write(synced, &batch);
  if (!status.ok()) return absl::UnavailableError(status.ToString());
  // Only after the store has it: HEAD ahead of the store means that records are lost.
  return head_->Write(sequenced.head.end_position(), sequenced.head.tree.Root());
}

absl::Status RocksRecordStore::Snapshot(const std::string& directory) const {
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(db_.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  // Flushed first: the write-ahead log, which others still write to, then holds nothing needed.
  if (status.ok()) status = checkpoint->CreateCheckpoint(directory, /*log_size_for_flush=*/0);
  if (status.ok()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kUnavailable, "SNAPSHOT_FAILED", status.ToString());
}

absl::Status RocksRecordStore::CheckRoom(const SequencedBatch& batch) const {
  uint64_t bytes = 0;
  for (const StoredRecord& record : batch.records) bytes += record.record.size();
  return space_->CheckRoom(bytes);
}

absl::Status RocksRecordStore::CheckFiles() const {
  const rocksdb::Status status = db_->VerifyChecksum();
  if (status.ok()) return absl::OkStatus();
  return MakeError(absl::StatusCode::kDataLoss, "LOG_DAMAGED",
                   absl::StrCat("a file of the log is damaged: ", status.ToString()));
}

absl::StatusOr<std::vector<StoredRecord>> RocksRecordStore::Read(uint64_t from, uint64_t end,
                                                                 const ReadLimits& limits) const {
  unreadable_.TellLeftOut(absl::Now());
  const std::string end_key = RecordKey(end);
  const rocksdb::Slice upper_bound = end_key;
  rocksdb::ReadOptions read_options;
  read_options.iterate_upper_bound = &upper_bound;
  const std::unique_ptr<rocksdb::Iterator> iterator(db_->NewIterator(read_options));
  std::vector<StoredRecord> read;
  size_t bytes = 0;
  iterator->Seek(RecordKey(from));
  do {
    const absl::Status there = CheckStandsAt(*iterator, from);
    absl::StatusOr<StoredRecord> record =
        there.ok() ? DecodeAt(from, ToView(iterator->value())) : there;
    if (!record.ok()) {
      if (read.empty()) return record.status();
      break;
    }
    bytes += record->record.size();
    read.push_back(*std::move(record));
    iterator->Next();
  } while (++from < end && read.size() < limits.records && bytes < limits.bytes);
  return read;
}

}  // namespace sakip::eventlog
