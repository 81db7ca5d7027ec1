// Owners of what OpenSSL has for TLS, and what it says of its last error.
#ifndef SAKIP_COMMON_TLS_OPENSSL_H_
#define SAKIP_COMMON_TLS_OPENSSL_H_

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <string>

#include "common/openssl/owned.h"

namespace sakip::tls {

using openssl::OwnedBio;
using openssl::OwnedKey;
using openssl::ReadFrom;
using OwnedCrl = openssl::Owned<X509_CRL, X509_CRL_free>;
using OwnedSslContext = openssl::Owned<SSL_CTX, SSL_CTX_free>;
using OwnedX509 = openssl::Owned<X509, X509_free>;
using OwnedX509Store = openssl::Owned<X509_STORE, X509_STORE_free>;

// The first error of this thread in words, such as `key values mismatch`; forgets all of them.
inline std::string TakeOpenSslError() {
  const char* reason = ERR_reason_error_string(ERR_peek_error());
  ERR_clear_error();
  return reason == nullptr ? "unknown error" : reason;
}

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_OPENSSL_H_
