// What the RPCs that prove a log answer with, whatever their messages are. Thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_LOG_PROOFS_H_
#define SAKIP_COMMON_EVENTLOG_LOG_PROOFS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/eventlog/checkpointer.h"
#include "common/eventlog/event_log.h"
#include "common/merkle/hash.h"

namespace sakip::eventlog {

// Calls `done` once with a checkpoint of at least `size` records, perhaps later; 0 takes the
// newest. `checkpointer` may be null. Both outlive the call of `done`.
//
//   OUT_OF_RANGE   POSITION_AHEAD_OF_LOG  the log has fewer records.
//   DATA_LOSS      RECORD_DAMAGED         the log is damaged; it signs nothing.
//   UNIMPLEMENTED  NOT_OFFERED            there is no checkpointer.
void WhenSigned(const EventLog& log, Checkpointer* checkpointer, uint64_t size,
                std::function<void(absl::StatusOr<std::string> signed_note)> done);

// A record and its proof.
struct ProvedRecord {
  StoredRecord record;
  std::vector<merkle::Hash> path;
};

//   INVALID_ARGUMENT  INVALID_FIELD `position`  it is not less than `tree_size`.
//   Those of EventLog::ProveInclusion and Read.
absl::StatusOr<ProvedRecord> ProveRecord(const EventLog& log, uint64_t position,
                                         uint64_t tree_size);

//   INVALID_ARGUMENT  INVALID_FIELD `first_tree_size`  it is more than `second`.
//   Those of EventLog::ProveConsistency.
absl::StatusOr<std::vector<merkle::Hash>> ProveGrowth(const EventLog& log, uint64_t first,
                                                      uint64_t second);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_LOG_PROOFS_H_
