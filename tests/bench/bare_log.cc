#include "tests/bench/bare_log.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <utility>

#include "absl/time/clock.h"
#include "common/base/log.h"
#include "common/eventlog/checked_append.h"
#include "common/eventlog/keys.h"
#include "common/eventlog/record.h"
#include "common/eventlog/rocks_options.h"

namespace sakip::bench {

using eventlog::AgencyHead;
using eventlog::CheckedAppend;
using eventlog::PendingAppend;
using eventlog::StoredRecord;

BareLog::BareLog(const std::string& directory) : queue_(eventlog::AppendLimits()) {
  rocksdb::Options options = eventlog::DatabaseOptions({.directory = directory});
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  SAKIP_CHECK(rocksdb::DB::Open(options, directory, &db).ok());
  db_.reset(db);
  committer_ = std::thread([this] { CommitUntilClosed(); });
}

BareLog::~BareLog() {
  queue_.Close();
  committer_.join();
}

void BareLog::Append(eventlog::AppendRequest request, std::function<void()> done) {
  auto checked = eventlog::CheckAppend(std::move(request));
  SAKIP_CHECK(checked.ok());
  PendingAppend pending;
  pending.bytes = checked->bytes;
  pending.appends.push_back(*std::move(checked));
  pending.done = [done = std::move(done)](const auto&) { done(); };
  SAKIP_CHECK(queue_.Push(pending).ok());
}

void BareLog::CommitUntilClosed() {
  while (true) {
    std::vector<PendingAppend> group = queue_.Gather();
    if (group.empty()) return;
    rocksdb::WriteBatch batch(/*reserved_bytes=*/0, /*max_bytes=*/0,
                              eventlog::kProtectionBytesPerKey, /*default_cf_ts_sz=*/0);
    Rows rows;
    for (PendingAppend& pending : group) Add(std::move(pending.appends.front()), rows, batch);
    PutRows(rows, batch);
    rocksdb::WriteOptions synced;
    synced.sync = true;
    SAKIP_CHECK(db_->Write(synced, &batch).ok());
    queue_.Release();
    for (PendingAppend& pending : group) pending.done(std::vector<eventlog::AppendResult>());
  }
}

void BareLog::Add(CheckedAppend append, Rows& rows, rocksdb::WriteBatch& batch) {
  const std::string& stream = append.request.stream;
  uint64_t& revision = rows.revisions.try_emplace(stream, revisions_[stream]).first->second;
  SAKIP_CHECK(revision == append.request.expected_revision);
  AgencyHead& agency =
      rows.agencies.try_emplace(append.agency, agencies_[append.agency]).first->second;
  for (eventlog::NewEvent& event : append.request.events) {
    const StoredRecord record =
        eventlog::MakeRecord({.position = end_position_,
                              .stream_revision = ++revision,
                              .agency_sequence = ++agency.sequence,
                              .previous_agency_hash = std::move(agency.leaf_hash),
                              .recorded_time = absl::Now()},
                             append.request, std::move(event));
    agency.leaf_hash = record.leaf_hash;
    const std::string key = eventlog::RecordKey(end_position_++);
    const rocksdb::Slice key_part = key;
    const rocksdb::Slice value_parts[] = {record.leaf_hash, record.record};
    SAKIP_CHECK(
        batch.Put(rocksdb::SliceParts(&key_part, 1), rocksdb::SliceParts(value_parts, 2)).ok());
  }
}

void BareLog::PutRows(const Rows& rows, rocksdb::WriteBatch& batch) {
  for (const auto& [stream, revision] : rows.revisions) {
    SAKIP_CHECK(batch.Put(eventlog::StreamKey(stream), eventlog::EncodeRevision(revision)).ok());
    revisions_[stream] = revision;
  }
  for (const auto& [agency, head] : rows.agencies) {
    SAKIP_CHECK(batch.Put(eventlog::AgencyKey(agency), eventlog::EncodeAgencyHead(head)).ok());
    agencies_[agency] = head;
  }
}

}  // namespace sakip::bench
