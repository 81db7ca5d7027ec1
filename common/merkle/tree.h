// A Merkle tree that only grows (RFC 6962 section 2.1), kept as the hashes of its complete
// subtrees: each is made once and never changes, so that an append and a proof read and write O(log
// n) hashes. Where the hashes are kept is the caller's business.
#ifndef SAKIP_COMMON_MERKLE_TREE_H_
#define SAKIP_COMMON_MERKLE_TREE_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/merkle/hash.h"

namespace sakip::merkle {

// A complete subtree: the leaves from `index << level` on, `1 << level` of them. Level 0 is a leaf.
struct NodeId {
  int level = 0;
  uint64_t index = 0;

  friend bool operator==(const NodeId&, const NodeId&) = default;
};

// Reads the hash of a complete subtree. Its errors are passed on.
using NodeReader = absl::FunctionRef<absl::StatusOr<Hash>(const NodeId&)>;

// Takes the hash of a subtree that was completed.
using NodeWriter = absl::FunctionRef<void(const NodeId&, const Hash&)>;

// The right edge of a tree: the complete subtrees of which the next ones are made. At most one a
// level, so 64 hashes however large the tree. A value; not thread-safe.
class Frontier {
 public:
  // Of the empty tree.
  Frontier() = default;

  // Of the tree of `size` leaves whose complete subtrees `nodes` reads.
  static absl::StatusOr<Frontier> Load(uint64_t size, NodeReader nodes);

  // Adds a leaf. `completed` gets the inner nodes that it completes, the lowest first; the leaf
  // itself is not among them.
  void Append(const Hash& leaf, NodeWriter completed);
  void Append(const Hash& leaf) {
    Append(leaf, [](const NodeId&, const Hash&) {});
  }

  Hash Root() const;
  uint64_t size() const { return size_; }

 private:
  uint64_t size_ = 0;
  std::vector<Hash> edge_;  // Complete subtrees from the left, the largest first.
};

// The functions below read a tree of at least as many leaves as they are asked about. The caller
// checks its arguments; what is out of range is a fault of the program.

// The root of the first `size` leaves.
absl::StatusOr<Hash> RootAt(uint64_t size, NodeReader nodes);

// The audit path of leaf `index` in the tree of `size` leaves (section 2.1.1), `index` < `size`.
absl::StatusOr<std::vector<Hash>> InclusionProof(uint64_t index, uint64_t size, NodeReader nodes);

// The proof that the tree of `first` leaves is the start of that of `second` (section 2.1.2),
// `first` <= `second`. Empty where both are equal or `first` is 0.
absl::StatusOr<std::vector<Hash>> ConsistencyProof(uint64_t first, uint64_t second,
                                                   NodeReader nodes);

}  // namespace sakip::merkle

#endif  // SAKIP_COMMON_MERKLE_TREE_H_
