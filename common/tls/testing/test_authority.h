// TestAuthority makes certificates for tests: good ones, and those that must be refused.
#ifndef SAKIP_COMMON_TLS_TESTING_TEST_AUTHORITY_H_
#define SAKIP_COMMON_TLS_TESTING_TEST_AUTHORITY_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/tls/openssl.h"

namespace sakip::tls::testing {

struct CertificateWish {
  // As OpenSSL writes them: `URI:spiffe://sakip/service/scoring`, `DNS:localhost`, `IP:127.0.0.1`.
  std::vector<std::string> names = {"DNS:localhost", "IP:127.0.0.1"};
  absl::Duration from = -absl::Hours(1);  // From now.
  absl::Duration to = absl::Hours(24);
};

struct TestCertificate {
  std::string chain;  // PEM, as is the key.
  std::string key;
  std::string serial;  // As CertificateFacts has it.
};

// Signs with a key of its own. Ends the test program where OpenSSL fails. Not thread-safe.
class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name = "Test CA");

  const std::string& certificate() const { return pem_; }  // PEM.

  TestCertificate Issue(const CertificateWish& wish = {});

  // A list of what is revoked, valid from an hour ago for `validity`: PEM.
  std::string Revoke(const std::vector<std::string>& serials,
                     absl::Duration validity = absl::Hours(24));

  // `5ca1ab1e.r0`: what a list of this authority is called in its folder.
  std::string RevocationsName() const;

 private:
  OwnedKey key_;
  OwnedX509 certificate_;
  std::string pem_;
  long serial_ = 0x1000;  // NOLINT: OpenSSL's type.
};

}  // namespace sakip::tls::testing

#endif  // SAKIP_COMMON_TLS_TESTING_TEST_AUTHORITY_H_
