#include "common/base/private_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip {
namespace {

// As Kubernetes mounts a secret where the pod has a group of its own.
constexpr mode_t kSecretMount = 0440;

}  // namespace

absl::Status CheckPrivate(const std::string& path, mode_t mode) {
  const mode_t access = mode & 0777;
  if ((access & 0077) == 0 || access == kSecretMount) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, "KEY_FILE_EXPOSED",
                   absl::StrFormat("%s holds a secret and has mode %04o: others could use it. "
                                   "chmod 0600 %s",
                                   path, access, path));
}

absl::StatusOr<std::string> ReadPrivateFile(const std::string& path, size_t bytes_max) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) {
    return absl::ErrnoToStatus(errno, path);
  }
  RETURN_IF_ERROR(CheckPrivate(path, status.st_mode));
  return ReadFile(path, bytes_max);
}

}  // namespace sakip
