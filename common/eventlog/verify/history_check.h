// HistoryCheck goes through a log from its first record and tells whether it is whole: positions,
// revisions of streams and sequences of agencies dense, each agency's chain of hashes unbroken, and
// at the end the tree that the log signed.
//
// Not thread-safe. Keeps a few words for each stream and agency. Errors name the first position
// that is wrong.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_HISTORY_CHECK_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_HISTORY_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/merkle/hash.h"
#include "common/merkle/tree.h"
#include "common/note/checkpoint.h"

namespace sakip::eventlog {

// DATA_LOSS LOG_DAMAGED: the record at `position` is not the one that was recorded there.
absl::Status HistoryDamaged(uint64_t position, absl::string_view why);

class HistoryCheck {
 public:
  // `older` is a checkpoint of the same log that is trusted from before: the history must go
  // through it.
  explicit HistoryCheck(std::optional<note::Checkpoint> older = std::nullopt);

  // Adds the next record. The caller makes sure that `leaf_hash` is that of `record`, here or on
  // another thread: it is most of the work.
  //
  //   DATA_LOSS  LOG_DAMAGED         the record does not follow on those before it.
  //   DATA_LOSS  CHECKPOINT_DIFFERS  the records up to here are not those of the older checkpoint.
  absl::Status Add(absl::string_view record, const merkle::Hash& leaf_hash);

  // Checks that the records added are exactly those of `signed_head`.
  //
  //   DATA_LOSS  CHECKPOINT_DIFFERS  they are not, or the older checkpoint is of a longer log or
  //                                  of another.
  absl::Status Finish(const note::Checkpoint& signed_head);

  uint64_t size() const { return frontier_.size(); }

 private:
  struct AgencyState {
    uint64_t sequence = 0;
    merkle::Hash leaf_hash = {};
  };

  struct StreamState {
    uint64_t revision = 0;
    AgencyState* agency = nullptr;
  };

  // The state of a stream, made where it is new; null where it has no owner.
  StreamState* StreamOf(absl::string_view stream);
  absl::Status CheckLinks(absl::string_view record, const merkle::Hash& leaf_hash);
  absl::Status CheckOlder(const merkle::Hash& root) const;

  const std::optional<note::Checkpoint> older_;
  merkle::Frontier frontier_;
  absl::flat_hash_map<std::string, StreamState> streams_;
  absl::node_hash_map<std::string, AgencyState> agencies_;  // Streams point to its values.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_HISTORY_CHECK_H_
