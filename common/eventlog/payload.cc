#include "common/eventlog/payload.h"

#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/message/timestamp.h"

namespace sakip::eventlog {
namespace {

// Far longer than the observer takes to be shown a group of records.
constexpr absl::Duration kShowingMax = absl::Seconds(5);

// The observer is shown a record, and a view that it keeps names it, a moment before readers are:
// while it is shown the rest of the group that was written with it.
void WaitUntilReadable(const EventLog& log, uint64_t position) {
  if (log.end_position() > position) return;
  const absl::Time patience = absl::Now() + kShowingMax;
  while (log.end_position() <= position && absl::Now() < patience) std::this_thread::yield();
}

}  // namespace

absl::StatusOr<v1::Record> ReadRecord(const EventLog& log, uint64_t position) {
  WaitUntilReadable(log, position);
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
