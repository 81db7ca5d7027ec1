// Checks of PEM texts before they are used. Pure and thread-safe. An error says what is wrong with
// a text and never shows it.
#ifndef SAKIP_COMMON_TLS_PEM_H_
#define SAKIP_COMMON_TLS_PEM_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/tls/openssl.h"

namespace sakip::tls {

// What a certificate says of itself.
struct CertificateFacts {
  std::string serial;  // Hexadecimal, as openssl prints it.
  absl::Time expiry_time;
};

// The certificates of `text`, in their order; one at least.
//
//   INVALID_ARGUMENT  the text is not whole, or has none.
absl::StatusOr<std::vector<OwnedX509>> ParseCertificates(absl::string_view text);

// Checks what an endpoint proves itself with: a certificate and its intermediates, in this order,
// and the private key, as TLS would take them at `now`.
//
//   INVALID_ARGUMENT  a text is not whole, the key is encrypted or not the certificate's, it is too
//                     weak, or the certificate is not valid at `now`.
absl::StatusOr<CertificateFacts> CheckIdentity(absl::string_view chain, absl::string_view key,
                                               absl::Time now);

// Checks the certificates of the authorities that are trusted.
//
//   INVALID_ARGUMENT  the text is not whole, or has none.
absl::Status CheckAuthorities(absl::string_view certificates);

// The lists of revoked certificates of `text`; one at least.
//
//   INVALID_ARGUMENT  the text is not whole, or has none.
absl::StatusOr<std::vector<OwnedCrl>> ParseRevocations(absl::string_view text);

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_PEM_H_
