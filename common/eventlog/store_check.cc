#include "common/eventlog/store_check.h"

#include <utility>

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
                   absl::StrCat("the log is damaged: ", why));
}

// One reason for all: whoever reads it does not care which check noticed.
absl::Status AsLogDamaged(const absl::Status& status) {
  return status.ok() || ErrorReason(status) == "LOG_DAMAGED" ? status
                                                             : LogDamaged(status.message());
}

}  // namespace

StoreCheck::StoreCheck(const RecordStore& store, uint64_t from)
    : store_(store), from_(from), next_position_(from) {}

absl::Status StoreCheck::Follow(const StoredRecord& stored) {
  const auto follow = [&]() -> absl::Status {
    RETURN_IF_ERROR(VerifyRecord(next_position_, stored));
    ASSIGN_OR_RETURN(const v1::Record record, ParseRecord(stored));
    const std::string agency(OwnerOf(record.stream()));
    RETURN_IF_ERROR(FollowChains(record, agency, stored.leaf_hash));
    RETURN_IF_ERROR(FollowRequest(record, agency));
    if (from_ == 0) {
      RETURN_IF_ERROR(FollowTree(stored));
    }
    recorded_time_ = RecordedTime(record);
    ++next_position_;
    return absl::OkStatus();
  };
  return AsLogDamaged(follow());
}

absl::Status StoreCheck::FollowChains(const v1::Record& record, const std::string& agency,
                                      const std::string& leaf_hash) {
  const auto revision = stream_revisions_.find(record.stream());
  const bool stream_known = revision != stream_revisions_.end();
  if ((stream_known || from_ == 0) &&
      record.stream_revision() != (stream_known ? revision->second : 0) + 1) {
    return LogDamaged(absl::StrCat("the stream's revision jumps at position ", next_position_));
  }
  const auto head = agency_heads_.find(agency);
  const bool agency_known = head != agency_heads_.end();
  const AgencyHead before = agency_known ? head->second : AgencyHead();
  if ((agency_known || from_ == 0) && (record.agency_sequence() != before.sequence + 1 ||
                                       record.previous_agency_hash() != before.leaf_hash)) {
    return LogDamaged(absl::StrCat("the agency's chain breaks at position ", next_position_));
  }
  if (RecordedTime(record) < recorded_time_) {
    return LogDamaged(absl::StrCat("the time goes back at position ", next_position_));
  }
  stream_revisions_[record.stream()] = record.stream_revision();
  agency_heads_[agency] = {record.agency_sequence(), leaf_hash};
  return absl::OkStatus();
}

absl::Status StoreCheck::FollowRequest(const v1::Record& record, const std::string& agency) {
  const RequestName name(agency, record.request_id());
  if (!last_request_.has_value() || last_request_->name != name) {
    RETURN_IF_ERROR(CheckLastRequest());
    // Where the check starts inside the log the first request may have begun before.
    const bool is_whole = last_request_.has_value() || from_ == 0;
    last_request_ = {name, {record.request_digest(), next_position_}, is_whole};
  }
  last_request_->row.last_position = next_position_;
  last_request_->row.stream_revision = record.stream_revision();
  return absl::OkStatus();
}

absl::Status StoreCheck::FollowTree(const StoredRecord& stored) {
  absl::Status status;
  tree_.Append(*merkle::ToHash(stored.leaf_hash),
               [&](const merkle::NodeId& id, const merkle::Hash& hash) {
                 const auto node = store_.Node(id);
                 if (node.ok() && *node == hash) return;
                 status.Update(LogDamaged(absl::StrCat("node ", id.index, " of level ", id.level,
                                                       " of the tree is not that of its records")));
               });
  return status;
}

absl::Status StoreCheck::CheckLastRequest() const {
  if (!last_request_.has_value()) return absl::OkStatus();
  const auto& [name, expected, is_whole] = *last_request_;
  ASSIGN_OR_RETURN(const auto row, store_.Request(name.first, name.second));
  if (row.has_value() && row->digest == expected.digest &&
      row->last_position == expected.last_position &&
      row->stream_revision == expected.stream_revision &&
      (!is_whole || row->first_position == expected.first_position)) {
    return absl::OkStatus();
  }
  return LogDamaged(absl::StrCat("the row of the request at position ", expected.last_position,
                                 " does not agree with it"));
}

absl::Status StoreCheck::CheckHeads(bool has_grown) const {
  for (const auto& [stream, revision] : stream_revisions_) {
    ASSIGN_OR_RETURN(const uint64_t row, store_.StreamRevision(stream));
    if (row == revision || (has_grown && row > revision)) continue;
    return LogDamaged(absl::StrCat("the row of ", stream, " says revision ", row,
                                   ", its last record ", revision));
  }
  for (const auto& [agency, head] : agency_heads_) {
    ASSIGN_OR_RETURN(const AgencyHead row, store_.Agency(agency));
    if (row == head || (has_grown && row.sequence > head.sequence)) continue;
    return LogDamaged(
        absl::StrCat("the row of ", agency, " is not that of its record ", head.sequence));
  }
  return absl::OkStatus();
}

absl::Status StoreCheck::Finish(bool has_grown) {
  absl::Status status = CheckLastRequest();
  if (status.ok()) status = CheckHeads(has_grown);
  return AsLogDamaged(status);
}

absl::StatusOr<LogHead> CheckEnd(const RecordStore& store, uint64_t end_position) {
  LogHead head;
  if (end_position == 0) return head;
  const uint64_t begin = end_position > kCheckedRecords ? end_position - kCheckedRecords : 0;
  StoreCheck last(store, begin);
  const auto check = [&]() -> absl::Status {
    ASSIGN_OR_RETURN(const StoredRecord first, store.RecordAt(0));
    RETURN_IF_ERROR(VerifyRecord(0, first));
    while (last.next_position() < end_position) {
      ASSIGN_OR_RETURN(const StoredRecord record, store.RecordAt(last.next_position()));
      RETURN_IF_ERROR(last.Follow(record));
    }
    RETURN_IF_ERROR(last.Finish(/*has_grown=*/false));
    ASSIGN_OR_RETURN(head.tree, ReadTree(store, end_position));
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(AsLogDamaged(check()));
  head.recorded_time = last.recorded_time();
  return head;
}

}  // namespace sakip::eventlog
