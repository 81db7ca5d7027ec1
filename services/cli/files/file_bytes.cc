#include "services/cli/files/file_bytes.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadFileBytes(absl::string_view path) {
  errno = 0;  // Streams keep what the system says only here.
  std::ifstream stream{std::string(path), std::ios::binary};
  std::string bytes(kYamlBytesMax + 1, '\0');
  if (stream) stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream && !stream.eof()) {
    return absl::NotFoundError(
        absl::StrCat(Printable(path), ": cannot be read: ", std::strerror(errno)));
  }
  bytes.resize(static_cast<size_t>(stream.gcount()));
  return bytes;
}

absl::Status RefuseIrregular(absl::string_view path) {
  std::error_code error;
  const auto type = fs::symlink_status(std::string(path), error).type();
  if (type == fs::file_type::regular) return absl::OkStatus();
  absl::string_view what = "is no regular file";
  if (type == fs::file_type::symlink) what = "is a link; put the file itself there";
  if (type == fs::file_type::not_found) what = "cannot be read: No such file or directory";
  return absl::NotFoundError(absl::StrCat(Printable(path), ": ", what));
}

std::string ExtensionOf(absl::string_view path) {
  return absl::AsciiStrToLower(fs::path(std::string(path)).extension().string());
}

absl::Status IssuesStatus(absl::string_view path, const std::vector<FileIssue>& issues) {
  if (issues.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrJoin(issues, "\n", [&](std::string* out, const FileIssue& issue) {
        absl::StrAppend(out, FormatIssue(path, issue));
      }));
}

}  // namespace sakip::cli
