// Files that are there whole after a crash, or not at all. Functions are thread-safe as long as no
// two write the same file.
#ifndef SAKIP_COMMON_BASE_DURABLE_FILE_H_
#define SAKIP_COMMON_BASE_DURABLE_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace sakip {

// Writes all of `bytes` to the open file `fd`. False where that fails; errno says why.
bool WriteAll(int fd, absl::string_view bytes);

// Makes the names of the files in a folder durable.
absl::Status SyncFolder(const std::string& folder);

// The same for the folder that `path` is in.
absl::Status SyncFolderOf(const std::string& path);

// Puts a file of `bytes` in the place of what `path` was: a reader sees the old or the new one, and
// after OK it is the new one whatever happens.
absl::Status ReplaceFile(const std::string& path, absl::string_view bytes);

// Reads a file of at most `bytes_max` bytes. NOT_FOUND where there is none.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t bytes_max);

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_DURABLE_FILE_H_
