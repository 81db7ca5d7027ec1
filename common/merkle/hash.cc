#include "common/merkle/hash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "common/base/log.h"

namespace sakip::merkle {
namespace {

constexpr uint8_t kLeafPrefix = 0;
constexpr uint8_t kNodePrefix = 1;

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Looking up the algorithm and making a context cost more than hashing a record, so both are kept.
const EVP_MD* Sha256() {
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  SAKIP_CHECK(sha256 != nullptr);
  return sha256;
}

Hash HashParts(uint8_t prefix, absl::string_view first, absl::string_view second) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Hash hash;
  SAKIP_CHECK(EVP_DigestInit_ex2(context.get(), Sha256(), nullptr) == 1);
  SAKIP_CHECK(EVP_DigestUpdate(context.get(), &prefix, 1) == 1);
  SAKIP_CHECK(EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1);
  SAKIP_CHECK(EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1);
  SAKIP_CHECK(EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(hash.data()),
                                 nullptr) == 1);
  return hash;
}

}  // namespace

Hash HashLeaf(absl::string_view bytes) { return HashParts(kLeafPrefix, bytes, ""); }

Hash HashChildren(const Hash& left, const Hash& right) {
  return HashParts(kNodePrefix, View(left), View(right));
}

Hash EmptyRoot() {
  Hash hash;
  SAKIP_CHECK(EVP_Digest("", 0, reinterpret_cast<unsigned char*>(hash.data()), nullptr, Sha256(),
                         nullptr) == 1);
  return hash;
}

std::optional<Hash> ToHash(absl::string_view bytes) {
  if (bytes.size() != kHashBytes) return std::nullopt;
  Hash hash;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace sakip::merkle
