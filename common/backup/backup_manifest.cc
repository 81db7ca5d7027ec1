#include "common/backup/backup_manifest.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"

namespace sakip::backup {
namespace {

constexpr absl::string_view kMagic = "sakip-backup/1";
constexpr char kTimeFormat[] = "%Y-%m-%dT%H:%M:%SZ";
constexpr size_t kIdBytesMax = 64;
constexpr size_t kHeadLines = 4;  // Those before the files.

bool IsDigest(absl::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

// A name that is no path: it stays in the folder that it is restored to.
bool IsFileName(absl::string_view text) {
  return !text.empty() && text[0] != '.' && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
  });
}

std::string FileLine(absl::string_view kind, const BackupFile& file) {
  return absl::StrCat(kind, " ", file.digest, " ", file.bytes, file.name.empty() ? "" : " ",
                      file.name, "\n");
}

std::optional<BackupFile> ParseFile(absl::string_view kind, absl::string_view line) {
  const std::vector<absl::string_view> parts = absl::StrSplit(line, ' ');
  const bool has_name = kind == "file";
  BackupFile file;
  if (parts.size() != (has_name ? 4u : 3u) || parts[0] != kind || !IsDigest(parts[1]) ||
      !absl::SimpleAtoi(parts[2], &file.bytes) || (has_name && !IsFileName(parts[3]))) {
    return std::nullopt;
  }
  file.digest = std::string(parts[1]);
  if (has_name) file.name = std::string(parts[3]);
  return file;
}

// Reads the lines, also such as ManifestText would have written otherwise.
std::optional<BackupManifest> ParseLines(const std::vector<absl::string_view>& lines) {
  if (lines.size() < kHeadLines || lines[0] != kMagic || !IsBackupId(lines[1])) {
    return std::nullopt;
  }
  BackupManifest manifest;
  manifest.id = std::string(lines[1]);
  std::string error;
  if (!absl::ParseTime(kTimeFormat, lines[2], absl::UTCTimeZone(), &manifest.created_time,
                       &error)) {
    return std::nullopt;
  }
  auto checkpoint = ParseFile("checkpoint", lines[3]);
  if (!checkpoint.has_value()) return std::nullopt;
  manifest.checkpoint = *std::move(checkpoint);
  for (size_t i = kHeadLines; i < lines.size(); ++i) {
    auto file = ParseFile("file", lines[i]);
    if (!file.has_value()) return std::nullopt;
    manifest.files.push_back(*std::move(file));
  }
  return manifest;
}

}  // namespace

uint64_t BackupManifest::bytes() const {
  uint64_t bytes = checkpoint.bytes;
  for (const BackupFile& file : files) bytes += file.bytes;
  return bytes;
}

bool IsBackupId(absl::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax && std::all_of(id.begin(), id.end(), [](char c) {
    return absl::ascii_isalnum(c) || c == '-';
  });
}

std::string ManifestText(const BackupManifest& manifest) {
  std::string text =
      absl::StrCat(kMagic, "\n", manifest.id, "\n",
                   absl::FormatTime(kTimeFormat, manifest.created_time, absl::UTCTimeZone()), "\n",
                   FileLine("checkpoint", manifest.checkpoint));
  for (const BackupFile& file : manifest.files) absl::StrAppend(&text, FileLine("file", file));
  return text;
}

absl::StatusOr<BackupManifest> ParseManifest(absl::string_view text) {
  std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  lines.pop_back();  // What follows the last newline.
  auto manifest = ParseLines(lines);
  if (manifest.has_value() && ManifestText(*manifest) == text) return *std::move(manifest);
  return BackupDamaged("", "its manifest is none");
}

absl::Status BackupDamaged(absl::string_view id, absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "BACKUP_DAMAGED",
                   absl::StrCat("the backup", id.empty() ? "" : " ", id, " is damaged: ", why));
}

}  // namespace sakip::backup
