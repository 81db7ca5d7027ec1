// NewFile is a file that is written piece by piece and gets its name when it is whole and on disk:
// whoever finds it finds all of it. Only its owner may read it: it holds whole logs and the like.
#ifndef SAKIP_COMMON_BASE_NEW_FILE_H_
#define SAKIP_COMMON_BASE_NEW_FILE_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/open_file.h"

namespace sakip {

// Until it is finished, and after any error, it is `<path>.part`, which goes away with this. Errors
// are the system's, with the path. Not thread-safe.
class NewFile {
 public:
  //   ALREADY_EXISTS  a file of that name is there; none is written over.
  static absl::StatusOr<std::unique_ptr<NewFile>> Create(const std::string& path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  absl::Status Append(absl::string_view bytes);

  // Syncs what was appended and gives the file its name. Called last.
  absl::Status Finish();

 private:
  NewFile(std::string path, OpenFile file) : path_(std::move(path)), file_(std::move(file)) {}

  absl::Status Flush();
  std::string part() const { return path_ + ".part"; }

  const std::string path_;
  OpenFile file_;  // Closed once the file has its name.
  std::string buffer_;
};

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_NEW_FILE_H_
