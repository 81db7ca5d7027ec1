// KeyFetcher brings the JWKS of an issuer from where it is kept.
#ifndef SAKIP_COMMON_AUTH_KEY_FETCHER_H_
#define SAKIP_COMMON_AUTH_KEY_FETCHER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace sakip::auth {

// Used by one thread at a time.
class KeyFetcher {
 public:
  virtual ~KeyFetcher() = default;

  // The bytes of the JWKS as it is now. Waits for disk or network, a few seconds at most. The
  // status says what is wrong and where, for the log.
  virtual absl::StatusOr<std::string> Fetch() = 0;
};

// From a file, such as a mounted ConfigMap or what `sakipctl auth jwks` writes.
std::unique_ptr<KeyFetcher> MakeFileFetcher(const std::string& path);

// From `https://...`; from `http://...` only where the host is loopback. Redirects are not
// followed; the certificate is checked against `ca_file` (PEM; empty means the system's).
//   INVALID_ARGUMENT  the URL is another one, or names a user.
absl::StatusOr<std::unique_ptr<KeyFetcher>> MakeUrlFetcher(const std::string& url,
                                                           const std::string& ca_file);

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_KEY_FETCHER_H_
