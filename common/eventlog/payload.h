// Reads the events of a log back as messages. Functions are thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_PAYLOAD_H_
#define SAKIP_COMMON_EVENTLOG_PAYLOAD_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/record.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::eventlog {

// Parses the payload of `record` as `Event`.
//   DATA_LOSS  RECORD_DAMAGED  it is of another type or does not parse.
template <typename Event>
absl::StatusOr<Event> ParsePayload(const v1::Record& record) {
  Event event;
  if (record.type() != Event::descriptor()->full_name()) {
    return RecordDamaged(record.position(), absl::StrCat("is of type ", record.type()));
  }
  if (!event.ParseFromString(record.payload())) {
    return RecordDamaged(record.position(), "its payload does not parse");
  }
  return event;
}

// An event that will be stored.
template <typename Event>
NewEvent MakeEvent(const Event& event) {
  return {Event::descriptor()->full_name(), event.SerializeAsString()};
}

// The record at `position`, which a view or an answer of this log told: where it is stored but not
// yet readable this waits for it, and a position from elsewhere may make it wait long.
//   OUT_OF_RANGE  POSITION_AHEAD_OF_LOG  there is none.
//   DATA_LOSS     RECORD_DAMAGED         it does not match its hash.
absl::StatusOr<v1::Record> ReadRecord(const EventLog& log, uint64_t position);

// The event at `position`.
template <typename Event>
absl::StatusOr<Event> ReadEvent(const EventLog& log, uint64_t position) {
  ASSIGN_OR_RETURN(const v1::Record record, ReadRecord(log, position));
  return ParsePayload<Event>(record);
}

// What the writer of `result` is given.
v1::Receipt ToReceipt(const AppendResult& result);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_PAYLOAD_H_
