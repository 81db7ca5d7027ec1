// Checks of proofs against roots: all that a client needs, without the tree. Pure functions. What
// they refuse is wrong or was tampered with; they never say which.
#ifndef SAKIP_COMMON_MERKLE_VERIFY_H_
#define SAKIP_COMMON_MERKLE_VERIFY_H_

#include <cstdint>

#include "absl/types/span.h"
#include "common/merkle/hash.h"

namespace sakip::merkle {

// True where `path` proves that `leaf` is leaf `index` of the tree of `size` leaves with this root
// (RFC 9162 section 2.1.3.2).
bool VerifyInclusion(const Hash& leaf, uint64_t index, uint64_t size, absl::Span<const Hash> path,
                     const Hash& root);

// True where `proof` proves that the tree of `first` leaves is the start of that of `second` leaves
// (RFC 9162 section 2.1.4.2). The empty tree is the start of every tree; its proof is empty.
bool VerifyConsistency(uint64_t first, uint64_t second, absl::Span<const Hash> proof,
                       const Hash& first_root, const Hash& second_root);

}  // namespace sakip::merkle

#endif  // SAKIP_COMMON_MERKLE_VERIFY_H_
