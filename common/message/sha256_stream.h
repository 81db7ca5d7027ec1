// Sha256Stream is the SHA-256 of bytes that come in pieces.
#ifndef SAKIP_COMMON_MESSAGE_SHA256_STREAM_H_
#define SAKIP_COMMON_MESSAGE_SHA256_STREAM_H_

#include <openssl/evp.h>

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace sakip {

// Not thread-safe.
class Sha256Stream {
 public:
  Sha256Stream();

  void Add(absl::string_view bytes);

  // Of all that was added, in hexadecimal, 64 characters. Nothing may be added after.
  std::string Hex();

 private:
  struct Free {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  };
  const std::unique_ptr<EVP_MD_CTX, Free> context_;
};

}  // namespace sakip

#endif  // SAKIP_COMMON_MESSAGE_SHA256_STREAM_H_
