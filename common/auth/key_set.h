// KeySet is the public keys of an issuer, as it publishes them: a JWKS (RFC 7517).
#ifndef SAKIP_COMMON_AUTH_KEY_SET_H_
#define SAKIP_COMMON_AUTH_KEY_SET_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/auth/public_key.h"

namespace sakip::auth {

// Longest JWKS that is read.
inline constexpr size_t kJwksBytesMax = 256 * 1024;

// Immutable and so thread-safe.
class KeySet {
 public:
  // A set without keys.
  KeySet() = default;

  // Takes the keys that sign tokens here: with `kid`, of RSA, P-256 or Ed25519, for signatures as
  // far as `use` and `key_ops` say, and with the `alg` of the key where it says one. Others are
  // left out: symmetric ones, those of other kinds, and those that are malformed or too weak.
  //
  //   INVALID_ARGUMENT  JWKS_MALFORMED  it is too long or no set of keys, has two keys of one
  //                                     `kid`, or holds a private key, which its owner must hear.
  static absl::StatusOr<KeySet> Parse(absl::string_view jwks);

  // The key called `kid`; null where there is none. The set outlives it.
  const PublicKey* Find(absl::string_view kid) const;

  // True where a key of that thumbprint is in the set.
  bool Has(absl::string_view thumbprint) const;

  // By `kid`.
  const std::map<std::string, PublicKey>& keys() const { return keys_; }

  // Why each key that was left out was, for people: `keys[2]: ...`.
  const std::vector<std::string>& left_out() const { return left_out_; }

 private:
  std::map<std::string, PublicKey> keys_;
  std::set<std::string> thumbprints_;
  std::vector<std::string> left_out_;
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_KEY_SET_H_
