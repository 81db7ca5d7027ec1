// Checks at open that a store holds together: cheap, whatever the size of the log.
#ifndef SAKIP_COMMON_EVENTLOG_STORE_CHECK_H_
#define SAKIP_COMMON_EVENTLOG_STORE_CHECK_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "common/eventlog/record_store.h"
#include "common/eventlog/sequencer.h"

namespace sakip::eventlog {

// How many of the last records are looked at.
inline constexpr uint64_t kCheckedRecords = 256;

// Checks position 0 and the last records of a store of `end_position` records: hashes, dense
// positions, revisions and sequences, the agencies' chains, and the rows that must agree with them.
// Returns where the log ends.
//
//   DATA_LOSS  LOG_DAMAGED  naming the position or row that is wrong.
absl::StatusOr<LogHead> CheckStore(const RecordStore& store, uint64_t end_position);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_STORE_CHECK_H_
