// Checks that a store holds together: records, chains, rows and tree.
#ifndef SAKIP_COMMON_EVENTLOG_STORE_CHECK_H_
#define SAKIP_COMMON_EVENTLOG_STORE_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/eventlog/record_store.h"
#include "common/eventlog/sequencer.h"
#include "common/merkle/tree.h"
#include "sakip/eventlog/v1/record.pb.h"

namespace sakip::eventlog {

// Follows the records of a store, one after the other, and compares everything that is kept beside
// them. Memory grows with the streams and agencies seen, not with the records. Not thread-safe.
// Borrows the store, which may grow meanwhile. All errors are
//
//   DATA_LOSS  LOG_DAMAGED  naming the position or row that is wrong.
class StoreCheck {
 public:
  // Starts at record `from`. Only from 0 on is the tree checked too.
  StoreCheck(const RecordStore& store, uint64_t from);

  // Checks the next record: its hash and place, the chain of its agency, the revision of its
  // stream, the row of the request before it, and the nodes that it completes.
  absl::Status Follow(const StoredRecord& stored);

  // Checks the rows of the streams, agencies and of the last request seen. Where the store has
  // grown since, they may be ahead of the last record followed.
  absl::Status Finish(bool has_grown);

  uint64_t next_position() const { return next_position_; }
  absl::Time recorded_time() const { return recorded_time_; }  // Of the last record.
  const merkle::Frontier& tree() const { return tree_; }       // Where it started from 0.

 private:
  struct LastRequest {
    RequestName name;
    RequestRow row;
    bool is_whole = false;  // Its first record was seen.
  };

  absl::Status FollowChains(const v1::Record& record, const std::string& agency,
                            const std::string& leaf_hash);
  absl::Status FollowRequest(const v1::Record& record, const std::string& agency);
  absl::Status FollowTree(const StoredRecord& stored);
  absl::Status CheckLastRequest() const;
  absl::Status CheckHeads(bool has_grown) const;

  const RecordStore& store_;
  const uint64_t from_;
  uint64_t next_position_;
  absl::Time recorded_time_ = absl::InfinitePast();
  absl::flat_hash_map<std::string, uint64_t> stream_revisions_;
  absl::flat_hash_map<std::string, AgencyHead> agency_heads_;
  std::optional<LastRequest> last_request_;
  merkle::Frontier tree_;
};

// How many of the last records are looked at when a log is opened.
inline constexpr uint64_t kCheckedRecords = 256;

// Checks position 0 and the last records of a store of `end_position` records, whatever the size of
// the log, and returns where the log ends. Errors are those of StoreCheck.
absl::StatusOr<LogHead> CheckEnd(const RecordStore& store, uint64_t end_position);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_STORE_CHECK_H_
