// Files that hold a secret: a private key, a token. Functions are thread-safe.
#ifndef SAKIP_COMMON_BASE_PRIVATE_FILE_H_
#define SAKIP_COMMON_BASE_PRIVATE_FILE_H_

#include <sys/types.h>

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sakip {

// OK where a file of that mode is closed to others: readable by its owner alone, or 0440, as
// Kubernetes mounts a secret for a group.
//
//   FAILED_PRECONDITION  KEY_FILE_EXPOSED  others may read it, or write it.
absl::Status CheckPrivate(const std::string& path, mode_t mode);

// Reads a file of at most `bytes_max` bytes that is closed to others.
//
//   NOT_FOUND            there is none; other errors are the system's, with the path.
//   FAILED_PRECONDITION  KEY_FILE_EXPOSED  as CheckPrivate.
absl::StatusOr<std::string> ReadPrivateFile(const std::string& path, size_t bytes_max);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_PRIVATE_FILE_H_
