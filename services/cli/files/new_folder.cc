#include "services/cli/files/new_folder.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

namespace fs = std::filesystem;

absl::Status Failed(const fs::path& path, absl::string_view why) {
  return absl::AbortedError(Printable(absl::StrCat(path.string(), ": cannot be written: ", why)));
}

absl::Status RefuseWhatIsThere(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return absl::OkStatus();
  if (fs::is_directory(path, error) && fs::is_empty(path, error)) return absl::OkStatus();
  return absl::AlreadyExistsError(Printable(absl::StrCat(
      path.string(), ": is there already and no empty folder; nothing is overwritten")));
}

absl::Status WriteFiles(const fs::path& folder, const std::map<std::string, std::string>& files) {
  for (const auto& [name, content] : files) {
    const fs::path path = folder / name;
    std::ofstream stream(path, std::ios::binary);
    stream << content;
    stream.close();
    if (!stream) return Failed(path, "is the disk full?");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteNewFolder(const std::string& path,
                            const std::map<std::string, std::string>& files,
                            const std::function<absl::Status(const std::string&)>& check) {
  // Without the slash that a name of a folder may end in.
  fs::path folder = fs::path(path).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  RETURN_IF_ERROR(RefuseWhatIsThere(folder));
  const fs::path partial = folder.string() + ".partial";
  std::error_code error;
  if (!fs::create_directory(partial, error)) {
    return Failed(partial, error ? error.message() : "is there already; remove it");
  }
  absl::Status status = WriteFiles(partial, files);
  if (status.ok()) status = check(partial);
  if (status.ok()) {
    fs::rename(partial, folder, error);
    if (error) status = Failed(folder, error.message());
  }
  if (!status.ok()) fs::remove_all(partial, error);
  return status;
}

}  // namespace sakip::cli
