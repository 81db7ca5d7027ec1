#include "common/merkle/tree.h"

#include <algorithm>
#include <bit>

#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::merkle {
namespace {

// The largest power of two below `n`, where a tree of `n` > 1 leaves is split.
uint64_t Split(uint64_t n) { return uint64_t{1} << (std::bit_width(n - 1) - 1); }

int Level(uint64_t leaves) { return std::countr_zero(leaves); }

// The hash of the subtree over leaves [begin, end), which is one of those that a tree is split
// into.
absl::StatusOr<Hash> SubtreeHash(uint64_t begin, uint64_t end, NodeReader nodes) {
  const uint64_t leaves = end - begin;
  if (std::has_single_bit(leaves)) return nodes({Level(leaves), begin >> Level(leaves)});
  const uint64_t split = begin + Split(leaves);
  ASSIGN_OR_RETURN(const Hash left, SubtreeHash(begin, split, nodes));
  ASSIGN_OR_RETURN(const Hash right, SubtreeHash(split, end, nodes));
  return HashChildren(left, right);
}

}  // namespace

absl::StatusOr<Frontier> Frontier::Load(uint64_t size, NodeReader nodes) {
  Frontier frontier;
  frontier.size_ = size;
  uint64_t begin = 0;
  for (uint64_t left = size; left > 0;) {
    const uint64_t leaves = std::bit_floor(left);
    ASSIGN_OR_RETURN(const Hash hash, nodes({Level(leaves), begin >> Level(leaves)}));
    frontier.edge_.push_back(hash);
    begin += leaves;
    left -= leaves;
  }
  return frontier;
}

void Frontier::Append(const Hash& leaf, NodeWriter completed) {
  Hash hash = leaf;
  // Each trailing one bit of the size is a subtree that the new leaf makes part of a larger one.
  const int merges = std::countr_one(size_);
  for (int level = 1; level <= merges; ++level) {
    hash = HashChildren(edge_.back(), hash);
    edge_.pop_back();
    completed({level, size_ >> level}, hash);
  }
  edge_.push_back(hash);
  ++size_;
}

Hash Frontier::Root() const {
  if (edge_.empty()) return EmptyRoot();
  Hash root = edge_.back();
  for (auto it = edge_.rbegin() + 1; it != edge_.rend(); ++it) root = HashChildren(*it, root);
  return root;
}

absl::StatusOr<Hash> RootAt(uint64_t size, NodeReader nodes) {
  if (size == 0) return EmptyRoot();
  return SubtreeHash(0, size, nodes);
}

absl::StatusOr<std::vector<Hash>> InclusionProof(uint64_t index, uint64_t size, NodeReader nodes) {
  SAKIP_CHECK(index < size);
  // Down from the root; the path is told from the leaf up.
  std::vector<Hash> path;
  for (uint64_t begin = 0, end = size; end - begin > 1;) {
    const uint64_t split = begin + Split(end - begin);
    const bool is_left = index < split;
    ASSIGN_OR_RETURN(const Hash sibling,
                     is_left ? SubtreeHash(split, end, nodes) : SubtreeHash(begin, split, nodes));
    path.push_back(sibling);
    (is_left ? end : begin) = split;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

absl::StatusOr<std::vector<Hash>> ConsistencyProof(uint64_t first, uint64_t second,
                                                   NodeReader nodes) {
  SAKIP_CHECK(first <= second);
  std::vector<Hash> proof;
  if (first == 0 || first == second) return proof;
  // Down from the root to the subtree that ends where the first tree does.
  uint64_t begin = 0;
  uint64_t end = second;
  while (end != first) {
    const uint64_t split = begin + Split(end - begin);
    const bool is_left = first <= split;
    ASSIGN_OR_RETURN(const Hash sibling,
                     is_left ? SubtreeHash(split, end, nodes) : SubtreeHash(begin, split, nodes));
    proof.push_back(sibling);
    (is_left ? end : begin) = split;
  }
  // Where that subtree is the first tree itself its hash is the first root, which is known.
  if (begin != 0) {
    ASSIGN_OR_RETURN(const Hash shared, SubtreeHash(begin, end, nodes));
    proof.push_back(shared);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

}  // namespace sakip::merkle
