#include "common/eventlog/payload.h"

#include "common/base/error.h"
#include "common/message/timestamp.h"

namespace sakip::eventlog {

absl::StatusOr<v1::Record> ReadRecord(const EventLog& log, uint64_t position) {
  ASSIGN_OR_RETURN(const ReadResult result, log.Read(position, ReadLimits{.records = 1}));
  if (result.records.empty()) {
    return MakeError(absl::StatusCode::kOutOfRange, "POSITION_AHEAD_OF_LOG",
                     absl::StrCat("the log ends before position ", position));
  }
  return ParseRecord(result.records.front());
}

v1::Receipt ToReceipt(const AppendResult& result) {
  v1::Receipt receipt;
  receipt.set_position(result.last_position);
  receipt.set_stream_revision(result.stream_revision);
  receipt.set_leaf_hash(result.leaf_hash);
  *receipt.mutable_recorded_time() = ToTimestamp(result.recorded_time);
  receipt.set_repeated(result.repeated);
  return receipt;
}

}  // namespace sakip::eventlog
