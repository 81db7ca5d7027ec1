// Ed25519 (RFC 8032) keys: 32 bytes of public key, 32 bytes of private seed, 64 bytes of signature.
//
// Values that share one immutable key each; thread-safe. A private key's memory is cleared by
// OpenSSL when its last copy goes.
#ifndef SAKIP_COMMON_NOTE_ED25519_H_
#define SAKIP_COMMON_NOTE_ED25519_H_

#include <openssl/evp.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip::note {

inline constexpr size_t kEd25519KeyBytes = 32;
inline constexpr size_t kEd25519SignatureBytes = 64;

class Ed25519PublicKey {
 public:
  // Absent where `bytes` are not 32.
  static std::optional<Ed25519PublicKey> FromBytes(absl::string_view bytes);

  const std::string& bytes() const { return bytes_; }

  // True where `signature` was made over `message` with the private key.
  bool Verify(absl::string_view message, absl::string_view signature) const;

 private:
  Ed25519PublicKey(std::shared_ptr<EVP_PKEY> key, absl::string_view bytes)
      : key_(std::move(key)), bytes_(bytes) {}

  std::shared_ptr<EVP_PKEY> key_;
  std::string bytes_;
};

class Ed25519PrivateKey {
 public:
  // Absent where `seed` is not 32 bytes.
  static std::optional<Ed25519PrivateKey> FromSeed(absl::string_view seed);

  std::string Sign(absl::string_view message) const;
  Ed25519PublicKey PublicKey() const;

 private:
  explicit Ed25519PrivateKey(std::shared_ptr<EVP_PKEY> key) : key_(std::move(key)) {}

  std::shared_ptr<EVP_PKEY> key_;
};

// 32 bytes from the system's generator for secrets.
std::string RandomSeed();

}  // namespace sakip::note

#endif  // SAKIP_COMMON_NOTE_ED25519_H_
