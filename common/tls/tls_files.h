// TlsFiles: the files that a process takes its TLS from, and what is in them.
#ifndef SAKIP_COMMON_TLS_TLS_FILES_H_
#define SAKIP_COMMON_TLS_TLS_FILES_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/tls/pem.h"

namespace sakip::tls {

// Paths; empty where there is none. All files are PEM.
struct TlsFiles {
  std::string certificate{};  // What this process proves itself with, then its intermediates.
  std::string key{};          // Of the certificate: not encrypted, closed to others.
  std::string ca{};           // The authorities whose certificates are believed.
  std::string crl_dir{};      // Folder of lists of revoked certificates, named as `openssl rehash`
                              // names them.
};

struct TlsContent {
  std::string chain{};
  std::string key{};
  std::string ca{};
  std::string revocations{};  // All lists, with their names.
  CertificateFacts facts{};   // Of the certificate, where there is one.

  bool SameAs(const TlsContent& other) const {
    return chain == other.chain && key == other.key && ca == other.ca &&
           revocations == other.revocations;
  }
};

// Reads and checks all of them. An error names the file and what would be right. Thread-safe.
//
//   INVALID_ARGUMENT     a file is half of what it should be, or certificate and key do not belong
//                        together, or the certificate is not valid at `now`.
//   FAILED_PRECONDITION  KEY_FILE_EXPOSED: others may read the key.
//   NOT_FOUND, ...       the system's, where a file cannot be read.
absl::StatusOr<TlsContent> ReadTlsFiles(const TlsFiles& files, absl::Time now);

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_TLS_FILES_H_
