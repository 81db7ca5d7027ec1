// MemoryFile is a file in memory whose content is replaced at once: for libraries that read secrets
// from paths, and read them again now and then.
#ifndef SAKIP_COMMON_TLS_MEMORY_FILE_H_
#define SAKIP_COMMON_TLS_MEMORY_FILE_H_

#include <ctime>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/open_file.h"

namespace sakip::tls {

// Not thread-safe, but for those who read the path: they see the old content or the new one, whole.
// Errors are the system's.
class MemoryFile {
 public:
  static absl::StatusOr<MemoryFile> Create(absl::string_view bytes);

  // Under /proc/self: nothing reaches the disk. It is this file's as long as this lives.
  const std::string& path() const { return path_; }

  // The modification time is in another second after each, so that a reader who looks at it before
  // and after knows whether two reads gave the same file.
  absl::Status Replace(absl::string_view bytes);

 private:
  MemoryFile(OpenFile file, time_t modified);

  OpenFile file_;
  std::string path_;
  time_t modified_;
};

}  // namespace sakip::tls

#endif  // SAKIP_COMMON_TLS_MEMORY_FILE_H_
