// TempDir is a folder of a test that goes away with it.
#ifndef SAKIP_COMMON_TESTING_TEMP_DIR_H_
#define SAKIP_COMMON_TESTING_TEMP_DIR_H_

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/string_view.h"
#include "common/base/log.h"

namespace sakip::testing {

// Makes an empty folder; removes it with all in it when destroyed. Not thread-safe.
class TempDir {
 public:
  TempDir() : path_((std::filesystem::temp_directory_path() / "sakip_test_XXXXXX").string()) {
    SAKIP_CHECK(mkdtemp(path_.data()) != nullptr);
  }
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }

  // Path of `name` in the folder.
  std::string File(absl::string_view name) const {
    return path_ + "/" + std::string(name.data(), name.size());
  }

 private:
  std::string path_;
};

}  // namespace sakip::testing

#endif  // SAKIP_COMMON_TESTING_TEMP_DIR_H_
