// TlsFiles: the files that a process takes its TLS from, and what is in them.
#ifndef SAKIP_COMMON_TLS_TLS_FILES_H_
#define SAKIP_COMMON_TLS_TLS_FILES_H_

#include <map>
#include <string>

#include "absl/status/status.h"
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

// What a process proves itself with; empty where it does not.
struct TlsIdentity {
  std::string chain{};
  std::string key{};
  CertificateFacts facts{};
};

// Lists of revoked certificates, by their paths.
using RevocationLists = std::map<std::string, std::string>;

struct TlsContent {
  TlsIdentity identity{};
  std::string authorities{};
  RevocationLists revocations{};

  bool SameAs(const TlsContent& other) const {
    return identity.chain == other.identity.chain && identity.key == other.identity.key &&
           authorities == other.authorities && revocations == other.revocations;
  }
};

// What is wrong with each part of the files; OK where nothing is. An error names the file and what
// would be right.
//
//   INVALID_ARGUMENT     a file is half of what it should be, or certificate and key do not belong
//                        together, or the certificate is not valid at that time.
//   FAILED_PRECONDITION  KEY_FILE_EXPOSED: others may read the key.
//   NOT_FOUND, ...       the system's, where a file cannot be read.
struct TlsFaults {
  absl::Status identity{};
  absl::Status authorities{};
  absl::Status revocations{};

  // The first of them.
  absl::Status First() const;
};

// Puts what is good at `now` into `content`: certificate with key, authorities, and each list for
// itself, so that one bad file keeps no other out. What is bad stays as it was there; a list whose
// file has gone goes. Thread-safe.
TlsFaults RefreshTls(const TlsFiles& files, absl::Time now, TlsContent& content);

// Reads all of them, which must be good. Thread-safe.
//
//   Errors of TlsFaults.
absl::StatusOr<TlsContent> ReadTlsFiles(const TlsFiles& files, absl::Time now);

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_TLS_FILES_H_
