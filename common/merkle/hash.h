// The hashes of a Merkle tree as RFC 6962 section 2.1 defines them: SHA-256, a zero byte before a
// leaf, a one before an inner node. Functions are thread-safe and share nothing.
#ifndef SAKIP_COMMON_MERKLE_HASH_H_
#define SAKIP_COMMON_MERKLE_HASH_H_

#include <array>
#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace sakip::merkle {

inline constexpr size_t kHashBytes = 32;

using Hash = std::array<char, kHashBytes>;

// The hash of a leaf whose content is `bytes`.
Hash HashLeaf(absl::string_view bytes);

// The hash of an inner node.
Hash HashChildren(const Hash& left, const Hash& right);

// The root of the tree without leaves: SHA-256 of nothing.
Hash EmptyRoot();

// The bytes of `hash`, which must outlive the view.
inline absl::string_view View(const Hash& hash) { return {hash.data(), hash.size()}; }

// A hash from its bytes; nothing where they are not 32.
std::optional<Hash> ToHash(absl::string_view bytes);

}  // namespace sakip::merkle

#endif  // SAKIP_COMMON_MERKLE_HASH_H_
