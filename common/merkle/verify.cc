#include "common/merkle/verify.h"

#include <bit>

namespace sakip::merkle {

bool VerifyInclusion(const Hash& leaf, uint64_t index, uint64_t size, absl::Span<const Hash> path,
                     const Hash& root) {
  if (index >= size) return false;
  uint64_t node = index;
  uint64_t last = size - 1;  // The right-most node of the level.
  Hash hash = leaf;
  for (const Hash& sibling : path) {
    if (last == 0) return false;  // The root was reached before the path ends.
    if (node % 2 == 1 || node == last) {
      hash = HashChildren(sibling, hash);
      // A right-most left child has no sibling on its level: it rises until it has one.
      while (node % 2 == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = HashChildren(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool VerifyConsistency(uint64_t first, uint64_t second, absl::Span<const Hash> proof,
                       const Hash& first_root, const Hash& second_root) {
  if (first > second) return false;
  if (first == second) return proof.empty() && first_root == second_root;
  if (first == 0) return proof.empty() && first_root == EmptyRoot();
  // A first tree that is complete is a node of the second; its hash is not in the proof.
  const bool is_complete = std::has_single_bit(first);
  if (!is_complete && proof.empty()) return false;
  Hash first_hash = is_complete ? first_root : proof.front();
  Hash second_hash = first_hash;
  if (!is_complete) proof.remove_prefix(1);

  uint64_t node = first - 1;
  uint64_t last = second - 1;
  const int shared_levels = std::countr_one(node);
  node >>= shared_levels;
  last >>= shared_levels;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if (node % 2 == 1 || node == last) {
      first_hash = HashChildren(sibling, first_hash);
      second_hash = HashChildren(sibling, second_hash);
      while (node % 2 == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      second_hash = HashChildren(second_hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && first_hash == first_root && second_hash == second_root;
}

}  // namespace sakip::merkle
