#include "common/tls/pem.h"

#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/pemerr.h>

#include <ctime>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/tls/openssl.h"

namespace sakip::tls {
namespace {

// A text that was cut off may end in anything; one that is whole ends as its last block does.
absl::Status CheckWhole(absl::string_view text, absl::string_view kind) {
  const std::string end = absl::StrCat("-----END ", kind, "-----");
  if (absl::EndsWith(absl::StripTrailingAsciiWhitespace(text), end)) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("is not whole: it does not end with ", end));
}

absl::StatusOr<OwnedKey> ParseKey(absl::string_view text) {
  if (absl::StrContains(text, "ENCRYPTED")) {
    return absl::InvalidArgumentError("the private key is encrypted; a server has nobody to ask");
  }
  ERR_clear_error();
  OwnedKey key(
      PEM_read_bio_PrivateKey(ReadFrom(text).get(), nullptr, openssl::NoPassword, nullptr));
  const std::string error = TakeOpenSslError();
  if (key == nullptr) return absl::InvalidArgumentError(absl::StrCat("is no private key: ", error));
  return key;
}

absl::Time ToTime(const ASN1_TIME* time) {
  std::tm utc = {};
  if (ASN1_TIME_to_tm(time, &utc) != 1) return absl::InfinitePast();
  return absl::FromTM(utc, absl::UTCTimeZone());
}

std::string SerialOf(const X509* certificate) {
  const openssl::Owned<BIGNUM, BN_free> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  char* const text = number == nullptr ? nullptr : BN_bn2hex(number.get());
  std::string serial = text == nullptr ? "" : text;
  OPENSSL_free(text);
  return serial;
}

absl::Status CheckValidity(const X509* certificate, absl::Time now) {
  const absl::Time from = ToTime(X509_get0_notBefore(certificate));
  const absl::Time to = ToTime(X509_get0_notAfter(certificate));
  if (now < from) {
    return absl::InvalidArgumentError(
        absl::StrCat("the certificate is not valid before ", absl::FormatTime(from)));
  }
  if (now > to) {
    return absl::InvalidArgumentError(
        absl::StrCat("the certificate expired at ", absl::FormatTime(to)));
  }
  return absl::OkStatus();
}

// All blocks of a text that `read` knows, in their order; one at least. `what` they are is for
// people.
template <typename Owned, typename Read>
absl::StatusOr<std::vector<Owned>> ParseAll(absl::string_view text, Read read,
                                            absl::string_view what) {
  ERR_clear_error();
  const OwnedBio bytes = ReadFrom(text);
  std::vector<Owned> all;
  while (auto* const next = read(bytes.get(), nullptr, openssl::NoPassword, nullptr)) {
    all.emplace_back(next);
  }
  // What ends a text that is whole is that no further block begins.
  const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  const std::string error = TakeOpenSslError();
  if (ended && !all.empty()) return all;
  return absl::InvalidArgumentError(absl::StrCat("has ", what, " that is none: ", error));
}

}  // namespace

absl::StatusOr<std::vector<OwnedX509>> ParseCertificates(absl::string_view text) {
  RETURN_IF_ERROR(CheckWhole(text, "CERTIFICATE"));
  return ParseAll<OwnedX509>(text, PEM_read_bio_X509, "a certificate");
}

absl::StatusOr<CertificateFacts> CheckIdentity(absl::string_view chain, absl::string_view key,
                                               absl::Time now) {
  ASSIGN_OR_RETURN(const std::vector<OwnedX509> certificates, ParseCertificates(chain));
  ASSIGN_OR_RETURN(const OwnedKey private_key, ParseKey(key));
  X509* const own = certificates.front().get();
  // As gRPC does it: what is refused here would leave it without any certificate.
  const OwnedSslContext context(SSL_CTX_new(TLS_method()));
  if (SSL_CTX_use_certificate(context.get(), own) != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("the certificate cannot be used: ", TakeOpenSslError()));
  }
  if (SSL_CTX_use_PrivateKey(context.get(), private_key.get()) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("the private key is not that of the certificate: ", TakeOpenSslError()));
  }
  RETURN_IF_ERROR(CheckValidity(own, now));
  return CertificateFacts{SerialOf(own), ToTime(X509_get0_notAfter(own))};
}

absl::Status CheckAuthorities(absl::string_view certificates) {
  return ParseCertificates(certificates).status();
}

absl::StatusOr<std::vector<OwnedCrl>> ParseRevocations(absl::string_view text) {
  RETURN_IF_ERROR(CheckWhole(text, "X509 CRL"));
  return ParseAll<OwnedCrl>(text, PEM_read_bio_X509_CRL, "a list of revoked certificates");
}

}  // namespace sakip::tls
