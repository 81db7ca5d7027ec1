// RecordStore keeps the records and rows of one log: all that an engine does in its own way. It is
// used by SequencedEventLog only; callers of a log see EventLog.
#ifndef SAKIP_COMMON_EVENTLOG_RECORD_STORE_H_
#define SAKIP_COMMON_EVENTLOG_RECORD_STORE_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/sequencer.h"

namespace sakip::eventlog {

// Keeps, beside the rows, the nodes of the tree above its leaves, which are the records' hashes.
// Reads are thread-safe, also beside a write. One thread writes.
class RecordStore : public Heads {
 public:
  // OK where the store has room for the group; asked before Write, which is not called otherwise.
  //
  //   RESOURCE_EXHAUSTED  DISK_FULL
  virtual absl::Status CheckRoom(const SequencedBatch&) const { return absl::OkStatus(); }

  // Checks what the engine keeps around the rows, such as the checksums of its files.
  //
  //   DATA_LOSS  LOG_DAMAGED  naming the file.
  virtual absl::Status CheckFiles() const { return absl::OkStatus(); }

  // Stores the group as a whole and returns when it would survive a crash of the machine. After an
  // error the store is not written to any more.
  virtual absl::Status Write(const SequencedBatch& batch) = 0;

  // The hash of a complete subtree of the log's tree, above the leaves.
  //
  //   DATA_LOSS  RECORD_DAMAGED  it cannot be read or is not there.
  virtual absl::StatusOr<merkle::Hash> Node(const merkle::NodeId& id) const = 0;

  // Returns records from `from` on and before `end`, at least one, not verified; `from` is less
  // than `end` and `end` not beyond what is stored. Ends before a record that cannot be read.
  //
  //   DATA_LOSS  RECORD_DAMAGED  that is the first one.
  virtual absl::StatusOr<std::vector<StoredRecord>> Read(uint64_t from, uint64_t end,
                                                         const ReadLimits& limits) const = 0;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_RECORD_STORE_H_
