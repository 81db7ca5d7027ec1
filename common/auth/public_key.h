// PublicKey checks the signatures of one key of an issuer (RFC 7518, RFC 8037). The algorithm is
// the key's: RSA keys check RS256, keys on P-256 ES256, Ed25519 keys EdDSA, and nothing else.
#ifndef SAKIP_COMMON_AUTH_PUBLIC_KEY_H_
#define SAKIP_COMMON_AUTH_PUBLIC_KEY_H_

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sakip::auth {

enum class Algorithm { kRs256, kEs256, kEdDsa };

// `RS256`, `ES256`, `EdDSA`: as `alg` has it.
absl::string_view AlgorithmName(Algorithm algorithm);

// The algorithm of that name; nothing for all others, such as `none` and `HS256`.
std::optional<Algorithm> ParseAlgorithm(absl::string_view name);

// A value that shares one immutable key; thread-safe.
class PublicKey {
 public:
  // From the numbers of a JWK, decoded: big-endian, without leading zeros for RSA, of 32 bytes for
  // the others.
  //   INVALID_ARGUMENT  KEY_MALFORMED  it is no such key, or RSA of less than 2048 or more than
  //                                    8192 bits.
  static absl::StatusOr<PublicKey> FromRsa(absl::string_view n, absl::string_view e);
  static absl::StatusOr<PublicKey> FromP256(absl::string_view x, absl::string_view y);
  static absl::StatusOr<PublicKey> FromEd25519(absl::string_view x);

  Algorithm algorithm() const { return algorithm_; }

  // The members of its JWK that make the key (RFC 7638 section 3.2), as JSON.
  const std::string& jwk() const { return jwk_; }

  // SHA-256 of jwk() in base64url: tells the key from all others, whatever it is called.
  const std::string& thumbprint() const { return thumbprint_; }

  // True where `signature`, in the form of a JWS, was made over `message` with the private key.
  bool Verify(absl::string_view message, absl::string_view signature) const;

 private:
  PublicKey(Algorithm algorithm, std::shared_ptr<EVP_PKEY> key, std::string jwk);

  Algorithm algorithm_;
  std::shared_ptr<EVP_PKEY> key_;
  std::string jwk_;
  std::string thumbprint_;
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_PUBLIC_KEY_H_
