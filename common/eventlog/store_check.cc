#include "common/eventlog/store_check.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/log_tree.h"
#include "common/eventlog/record.h"

namespace sakip::eventlog {
namespace {

absl::Status LogDamaged(absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "LOG_DAMAGED",
                   absl::StrCat("the log is refused: ", why));
}

// What the records seen so far say about the rows.
struct Expected {
  absl::flat_hash_map<std::string, uint64_t> stream_revisions;
  absl::flat_hash_map<std::string, AgencyHead> agency_heads;
  absl::flat_hash_map<RequestName, RequestRow> requests;  // Without first_position.
  LogHead head;
};

absl::Status Follow(uint64_t position, const StoredRecord& stored, Expected& expected) {
  RETURN_IF_ERROR(VerifyRecord(position, stored));
  ASSIGN_OR_RETURN(const v1::Record record, ParseRecord(stored));
  const std::string agency(AgencyOf(record.stream()));
  const auto revision = expected.stream_revisions.find(record.stream());
  if (revision != expected.stream_revisions.end() &&
      record.stream_revision() != revision->second + 1) {
    return LogDamaged(absl::StrCat("the stream's revision jumps at position ", position));
  }
  const auto before = expected.agency_heads.find(agency);
  if (before != expected.agency_heads.end() &&
      (record.agency_sequence() != before->second.sequence + 1 ||
       record.previous_agency_hash() != before->second.leaf_hash)) {
    return LogDamaged(absl::StrCat("the agency's chain breaks at position ", position));
  }
  expected.stream_revisions[record.stream()] = record.stream_revision();
  expected.agency_heads[agency] = {record.agency_sequence(), stored.leaf_hash};
  expected.requests[RequestName(agency, record.request_id())] = {
      record.request_digest(), 0, position, record.stream_revision()};
  expected.head.recorded_time = RecordedTime(record);
  return absl::OkStatus();
}

absl::Status CheckRows(const RecordStore& store, const Expected& expected) {
  for (const auto& [stream, revision] : expected.stream_revisions) {
    ASSIGN_OR_RETURN(const uint64_t row, store.StreamRevision(stream));
    if (row != revision) {
      return LogDamaged(absl::StrCat("the row of ", stream, " says revision ", row,
                                     ", its last record ", revision));
    }
  }
  for (const auto& [agency, head] : expected.agency_heads) {
    ASSIGN_OR_RETURN(const AgencyHead row, store.Agency(agency));
    if (row != head) {
      return LogDamaged(
          absl::StrCat("the row of ", agency, " is not that of its record ", head.sequence));
    }
  }
  for (const auto& [name, request] : expected.requests) {
    ASSIGN_OR_RETURN(const std::optional<RequestRow> row, store.Request(name.first, name.second));
    if (!row.has_value() || row->digest != request.digest ||
        row->last_position != request.last_position ||
        row->stream_revision != request.stream_revision) {
      return LogDamaged(absl::StrCat("the row of the request at position ", request.last_position,
                                     " does not agree with it"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckRecords(const RecordStore& store, uint64_t begin, uint64_t end,
                          Expected& expected) {
  for (uint64_t position = begin; position < end; ++position) {
    ASSIGN_OR_RETURN(const StoredRecord record, store.RecordAt(position));
    RETURN_IF_ERROR(Follow(position, record, expected));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<LogHead> CheckStore(const RecordStore& store, uint64_t end_position) {
  if (end_position == 0) return LogHead();
  Expected first, last;
  const uint64_t begin = end_position > kCheckedRecords ? end_position - kCheckedRecords : 0;
  absl::Status status = CheckRecords(store, 0, 1, first);
  if (status.ok()) status = CheckRecords(store, begin, end_position, last);
  if (status.ok()) status = CheckRows(store, last);
  // One reason for all: whoever starts the service does not serve a log that was refused.
  if (!status.ok()) {
    return ErrorReason(status) == "LOG_DAMAGED" ? status : LogDamaged(status.message());
  }
  auto tree = ReadTree(store, end_position);
  if (!tree.ok()) return LogDamaged(tree.status().message());
  last.head.tree = *std::move(tree);
  return last.head;
}

}  // namespace sakip::eventlog
