// SigningKey is the private key of an issuer of tokens: what `sakipctl auth` signs with.
#ifndef SAKIP_COMMON_AUTH_SIGNING_KEY_H_
#define SAKIP_COMMON_AUTH_SIGNING_KEY_H_

#include <openssl/evp.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/auth/public_key.h"

namespace sakip::auth {

// A value that shares one immutable key; thread-safe. OpenSSL clears the key's memory when its last
// copy goes.
class SigningKey {
 public:
  // A new one. RSA keys have 3072 bits.
  static SigningKey Generate(Algorithm algorithm);

  // From PEM (PKCS #8 or what came before it, not encrypted).
  //   INVALID_ARGUMENT  KEY_MALFORMED  there is no private key, or it is neither RSA of 2048 to
  //                                    8192 bits nor on P-256 nor Ed25519.
  static absl::StatusOr<SigningKey> FromPem(absl::string_view pem);

  // PKCS #8, not encrypted. Whoever has it signs tokens.
  std::string ToPem() const;

  const PublicKey& public_key() const { return public_key_; }

  // The signature over `message` in the form of a JWS.
  std::string Sign(absl::string_view message) const;

 private:
  SigningKey(std::shared_ptr<EVP_PKEY> key, PublicKey public_key)
      : key_(std::move(key)), public_key_(std::move(public_key)) {}
  static absl::StatusOr<SigningKey> FromKey(std::shared_ptr<EVP_PKEY> key);

  std::shared_ptr<EVP_PKEY> key_;
  PublicKey public_key_;
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_SIGNING_KEY_H_
