#include "common/tls/testing/test_authority.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/base/log.h"

namespace sakip::tls::testing {
namespace {

using OwnedTime = openssl::Owned<ASN1_TIME, ASN1_TIME_free>;

OwnedKey NewKey() {
  OwnedKey key(EVP_EC_gen("P-256"));
  SAKIP_CHECK(key != nullptr);
  return key;
}

OwnedTime FromNow(absl::Duration duration) {
  return OwnedTime(ASN1_TIME_set(nullptr, absl::ToTimeT(absl::Now() + duration)));
}

template <typename Write>
std::string ToPem(Write write) {
  const OwnedBio out(BIO_new(BIO_s_mem()));
  SAKIP_CHECK(write(out.get()) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);  // NOLINT: OpenSSL's type.
  return std::string(data, static_cast<size_t>(size));
}

std::string ToPem(X509* certificate) {
  return ToPem([certificate](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

void SetName(X509_NAME* name, const std::string& text) {
  SAKIP_CHECK(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                         reinterpret_cast<const unsigned char*>(text.c_str()), -1,
                                         -1, 0) == 1);
}

void AddExtension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  SAKIP_CHECK(extension != nullptr);
  SAKIP_CHECK(X509_add_ext(certificate, extension, -1) == 1);
  X509_EXTENSION_free(extension);
}

OwnedX509 NewCertificate(long serial, EVP_PKEY* key, absl::Duration from,  // NOLINT
                         absl::Duration to) {
  OwnedX509 certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_set1_notBefore(certificate.get(), FromNow(from).get());
  X509_set1_notAfter(certificate.get(), FromNow(to).get());
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

}  // namespace

TestAuthority::TestAuthority(const std::string& name)
    : key_(NewKey()),
      certificate_(NewCertificate(1, key_.get(), -absl::Hours(2), absl::Hours(48))) {
  X509* const own = certificate_.get();
  SetName(X509_get_subject_name(own), name);
  X509_set_issuer_name(own, X509_get_subject_name(own));
  AddExtension(own, own, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  SAKIP_CHECK(X509_sign(own, key_.get(), EVP_sha256()) > 0);
  pem_ = ToPem(own);
}

TestCertificate TestAuthority::Issue(const CertificateWish& wish) {
  const OwnedKey key = NewKey();
  const OwnedX509 certificate = NewCertificate(++serial_, key.get(), wish.from, wish.to);
  SetName(X509_get_subject_name(certificate.get()), "leaf");
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_.get()));
  AddExtension(certificate.get(), certificate_.get(), NID_basic_constraints, "CA:FALSE");
  if (!wish.names.empty()) {
    AddExtension(certificate.get(), certificate_.get(), NID_subject_alt_name,
                 absl::StrJoin(wish.names, ","));
  }
  SAKIP_CHECK(X509_sign(certificate.get(), key_.get(), EVP_sha256()) > 0);
  TestCertificate issued;
  issued.chain = ToPem(certificate.get());
  issued.key = ToPem([&key](BIO* out) {
    return PEM_write_bio_PKCS8PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  issued.serial = absl::StrFormat("%X", serial_);
  return issued;
}

std::string TestAuthority::Revoke(const std::vector<std::string>& serials,
                                  absl::Duration validity) {
  const OwnedCrl list(X509_CRL_new());
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(certificate_.get()));
  X509_CRL_set1_lastUpdate(list.get(), FromNow(-absl::Hours(1)).get());
  X509_CRL_set1_nextUpdate(list.get(), FromNow(validity - absl::Hours(1)).get());
  for (const std::string& serial : serials) {
    X509_REVOKED* const revoked = X509_REVOKED_new();
    BIGNUM* number = nullptr;
    SAKIP_CHECK(BN_hex2bn(&number, serial.c_str()) > 0);
    ASN1_INTEGER* const value = BN_to_ASN1_INTEGER(number, nullptr);
    X509_REVOKED_set_serialNumber(revoked, value);
    X509_REVOKED_set_revocationDate(revoked, FromNow(-absl::Hours(1)).get());
    ASN1_INTEGER_free(value);
    BN_free(number);
    SAKIP_CHECK(X509_CRL_add0_revoked(list.get(), revoked) == 1);
  }
  SAKIP_CHECK(X509_CRL_sign(list.get(), key_.get(), EVP_sha256()) > 0);
  return ToPem([&list](BIO* out) { return PEM_write_bio_X509_CRL(out, list.get()); });
}

std::string TestAuthority::RevocationsName() const {
  return absl::StrFormat("%08x.r0", X509_subject_name_hash(certificate_.get()));
}

}  // namespace sakip::tls::testing
