#include "services/cli/files/new_folder.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
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
    const absl::Status written = ReplaceFile(folder / name, content);
    if (!written.ok()) return Failed(folder / name, written.message());
  }
  return absl::OkStatus();
}

// Puts the files of `partial` into the empty `folder`: all of them or, where one fails, none.
std::error_code MoveInto(const fs::path& partial, const fs::path& folder,
                         const std::map<std::string, std::string>& files) {
  std::error_code error;
  for (const auto& [name, content] : files) {
    fs::rename(partial / name, folder / name, error);
    if (error) break;
  }
  std::error_code ignored;
  if (error) {
    for (const auto& [name, content] : files) fs::remove(folder / name, ignored);
  } else {
    fs::remove(partial, ignored);
  }
  return error;
}

// Makes `partial` the folder. Whoever stands in a folder does not see what takes its place.
absl::Status Settle(const fs::path& partial, const fs::path& folder,
                    const std::map<std::string, std::string>& files) {
  std::error_code error;
  if (fs::equivalent(folder, fs::current_path(error), error)) {
    error = MoveInto(partial, folder, files);
  } else {
    error.clear();
    fs::rename(partial, folder, error);
  }
  if (error) return Failed(folder, error.message());
  absl::Status synced = SyncFolder(folder);
  if (synced.ok()) synced = SyncFolderOf(folder);
  return synced.ok() ? synced : Failed(folder, synced.message());
}

}  // namespace

absl::Status WriteNewFolder(const std::string& path,
                            const std::map<std::string, std::string>& files,
                            const std::function<absl::Status(const std::string&)>& check) {
  std::error_code error;
  // Without the slash that a name of a folder may end in.
  fs::path folder = fs::absolute(path, error).lexically_normal();
  if (error) return Failed(path, error.message());
  if (!folder.has_filename()) folder = folder.parent_path();
  RETURN_IF_ERROR(RefuseWhatIsThere(folder));
  const fs::path partial = folder.string() + ".partial";
  if (!fs::create_directory(partial, error)) {
    return Failed(partial, error ? error.message() : "is there already; remove it");
  }
  absl::Status status = WriteFiles(partial, files);
  if (status.ok()) status = check(partial);
  if (status.ok()) status = Settle(partial, folder, files);
  if (!status.ok()) fs::remove_all(partial, error);
  return status;
}

}  // namespace sakip::cli
