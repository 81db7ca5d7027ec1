// Owners of OpenSSL's objects, and what reads of PEM need. As thread-safe as what they own.
#ifndef SAKIP_COMMON_OPENSSL_OWNED_H_
#define SAKIP_COMMON_OPENSSL_OWNED_H_

#include <openssl/bio.h>
#include <openssl/evp.h>

#include <memory>

#include "absl/strings/string_view.h"

namespace sakip::openssl {

template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

template <typename T, auto kFree>
using Owned = std::unique_ptr<T, FreeWith<kFree>>;

using OwnedBio = Owned<BIO, BIO_free_all>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;

// Reads `bytes`, which outlive it.
inline OwnedBio ReadFrom(absl::string_view bytes) {
  return OwnedBio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

// For keys in PEM: nobody is asked for a password, where OpenSSL would ask the terminal.
inline int NoPassword(char*, int, int, void*) { return -1; }

}  // namespace sakip::openssl

#endif  // SAKIP_COMMON_OPENSSL_OWNED_H_
