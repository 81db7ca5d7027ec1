#include "common/audit/found_writes.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "common/audit/audit_entries.h"
#include "common/base/log.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/eventlog/record.h"
#include "common/message/timestamp.h"

namespace sakip::audit {
namespace {

using eventlog::EventLog;
using eventlog::v1::Record;

// Records that are read at a time.
constexpr eventlog::ReadLimits kChunk = {.records = 256, .bytes = 1024 * 1024};

// Calls `take` with each record of `log` from `begin` on and before `end`; ends with its first
// error.
absl::Status ForEach(const EventLog& log, uint64_t begin, uint64_t end,
                     absl::FunctionRef<absl::Status(const Record&)> take) {
  while (begin < end) {
    ASSIGN_OR_RETURN(const eventlog::ReadResult read, log.Read(begin, kChunk));
    for (const eventlog::StoredRecord& stored : read.records) {
      ASSIGN_OR_RETURN(const Record record, eventlog::ParseRecord(stored));
      if (begin++ == end) return absl::OkStatus();
      RETURN_IF_ERROR(take(record));
    }
  }
  return absl::OkStatus();
}

// What is kept of a record while others are read: of a chunk of plans the records are large.
struct StoredEntry {
  absl::Time stored_time;
  v1::AuditEntry entry;
};

// Calls `take` with what `keep` makes of each record of `log` from `first` on, the last one first,
// until it returns false; ends with the first error.
absl::Status ForEachBackwards(const EventLog& log, uint64_t first,
                              absl::FunctionRef<absl::StatusOr<StoredEntry>(const Record&)> keep,
                              absl::FunctionRef<bool(const StoredEntry&)> take) {
  uint64_t end = log.end_position();
  while (end > first) {
    const uint64_t begin = end - std::min<uint64_t>(end - first, kChunk.records);
    std::vector<StoredEntry> kept;
    RETURN_IF_ERROR(ForEach(log, begin, end, [&](const Record& record) -> absl::Status {
      ASSIGN_OR_RETURN(StoredEntry entry, keep(record));
      kept.push_back(std::move(entry));
      return absl::OkStatus();
    }));
    for (auto stored = kept.rbegin(); stored != kept.rend(); ++stored) {
      if (!take(*stored)) return absl::OkStatus();
    }
    end = begin;
  }
  return absl::OkStatus();
}

// `import` of `import:12`, the request id of an item of a stream; empty where it is none.
absl::string_view StreamIdOf(absl::string_view request_id) {
  const size_t colon = request_id.rfind(':');
  if (colon == absl::string_view::npos) return "";
  const absl::string_view index = request_id.substr(colon + 1);
  const bool is_item =
      !index.empty() && std::all_of(index.begin(), index.end(), absl::ascii_isdigit);
  return is_item ? request_id.substr(0, colon) : "";
}

// Of a record of the service's own log.
StoredEntry FoundEntry(const Record& record) {
  v1::AuditEntry entry;
  *entry.mutable_time() = record.recorded_time();
  entry.set_event(v1::AuditEntry::EVENT_FOUND);
  entry.set_decision(v1::AuditEntry::DECISION_ALLOWED);
  entry.set_subject(record.actor());
  entry.set_tenant(std::string(OwnerOf(record.stream())));
  entry.set_request_id(record.request_id());
  return {eventlog::RecordedTime(record), std::move(entry)};
}

// Of a record of the trail.
absl::StatusOr<StoredEntry> ToldEntry(const Record& record) {
  ASSIGN_OR_RETURN(auto entry, eventlog::ParsePayload<v1::AuditEntry>(record));
  return StoredEntry{eventlog::RecordedTime(record), std::move(entry)};
}

// Requests of the log that no entry is known of yet, by request id.
class Missing {
 public:
  void Add(const v1::AuditEntry& found) {
    std::vector<v1::AuditEntry>& of_id = entries_[found.request_id()];
    const auto same = [&](const v1::AuditEntry& entry) { return entry.tenant() == found.tenant(); };
    if (std::any_of(of_id.begin(), of_id.end(), same)) return;
    of_id.push_back(found);
    ++size_;
    const absl::string_view stream_id = StreamIdOf(found.request_id());
    if (!stream_id.empty()) by_stream_id_[stream_id].push_back(found.request_id());
  }

  // Called with the entries of the trail, the latest first. `entry` tells of its request, or of all
  // the items of its stream, where the call was let in. An attempt that was refused or that failed
  // tells of no write: a later one under the same id may have stored it.
  void Tell(const v1::AuditEntry& entry) {
    if (entry.event() == v1::AuditEntry::EVENT_ENDED && entry.code() != 0) {
      failed_.insert(entry.admission());
    }
    const bool began = entry.event() == v1::AuditEntry::EVENT_BEGAN;
    if (entry.event() == v1::AuditEntry::EVENT_FOUND ||
        (began && failed_.erase(entry.admission()) == 0)) {
      RemoveIf(entry.request_id(),
               [&](const v1::AuditEntry& found) { return found.tenant() == entry.tenant(); });
    }
    // What a stream stored stays where it fails in the end.
    if (began) RemoveItems(entry);
  }

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }

  std::vector<v1::AuditEntry> Take() {
    std::vector<v1::AuditEntry> all;
    for (auto& [id, of_id] : entries_) {
      std::move(of_id.begin(), of_id.end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(), [](const v1::AuditEntry& a, const v1::AuditEntry& b) {
      return FromTimestamp(a.time()) < FromTimestamp(b.time());
    });
    return all;
  }

 private:
  void RemoveItems(const v1::AuditEntry& entry) {
    const auto items = by_stream_id_.find(entry.request_id());
    const absl::StatusOr<ResourceName> scope = ParseResourceName(entry.tenant());
    if (items == by_stream_id_.end() || !scope.ok()) return;
    for (const std::string& id : items->second) {
      // A stream may be about a region and its items about agencies in it.
      RemoveIf(id, [&](const v1::AuditEntry& found) { return ScopeSees(*scope, found.tenant()); });
    }
  }

  void RemoveIf(const std::string& id, absl::FunctionRef<bool(const v1::AuditEntry&)> is_told) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) return;
    auto& of_id = found->second;
    const auto told = std::remove_if(of_id.begin(), of_id.end(), is_told);
    size_ -= static_cast<size_t>(of_id.end() - told);
    of_id.erase(told, of_id.end());
    if (of_id.empty()) entries_.erase(found);
  }

  absl::flat_hash_map<std::string, std::vector<v1::AuditEntry>> entries_;
  size_t size_ = 0;  // Of all of them.
  absl::flat_hash_map<std::string, std::vector<std::string>> by_stream_id_;
  absl::flat_hash_set<uint64_t> failed_;  // Admissions whose beginning is still to come.
};

// What the last entry tells the time of; the infinite past where there is none.
absl::StatusOr<absl::Time> LastToldTime(const EventLog& trail) {
  absl::Time time = absl::InfinitePast();
  RETURN_IF_ERROR(ForEachBackwards(trail, 0, ToldEntry, [&](const StoredEntry& told) {
    time = FromTimestamp(told.entry.time());
    return false;
  }));
  return time;
}

}  // namespace

absl::StatusOr<std::vector<v1::AuditEntry>> FindUnrecordedWrites(const EventLog& log,
                                                                 const EventLog& trail,
                                                                 LookedAt looked_at,
                                                                 const FindLimits& limits) {
  if (looked_at.log_end > log.end_position() || looked_at.trail_end > trail.end_position()) {
    looked_at = {};
  }
  ASSIGN_OR_RETURN(const absl::Time last_told, LastToldTime(trail));
  Missing missing;
  size_t records = 0;
  absl::Time oldest = absl::InfiniteFuture();
  RETURN_IF_ERROR(
      ForEachBackwards(log, looked_at.log_end, FoundEntry, [&](const StoredEntry& found) {
        if (found.stored_time < last_told - kSetBackMax) return false;
        if (records++ == limits.records_max || missing.size() == limits.requests_max) {
          Log(LogLevel::kError, "audit_writes_not_all_looked_at",
              {{"up_to_time", absl::FormatTime(found.stored_time, absl::UTCTimeZone())}});
          return false;
        }
        oldest = found.stored_time;
        missing.Add(found.entry);
        return true;
      }));
  RETURN_IF_ERROR(
      ForEachBackwards(trail, looked_at.trail_end, ToldEntry, [&](const StoredEntry& told) {
        if (missing.empty() || told.stored_time < oldest - kAdmittedBefore) return false;
        missing.Tell(told.entry);
        return true;
      }));
  return missing.Take();
}

}  // namespace sakip::audit
