#include "common/base/private_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_format.h"
#include "common/base/log.h"

namespace sakip {
namespace {

constexpr mode_t kModes = 07777;
constexpr mode_t kOthers = 0077;

}  // namespace

void CloseToOthers(const std::string& folder) {
  struct stat status = {};
  if (stat(folder.c_str(), &status) != 0 || (status.st_mode & kOthers) == 0) return;
  const int error = chmod(folder.c_str(), status.st_mode & kModes & ~kOthers) == 0 ? 0 : errno;
  // Some file systems take a mode and keep their own.
  if (stat(folder.c_str(), &status) == 0 && (status.st_mode & kOthers) == 0) {
    Log(LogLevel::kInfo, "folder_closed_to_others", {{"folder", folder}});
    return;
  }
  Log(LogLevel::kWarning, "folder_open_to_others",
      {{"folder", folder},
       {"mode", absl::StrFormat("%04o", status.st_mode & kModes)},
       {"error", error == 0 ? "its file system keeps the mode" : std::strerror(error)}});
}

}  // namespace sakip
