// ProbeTls makes a TLS handshake as a client of our own choosing, by OpenSSL without gRPC.
#ifndef SAKIP_COMMON_TLS_TESTING_TLS_PROBE_H_
#define SAKIP_COMMON_TLS_TESTING_TLS_PROBE_H_

#include <openssl/ssl.h>

#include <string>

#include "common/tls/testing/test_authority.h"

namespace sakip::tls::testing {

struct ProbeOptions {
  int version_min = TLS1_2_VERSION;
  int version_max = TLS1_3_VERSION;
  std::string ciphers{};                 // Of TLS 1.2; empty leaves OpenSSL's.
  const TestCertificate* own = nullptr;  // Borrowed; null shows none.
};

struct Probe {
  bool connected = false;  // The handshake was made, and the server went on after it.
  std::string version{};   // `TLSv1.3`
  std::string cipher{};
  std::string serial{};  // Of the server's certificate.
};

// Connects to `address` (host:port). Does not check the server's certificate: it shows it.
Probe ProbeTls(const std::string& address, const ProbeOptions& options = {});

}  // namespace sakip::tls::testing

#endif  // SAKIP_COMMON_TLS_TESTING_TLS_PROBE_H_
