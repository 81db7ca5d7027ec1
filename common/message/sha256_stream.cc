#include "common/message/sha256_stream.h"

#include "absl/strings/escaping.h"
#include "common/base/log.h"

namespace sakip {

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  SAKIP_CHECK(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256Stream::Add(absl::string_view bytes) {
  SAKIP_CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

std::string Sha256Stream::Hex() {
  std::string digest(32, '\0');
  SAKIP_CHECK(EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.data()),
                                 nullptr) == 1);
  return absl::BytesToHexString(digest);
}

}  // namespace sakip
