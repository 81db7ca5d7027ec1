#include "common/note/ed25519.h"

#include <openssl/rand.h>

#include <utility>

#include "common/base/log.h"

namespace sakip::note {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::optional<Ed25519PublicKey> Ed25519PublicKey::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kEd25519KeyBytes) return std::nullopt;
  std::shared_ptr<EVP_PKEY> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(bytes), bytes.size()),
      &EVP_PKEY_free);
  SAKIP_CHECK(key != nullptr);
  return Ed25519PublicKey(std::move(key), bytes);
}

bool Ed25519PublicKey::Verify(absl::string_view message, absl::string_view signature) const {
  if (signature.size() != kEd25519SignatureBytes) return false;
  const Context context(EVP_MD_CTX_new());
  SAKIP_CHECK(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1);
  return EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                          message.size()) == 1;
}

std::optional<Ed25519PrivateKey> Ed25519PrivateKey::FromSeed(absl::string_view seed) {
  if (seed.size() != kEd25519KeyBytes) return std::nullopt;
  std::shared_ptr<EVP_PKEY> key(
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, Bytes(seed), seed.size()),
      &EVP_PKEY_free);
  SAKIP_CHECK(key != nullptr);
  return Ed25519PrivateKey(std::move(key));
}

std::string Ed25519PrivateKey::Sign(absl::string_view message) const {
  const Context context(EVP_MD_CTX_new());
  std::string signature(kEd25519SignatureBytes, '\0');
  size_t size = signature.size();
  SAKIP_CHECK(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1);
  SAKIP_CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                             &size, Bytes(message), message.size()) == 1);
  SAKIP_CHECK(size == signature.size());
  return signature;
}

Ed25519PublicKey Ed25519PrivateKey::PublicKey() const {
  std::string bytes(kEd25519KeyBytes, '\0');
  size_t size = bytes.size();
  SAKIP_CHECK(EVP_PKEY_get_raw_public_key(
                  key_.get(), reinterpret_cast<unsigned char*>(bytes.data()), &size) == 1);
  return *Ed25519PublicKey::FromBytes(bytes);
}

std::string RandomSeed() {
  std::string seed(kEd25519KeyBytes, '\0');
  SAKIP_CHECK(RAND_priv_bytes(reinterpret_cast<unsigned char*>(seed.data()),
                              static_cast<int>(seed.size())) == 1);
  return seed;
}

}  // namespace sakip::note
