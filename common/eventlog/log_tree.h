// Proofs over the tree of a log, read from its store. What was read is checked before it is given
// away: a damaged node becomes an error, never a wrong proof. Functions are thread-safe.
#ifndef SAKIP_COMMON_EVENTLOG_LOG_TREE_H_
#define SAKIP_COMMON_EVENTLOG_LOG_TREE_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "common/eventlog/record_store.h"
#include "common/merkle/tree.h"

namespace sakip::eventlog {

// The store holds at least `size`, or `second`, records. Errors are
//
//   DATA_LOSS  RECORD_DAMAGED  a record or node cannot be read or does not fit to the others.

absl::StatusOr<merkle::Frontier> ReadTree(const RecordStore& store, uint64_t size);

// `position` is less than `size`.
absl::StatusOr<std::vector<merkle::Hash>> ReadInclusionProof(const RecordStore& store,
                                                             uint64_t position, uint64_t size);

// `first` is not greater than `second`.
absl::StatusOr<std::vector<merkle::Hash>> ReadConsistencyProof(const RecordStore& store,
                                                               uint64_t first, uint64_t second);

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_LOG_TREE_H_
