#include "common/views/view_folder.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::views {
namespace {

constexpr char kServing[] = "serving";
constexpr size_t kServingBytesMax = 1024;

absl::Status NotOpened(const std::string& path, absl::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable, "VIEW_NOT_OPENED",
                   absl::StrCat("the view in ", path, " is not opened: ", why));
}

}  // namespace

absl::StatusOr<ViewFolder> ViewFolder::Open(std::string path, std::string version,
                                            const std::vector<std::string>& older_versions) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return NotOpened(path, error.message());
  ViewFolder folder(std::move(path), std::move(version));
  RETURN_IF_ERROR(folder.ReadServing(older_versions));
  RETURN_IF_ERROR(folder.RemoveLeftovers());
  return folder;
}

absl::Status ViewFolder::ReadServing(const std::vector<std::string>& older_versions) {
  next_ = Generation(1, version_);
  const std::string file = absl::StrCat(path_, "/", kServing);
  const absl::StatusOr<std::string> text = ReadFile(file, kServingBytesMax);
  if (absl::IsNotFound(text.status())) return absl::OkStatus();
  if (!text.ok()) return NotOpened(path_, text.status().message());
  const std::vector<std::string> words = absl::StrSplit(absl::StripSuffix(*text, "\n"), ' ');
  uint64_t number = 0;
  if (words.size() != 2 || !absl::SimpleAtoi(words[0], &number)) {
    return MakeError(absl::StatusCode::kDataLoss, "VIEW_DAMAGED",
                     absl::StrCat("the view cannot be read: ", file, " holds '", *text, "'"));
  }
  next_ = Generation(number + 1, version_);
  const bool readable = words[1] == version_ ||
                        std::count(older_versions.begin(), older_versions.end(), words[1]) > 0;
  if (readable) serving_ = Generation(number, words[1]);
  return absl::OkStatus();
}

absl::Status ViewFolder::RemoveLeftovers() const {
  std::error_code error;
  std::filesystem::directory_iterator entries(path_, error);
  if (error) return NotOpened(path_, error.message());
  for (const auto& entry : entries) {
    const std::string name = entry.path().filename().string();
    const bool serves = serving_.has_value() && entry.path() == serving_->directory;
    if (name == kServing || serves || entry.path() == next_.directory) continue;
    Log(LogLevel::kWarning, "view_leftover_removed", {{"path", entry.path().string()}});
    RETURN_IF_ERROR(RemoveStore(entry.path().string()));
  }
  return absl::OkStatus();
}

ViewGeneration ViewFolder::Generation(uint64_t number, std::string version) const {
  return {number, std::move(version), absl::StrCat(path_, "/", number)};
}

absl::Status ViewFolder::ClearNext() const { return RemoveStore(next_.directory); }

absl::Status ViewFolder::Switch() {
  RETURN_IF_ERROR(ReplaceFile(absl::StrCat(path_, "/", kServing),
                              absl::StrCat(next_.number, " ", next_.version, "\n")));
  serving_ = next_;
  next_ = Generation(serving_->number + 1, version_);
  return absl::OkStatus();
}

absl::Status RemoveStore(const std::string& directory) {
  std::error_code error;
  std::filesystem::remove_all(directory, error);
  return error ? NotOpened(directory, error.message()) : absl::OkStatus();
}

}  // namespace sakip::views
