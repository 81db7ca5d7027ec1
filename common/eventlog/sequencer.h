// Sequencer decides what a group of appends becomes: records with their positions, revisions and
// hashes, the rows beside them, and an answer for each. It is pure: it knows the state of the log
// through Heads and the time as an argument. Every engine uses it, so that they differ only in how
// they store what it makes.
#ifndef SAKIP_COMMON_EVENTLOG_SEQUENCER_H_
#define SAKIP_COMMON_EVENTLOG_SEQUENCER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/eventlog/checked_append.h"
#include "common/eventlog/event_log.h"
#include "common/eventlog/rows.h"
#include "common/merkle/tree.h"

namespace sakip::eventlog {

// What a log holds that decides about the next append. Errors are DATA_LOSS RECORD_DAMAGED.
class Heads {
 public:
  virtual ~Heads() = default;

  // Number of events in the stream.
  virtual absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const = 0;
  virtual absl::StatusOr<AgencyHead> Agency(absl::string_view agency) const = 0;
  virtual absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view agency,
                                                            absl::string_view request_id) const = 0;
  // The record at `position`, which is in the log; not verified.
  virtual absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const = 0;
};

// Where a log ends.
struct LogHead {
  uint64_t end_position() const { return tree.size(); }  // Number of records.

  merkle::Frontier tree;                            // Over the leaf hashes of all records.
  absl::Time recorded_time = absl::InfinitePast();  // Of the last record.
};

// A node of the log's tree above the leaves.
struct TreeNode {
  merkle::NodeId id;
  merkle::Hash hash;
};

// Agency and request id.
using RequestName = std::pair<std::string, std::string>;

// What one group adds to a log, to be stored as a whole or not at all.
struct SequencedBatch {
  uint64_t first_position = 0;
  std::vector<StoredRecord> records;  // At first_position and on, without a gap.
  // Rows as they are after the group; only those that it changes. In order: a store takes rows
  // faster that are near the one before.
  absl::btree_map<std::string, uint64_t> stream_revisions;
  absl::btree_map<std::string, AgencyHead> agency_heads;
  absl::btree_map<RequestName, RequestRow> requests;
  std::vector<TreeNode> nodes;  // That the records complete.
  LogHead head;                 // After the group.
};

// To later appends it is the state of the log: that of `heads` with the group on top. Not
// thread-safe. Borrows `heads`.
class Sequencer final : private Heads {
 public:
  // `now` becomes the recorded time of the group, unless the log's last record is later: recorded
  // times never go backwards, whatever the clock does.
  Sequencer(const LogHead& head, const Heads& heads, absl::Time now);

  // Adds an append to the group and returns its answer, which holds once the group is stored. Later
  // appends see the earlier ones of their group. A refused append adds nothing.
  //
  //   ABORTED         REVISION_CONFLICT  with the fact `current_revision`.
  //   ALREADY_EXISTS  REQUEST_ID_REUSED
  //   DATA_LOSS       RECORD_DAMAGED     what decides about the append cannot be read.
  absl::StatusOr<AppendResult> Add(CheckedAppend append);

  // Adds all or, where one is refused, none. Where there are
  // several the error tells its place as the fact `index`.
  absl::StatusOr<std::vector<AppendResult>> AddAll(std::vector<CheckedAppend> appends);

  // Gives the group away; nothing may be added any more.
  SequencedBatch Finish() { return std::move(batch_); }

 private:
  absl::StatusOr<uint64_t> StreamRevision(absl::string_view stream) const override;
  absl::StatusOr<AgencyHead> Agency(absl::string_view agency) const override;
  absl::StatusOr<std::optional<RequestRow>> Request(absl::string_view agency,
                                                    absl::string_view request_id) const override;
  absl::StatusOr<StoredRecord> RecordAt(uint64_t position) const override;

  absl::StatusOr<std::optional<AppendResult>> FindRepeated(const CheckedAppend& append) const;
  void AddRecord(StoredRecord record);
  void Merge(SequencedBatch batch);
  AppendResult Store(CheckedAppend append, uint64_t stream_revision, AgencyHead agency_head);

  const Heads& heads_;
  SequencedBatch batch_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_SEQUENCER_H_
