// Makes records of the event log and checks stored ones. The only code that serializes a record.
// Functions are thread-safe and share nothing.
#ifndef SAKIP_COMMON_EVENTLOG_RECORD_H_
#define SAKIP_COMMON_EVENTLOG_RECORD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/rows.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::eventlog {

// Where and when a record stands in its log.
struct RecordPlace {
  uint64_t position = 0;
  uint64_t stream_revision = 0;
  uint64_t agency_sequence = 0;
  std::string previous_agency_hash;  // Empty for the agency's first record.
  absl::Time recorded_time;          // In whole nanoseconds.
};

// Makes the record of `event`, an event of `request`.
StoredRecord MakeRecord(RecordPlace place, const AppendRequest& request, NewEvent event);

// RFC 6962 leaf hash of a record's bytes: SHA-256 of a zero byte and them. 32 bytes.
std::string LeafHash(absl::string_view record);

// Checks that `record` is the one that was stored at `position`.
//
//   DATA_LOSS  RECORD_DAMAGED  its hash or its position is another.
absl::Status VerifyRecord(uint64_t position, const StoredRecord& record);

// Drops the records from the first on that does not verify; the first stands at `position`.
//
//   DATA_LOSS  RECORD_DAMAGED  that is the very first.
absl::Status KeepVerified(uint64_t position, std::vector<StoredRecord>& records);

// Parses a record.
//
//   DATA_LOSS  RECORD_DAMAGED  the bytes are no record.
absl::StatusOr<v1::Record> ParseRecord(const StoredRecord& record);

// The position that a record carries; anything where the bytes are no record.
uint64_t PositionOf(absl::string_view record);

// The recorded time of a parsed record.
absl::Time RecordedTime(const v1::Record& record);

// The result that `row` stands for, marked as repeated. `last` is the record at its last position.
//
//   DATA_LOSS  RECORD_DAMAGED  the bytes are no record of that request.
absl::StatusOr<AppendResult> RepeatedResult(const RequestRow& row, const StoredRecord& last);

// DATA_LOSS RECORD_DAMAGED for the record at `position`.
absl::Status RecordDamaged(uint64_t position, absl::string_view why);

// ALREADY_EXISTS REQUEST_ID_REUSED.
absl::Status RequestIdReused(absl::string_view request_id);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_RECORD_H_
