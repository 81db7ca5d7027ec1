// What every use of OpenSSL here needs: owners of its objects, and its queue of errors left as it
// was.
#ifndef SAKIP_COMMON_AUTH_OPENSSL_H_
#define SAKIP_COMMON_AUTH_OPENSSL_H_

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "absl/strings/string_view.h"
#include "common/openssl/owned.h"

namespace sakip::auth {

using openssl::Owned;
using openssl::OwnedBio;
using openssl::OwnedKey;
using openssl::ReadFrom;
using OwnedDigest = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedKeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedNumber = Owned<BIGNUM, BN_free>;
using OwnedParameterBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using OwnedParameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using OwnedEcdsa = Owned<ECDSA_SIG, ECDSA_SIG_free>;

inline const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Takes out of the thread's queue what fails while it lives: the TLS of gRPC on the same thread
// would take it for its own failure.
class ErrorQueue {
 public:
  ErrorQueue() { ERR_set_mark(); }
  ~ErrorQueue() { ERR_pop_to_mark(); }
  ErrorQueue(const ErrorQueue&) = delete;
  ErrorQueue& operator=(const ErrorQueue&) = delete;
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_OPENSSL_H_
