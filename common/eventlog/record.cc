#include "common/eventlog/record.h"

#include <google/protobuf/io/coded_stream.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/merkle/hash.h"

namespace sakip::eventlog {
namespace {

// Field 1 of Record as a varint, the first bytes of every record but that at position 0.
constexpr uint32_t kPositionTag = 1 << 3;

}  // namespace

std::string LeafHash(absl::string_view record) {
  const merkle::Hash hash = merkle::HashLeaf(record);
  return std::string(hash.data(), hash.size());
}

StoredRecord MakeRecord(RecordPlace place, const AppendRequest& request, NewEvent event) {
  v1::Record record;
  record.set_position(place.position);
  record.set_stream(request.stream);
  record.set_stream_revision(place.stream_revision);
  record.set_agency_sequence(place.agency_sequence);
  record.set_previous_agency_hash(std::move(place.previous_agency_hash));
  record.set_request_id(request.request_id);
  record.set_request_digest(request.request_digest);
  const int64_t seconds = absl::ToUnixSeconds(place.recorded_time);
  record.mutable_recorded_time()->set_seconds(seconds);
  record.mutable_recorded_time()->set_nanos(static_cast<int32_t>(
      absl::ToInt64Nanoseconds(place.recorded_time - absl::FromUnixSeconds(seconds))));
  record.set_actor(request.actor);
  record.set_type(std::move(event.type));
  record.set_payload(std::move(event.payload));
  StoredRecord stored;
  SAKIP_CHECK(record.SerializeToString(&stored.record));
  stored.leaf_hash = LeafHash(stored.record);
  return stored;
}

uint64_t PositionOf(absl::string_view record) {
  google::protobuf::io::CodedInputStream input(reinterpret_cast<const uint8_t*>(record.data()),
                                               static_cast<int>(record.size()));
  uint64_t position = 0;
  if (input.ReadTag() != kPositionTag || !input.ReadVarint64(&position)) return 0;
  return position;
}

absl::Status VerifyRecord(uint64_t position, const StoredRecord& record) {
  const std::string hash = LeafHash(record.record);
  if (hash != record.leaf_hash) {
    return RecordDamaged(position,
                         absl::StrCat("its bytes hash to ", absl::BytesToHexString(hash), ", not ",
                                      absl::BytesToHexString(record.leaf_hash)));
  }
  const uint64_t stands_at = PositionOf(record.record);
  if (stands_at != position) {
    return RecordDamaged(position, absl::StrCat("the record of position ", stands_at, " is there"));
  }
  return absl::OkStatus();
}

absl::Status KeepVerified(uint64_t position, std::vector<StoredRecord>& records) {
  for (size_t i = 0; i < records.size(); ++i) {
    const absl::Status status = VerifyRecord(position + i, records[i]);
    if (status.ok()) continue;
    records.resize(i);
    return i == 0 ? status : absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Record> ParseRecord(const StoredRecord& record) {
  v1::Record parsed;
  if (!parsed.ParseFromString(record.record)) {
    return RecordDamaged(PositionOf(record.record), "its bytes are no record");
  }
  return parsed;
}

absl::Time RecordedTime(const v1::Record& record) {
  return absl::FromUnixSeconds(record.recorded_time().seconds()) +
         absl::Nanoseconds(record.recorded_time().nanos());
}

absl::StatusOr<AppendResult> RepeatedResult(const RequestRow& row, const StoredRecord& last) {
  ASSIGN_OR_RETURN(const v1::Record record, ParseRecord(last));
  if (record.request_digest() != row.digest) {
    return RecordDamaged(row.last_position, "it is not of the request whose row names it");
  }
  return AppendResult{.first_position = row.first_position,
                      .last_position = row.last_position,
                      .stream_revision = row.stream_revision,
                      .leaf_hash = last.leaf_hash,
                      .recorded_time = RecordedTime(record),
                      .repeated = true};
}

absl::Status RecordDamaged(uint64_t position, absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "RECORD_DAMAGED",
                   absl::StrCat("the record at position ", position, " is damaged: ", why),
                   {{"position", absl::StrCat(position)}});
}

absl::Status RequestIdReused(absl::string_view request_id) {
  return MakeError(
      absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
      absl::StrCat("the request id \"", request_id, "\" was used for another request"));
}

}  // namespace sakip::eventlog
