#include "common/auth/certificate.h"

#include <grpc/grpc_security_constants.h>
#include <openssl/pem.h>

#include <vector>

#include "common/auth/openssl.h"
#include "common/base/log.h"
#include "common/message/digest.h"

namespace sakip::auth {

std::string CertificateThumbprint(absl::string_view pem) {
  const ErrorQueue queue;
  const OwnedBio text = ReadFrom(pem);
  SAKIP_CHECK(text != nullptr);
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* der = nullptr;
  long size = 0;  // NOLINT: the type is OpenSSL's.
  std::string thumbprint;
  if (PEM_read_bio(text.get(), &name, &header, &der, &size) != 1) return thumbprint;
  if (absl::string_view(name) == PEM_STRING_X509) {
    thumbprint = Sha256(absl::string_view(reinterpret_cast<char*>(der), size));
  }
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_free(der);
  return thumbprint;
}

std::string PeerThumbprint(const grpc::AuthContext* peer) {
  if (peer == nullptr) return "";
  const std::vector<grpc::string_ref> certificates =
      peer->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  if (certificates.size() != 1) return "";
  return CertificateThumbprint(absl::string_view(certificates[0].data(), certificates[0].size()));
}

}  // namespace sakip::auth
