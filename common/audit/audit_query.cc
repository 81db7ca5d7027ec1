#include "common/audit/audit_query.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/audit/audit_entries.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/follow_reactor.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/timestamp.h"
#include "common/paging/page.h"

namespace sakip::audit {
namespace {

using eventlog::EventLog;
using eventlog::ReadResult;
using eventlog::StoredRecord;

// Records that are read at a time.
constexpr eventlog::ReadLimits kChunk = {.records = 256, .bytes = 1024 * 1024};

absl::Status NoSuchEntry() {
  return MakeError(absl::StatusCode::kNotFound, "AUDIT_ENTRY_NOT_FOUND",
                   "the audit trail has no entry at this position in this scope");
}

absl::StatusOr<v1::RecordedAuditEntry> Parse(const StoredRecord& stored) {
  ASSIGN_OR_RETURN(const eventlog::v1::Record record, eventlog::ParseRecord(stored));
  v1::RecordedAuditEntry recorded;
  recorded.set_position(record.position());
  *recorded.mutable_recorded_time() = record.recorded_time();
  ASSIGN_OR_RETURN(*recorded.mutable_entry(), eventlog::ParsePayload<v1::AuditEntry>(record));
  return recorded;
}

absl::Status CheckTime(absl::string_view field, const google::protobuf::Timestamp& time) {
  return IsTimestamp(time) ? absl::OkStatus() : InvalidField(field, "is no time");
}

// The first position that was recorded at `time` or later: times never go back.
absl::StatusOr<uint64_t> FirstSince(const EventLog& log, absl::Time time, uint64_t end) {
  uint64_t first = 0;
  while (first < end) {
    const uint64_t middle = first + (end - first) / 2;
    ASSIGN_OR_RETURN(const ReadResult read, log.Read(middle, {.records = 1}));
    ASSIGN_OR_RETURN(const auto record, eventlog::ParseRecord(read.records.front()));
    if (eventlog::RecordedTime(record) < time) {
      first = middle + 1;
    } else {
      end = middle;
    }
  }
  return first;
}

class Query {
 public:
  Query(const EventLog& log, const v1::ListAuditEntriesRequest& request)
      : log_(log), request_(request) {}

  absl::StatusOr<v1::ListAuditEntriesResponse> Answer() {
    RETURN_IF_ERROR(Check());
    RETURN_IF_ERROR(FindBounds());
    const uint64_t last = end_ - std::min(end_ - first_, kLookedAtMax);
    v1::ListAuditEntriesResponse page;
    uint64_t next = end_;
    while (next > last && page.entries_size() < size_) {
      ASSIGN_OR_RETURN(next, AddChunk(last, next, page));
    }
    if (next > first_) page.set_next_page_token(MakePageToken(list_, absl::StrCat(next)));
    return page;
  }

 private:
  absl::Status Check() {
    ASSIGN_OR_RETURN(scope_, eventlog::ParseScope(request_.scope()));
    ASSIGN_OR_RETURN(size_, PageSize(request_.page_size(), PageSizes()));
    if (request_.has_start_time()) {
      RETURN_IF_ERROR(CheckTime("start_time", request_.start_time()));
    }
    if (request_.has_end_time()) {
      RETURN_IF_ERROR(CheckTime("end_time", request_.end_time()));
    }
    v1::ListAuditEntriesRequest list = request_;
    list.clear_page_size();
    list.clear_page_token();
    list_ = absl::StrCat("audit", DeterministicBytes(list));
    return absl::OkStatus();
  }

  // Which positions the rest of the list is in.
  absl::Status FindBounds() {
    end_ = log_.end_position();
    ASSIGN_OR_RETURN(const std::string key, ParsePageToken(list_, request_.page_token()));
    if (!key.empty()) {
      uint64_t next = 0;
      if (!absl::SimpleAtoi(key, &next) || next > end_) {
        return InvalidField("page_token", "is not the next_page_token of this list");
      }
      end_ = next;
    } else if (request_.has_end_time()) {
      ASSIGN_OR_RETURN(end_, FirstSince(log_, FromTimestamp(request_.end_time()), end_));
    }
    if (request_.has_start_time()) {
      ASSIGN_OR_RETURN(first_, FirstSince(log_, FromTimestamp(request_.start_time()), end_));
    }
    return absl::OkStatus();
  }

  // Adds what is wanted before `end` and not before `last`, and returns how far it came.
  absl::StatusOr<uint64_t> AddChunk(uint64_t last, uint64_t end,
                                    v1::ListAuditEntriesResponse& page) const {
    const uint64_t begin = end - std::min<uint64_t>(end - last, kChunk.records);
    std::vector<StoredRecord> records;
    while (begin + records.size() < end) {
      ASSIGN_OR_RETURN(ReadResult read, log_.Read(begin + records.size(), kChunk));
      for (StoredRecord& record : read.records) records.push_back(std::move(record));
    }
    for (uint64_t position = end; position > begin; --position) {
      ASSIGN_OR_RETURN(v1::RecordedAuditEntry recorded, Parse(records[position - 1 - begin]));
      if (!IsWanted(recorded.entry())) continue;
      *page.add_entries() = std::move(recorded);
      if (page.entries_size() == size_) return position - 1;
    }
    return begin;
  }

  bool IsWanted(const v1::AuditEntry& entry) const {
    if (!ScopeSees(scope_, entry.tenant())) return false;
    if (!request_.subject().empty() && entry.subject() != request_.subject()) return false;
    if (!request_.method().empty() && entry.method() != request_.method()) return false;
    return request_.decision() == v1::AuditEntry::DECISION_UNSPECIFIED ||
           entry.decision() == request_.decision();
  }

  const EventLog& log_;
  const v1::ListAuditEntriesRequest& request_;
  ResourceName scope_;
  int size_ = 0;
  std::string list_;    // What makes the list this one.
  uint64_t first_ = 0;  // Position that the list ends with.
  uint64_t end_ = 0;    // Behind the one that the page begins with.
};

}  // namespace

absl::StatusOr<v1::ListAuditEntriesResponse> ListEntries(
    const EventLog& log, const v1::ListAuditEntriesRequest& request) {
  return Query(log, request).Answer();
}

absl::Status CheckSeen(const EventLog& log, const ResourceName& scope, uint64_t position) {
  if (position >= log.end_position()) return NoSuchEntry();
  ASSIGN_OR_RETURN(ReadResult read, log.Read(position, {.records = 1}));
  RETURN_IF_ERROR(KeepSeen(scope, read));
  return read.records.empty() ? NoSuchEntry() : absl::OkStatus();
}

absl::Status KeepSeen(const ResourceName& scope, ReadResult& result) {
  if (scope.is_all_regions()) return absl::OkStatus();
  std::vector<StoredRecord> kept;
  for (StoredRecord& stored : result.records) {
    ASSIGN_OR_RETURN(const v1::RecordedAuditEntry recorded, Parse(stored));
    if (ScopeSees(scope, recorded.entry().tenant())) kept.push_back(std::move(stored));
  }
  result.records = std::move(kept);
  return absl::OkStatus();
}

}  // namespace sakip::audit
