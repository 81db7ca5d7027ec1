#include "common/eventlog/memory_event_log.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "common/base/mutex.h"
#include "common/eventlog/record_store.h"

namespace sakip::eventlog {
namespace {

class MemoryRecordStore final : public RecordStore {
 public:
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const override {
    MutexLock lock(mutex_);
    const auto row = stream_revisions_.find(stream);
    return row == stream_revisions_.end() ? 0 : row->second;
  }

  absl::StatusOr<AgencyHead> Agency(absl::string_view agency) const override {
    MutexLock lock(mutex_);
    const auto row = agency_heads_.find(agency);
    return row == agency_heads_.end() ? AgencyHead() : row->second;
  }

  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view agency,
                                                    absl::string_view request_id) const override {
    const RequestName name(std::string{agency}, std::string{request_id});
    MutexLock lock(mutex_);
    const auto row = requests_.find(name);
    if (row == requests_.end()) return std::nullopt;
    return row->second;
  }

  absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const override {
    MutexLock lock(mutex_);
    return records_[position];
  }

  absl::StatusOr<merkle::Hash> Node(const merkle::NodeId& id) const override {
    MutexLock lock(mutex_);
    return nodes_.at({id.level, id.index});
  }

  absl::Status Write(const SequencedBatch& batch) override {
    MutexLock lock(mutex_);
    for (const TreeNode& node : batch.nodes) nodes_[{node.id.level, node.id.index}] = node.hash;
    records_.insert(records_.end(), batch.records.begin(), batch.records.end());
    for (const auto& [stream, revision] : batch.stream_revisions) {
      stream_revisions_[stream] = revision;
    }
    for (const auto& [agency, head] : batch.agency_heads) agency_heads_[agency] = head;
    for (const auto& [name, row] : batch.requests) requests_[name] = row;
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<StoredRecord>> Read(uint64_t from, uint64_t end,
                                                 const ReadLimits& limits) const override {
    std::vector<StoredRecord> read;
    size_t bytes = 0;
    MutexLock lock(mutex_);
    do {
      read.push_back(records_[from]);
      bytes += read.back().record.size();
    } while (++from < end && read.size() < limits.records && bytes < limits.bytes);
    return read;
  }

 private:
  mutable Mutex mutex_;
  std::vector<StoredRecord> records_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::pair<int, uint64_t>, merkle::Hash> nodes_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, uint64_t> stream_revisions_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, AgencyHead> agency_heads_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<RequestName, RequestRow> requests_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

MemoryEventLog::MemoryEventLog(SequencedEventLogOptions options)
    : SequencedEventLog(std::make_unique<MemoryRecordStore>(), LogHead(), std::move(options)) {}

}  // namespace sakip::eventlog
