// TokenFile: the token that proves who calls, in a file that somebody may renew meanwhile.
#ifndef SAKIP_SERVICES_CLI_SESSION_TOKEN_FILE_H_
#define SAKIP_SERVICES_CLI_SESSION_TOKEN_FILE_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace sakip::cli {

// Thread-safe.
class TokenFile {
 public:
  // Reads the file; it must be closed to others. An error says what is wrong and never shows a
  // token.
  //
  //   INVALID_ARGUMENT     there is no token in it, or more than one.
  //   FAILED_PRECONDITION  KEY_FILE_EXPOSED: others may read it.
  //   Others are the system's.
  static absl::StatusOr<TokenFile> Open(const std::string& path);

  // The token that is in the file now; the first one where it cannot be read any more.
  std::string Current() const;

 private:
  TokenFile(std::string path, std::string first)
      : path_(std::move(path)), first_(std::move(first)) {}

  std::string path_;
  std::string first_;
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_SESSION_TOKEN_FILE_H_
