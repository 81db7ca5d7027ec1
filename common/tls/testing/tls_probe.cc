#include "common/tls/testing/tls_probe.h"

#include <openssl/bn.h>
#include <openssl/pem.h>

#include <csignal>

#include "common/base/log.h"

namespace sakip::tls::testing {
namespace {

constexpr unsigned char kHttp2[] = {2, 'h', '2'};
constexpr char kPreface[] = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr char kNoSettings[] = "\0\0\0\4\0\0\0\0\0";

void ShowOwn(SSL_CTX* context, const TestCertificate& own) {
  const OwnedX509 certificate(
      PEM_read_bio_X509(ReadFrom(own.chain).get(), nullptr, nullptr, nullptr));
  const OwnedKey key(PEM_read_bio_PrivateKey(ReadFrom(own.key).get(), nullptr, nullptr, nullptr));
  SAKIP_CHECK(SSL_CTX_use_certificate(context, certificate.get()) == 1);
  SAKIP_CHECK(SSL_CTX_use_PrivateKey(context, key.get()) == 1);
}

std::string SerialOf(const SSL* ssl) {
  const OwnedX509 certificate(SSL_get1_peer_certificate(ssl));
  BIGNUM* const number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate.get()), nullptr);
  char* const text = BN_bn2hex(number);
  std::string serial = text;
  OPENSSL_free(text);
  BN_free(number);
  return serial;
}

// With TLS 1.3 a server refuses a certificate only after the client's handshake has ended.
bool GoesOn(BIO* connection) {
  if (BIO_write(connection, kPreface, sizeof(kPreface) - 1) <= 0) return false;
  if (BIO_write(connection, kNoSettings, sizeof(kNoSettings) - 1) <= 0) return false;
  char frame[9];
  return BIO_read(connection, frame, sizeof(frame)) > 0;
}

}  // namespace

Probe ProbeTls(const std::string& address, const ProbeOptions& options) {
  // OpenSSL writes to servers that have gone.
  std::signal(SIGPIPE, SIG_IGN);
  const OwnedSslContext context(SSL_CTX_new(TLS_client_method()));
  // So that old versions are offered at all: what is tested is the server.
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), options.version_min);
  SSL_CTX_set_max_proto_version(context.get(), options.version_max);
  SSL_CTX_set_alpn_protos(context.get(), kHttp2, sizeof(kHttp2));
  if (!options.ciphers.empty()) {
    SAKIP_CHECK(SSL_CTX_set_cipher_list(context.get(), options.ciphers.c_str()) == 1);
  }
  if (options.own != nullptr) ShowOwn(context.get(), *options.own);
  const OwnedBio connection(BIO_new_ssl_connect(context.get()));
  BIO_set_conn_hostname(connection.get(), address.c_str());
  Probe probe;
  if (BIO_do_handshake(connection.get()) == 1) {
    SSL* ssl = nullptr;
    BIO_get_ssl(connection.get(), &ssl);
    probe = {GoesOn(connection.get()), SSL_get_version(ssl), SSL_get_cipher(ssl), SerialOf(ssl)};
  }
  ERR_clear_error();
  return probe;
}

}  // namespace sakip::tls::testing
