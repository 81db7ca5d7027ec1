#include "common/base/private_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_format.h"
#include "common/base/log.h"

namespace sakip {
namespace {

constexpr mode_t kModes = 07777;
constexpr mode_t kOthers = 0077;

bool IsLink(const std::string& path) {
  struct stat status = {};
  return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

bool IsRoot(const struct stat& status) {
  struct stat root = {};
  return stat("/", &root) == 0 && root.st_dev == status.st_dev && root.st_ino == status.st_ino;
}

// Why it stays open; empty where it is closed now.
std::string Close(const std::string& folder, struct stat& status) {
  if (status.st_uid != geteuid()) return "it is another account's";
  if ((status.st_mode & S_ISVTX) != 0 || IsRoot(status)) return "it is shared by all";
  const int error = chmod(folder.c_str(), status.st_mode & kModes & ~kOthers) == 0 ? 0 : errno;
  // Some file systems take a mode and keep their own.
  if (stat(folder.c_str(), &status) == 0 && (status.st_mode & kOthers) == 0) return "";
  return error == 0 ? "its file system keeps the mode" : std::strerror(error);
}

void CloseFolder(const std::string& folder, bool follow_link) {
  struct stat status = {};
  if (stat(folder.c_str(), &status) != 0 || (status.st_mode & kOthers) == 0) return;
  const std::string why = !follow_link && IsLink(folder) ? "it is a link" : Close(folder, status);
  if (why.empty()) {
    Log(LogLevel::kInfo, "folder_closed_to_others", {{"folder", folder}});
    return;
  }
  Log(LogLevel::kWarning, "folder_open_to_others",
      {{"folder", folder},
       {"mode", absl::StrFormat("%04o", status.st_mode & kModes)},
       {"error", why}});
}

}  // namespace

void CloseToOthers(const std::string& folder) { CloseFolder(folder, /*follow_link=*/true); }

void CloseToOthersWithin(const std::string& folder) { CloseFolder(folder, /*follow_link=*/false); }

}  // namespace sakip
