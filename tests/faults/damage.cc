#include "tests/faults/damage.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/log.h"

namespace sakip::faults {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kPageBytes = 4096;

std::string Slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  SAKIP_CHECK(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

void Spill(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << bytes;
  file.close();
  SAKIP_CHECK(file.good());
}

// The files that are read when a log is opened, with their sizes.
std::vector<std::pair<std::string, uint64_t>> FilesOf(const std::string& folder) {
  std::vector<std::pair<std::string, uint64_t>> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = fs::relative(entry.path(), folder).string();
    const bool is_text_log = absl::StartsWith(entry.path().filename().string(), "LOG");
    if (!entry.is_regular_file() || is_text_log || entry.file_size() == 0) continue;
    files.emplace_back(name, entry.file_size());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

void Damage::Inflict(const std::string& folder) const {
  const std::string path = absl::StrCat(folder, "/", file);
  if (kind == Kind::kRemove) {
    SAKIP_CHECK(fs::remove(path));
    return;
  }
  std::string bytes = Slurp(path);
  switch (kind) {
    case Kind::kFlip:
      bytes[offset] ^= static_cast<char>(1 << bit);
      break;
    case Kind::kTruncate:
      bytes.resize(offset);
      break;
    case Kind::kZeroPage: {
      const uint64_t end = std::min<uint64_t>(offset + kPageBytes, bytes.size());
      std::fill(bytes.begin() + static_cast<int64_t>(offset),
                bytes.begin() + static_cast<int64_t>(end), '\0');
      break;
    }
    case Kind::kSwap: {
      const std::string other_path = absl::StrCat(folder, "/", other);
      const std::string other_bytes = Slurp(other_path);
      Spill(other_path, bytes);
      bytes = other_bytes;
      break;
    }
    case Kind::kRemove:
      break;
  }
  Spill(path, bytes);
}

std::string Damage::Name() const {
  switch (kind) {
    case Kind::kFlip:
      return absl::StrCat("flip bit ", bit, " of ", file, " at ", offset);
    case Kind::kTruncate:
      return absl::StrCat("truncate ", file, " at ", offset);
    case Kind::kZeroPage:
      return absl::StrCat("zero the page of ", file, " at ", offset);
    case Kind::kSwap:
      return absl::StrCat("swap ", file, " and ", other);
    case Kind::kRemove:
      return absl::StrCat("remove ", file);
  }
  return "";
}

std::vector<Damage> ListDamages(const std::string& folder, uint64_t step, uint64_t seed) {
  using Kind = Damage::Kind;
  std::vector<Damage> damages;
  const auto files = FilesOf(folder);
  for (size_t i = 0; i < files.size(); ++i) {
    const auto& [file, size] = files[i];
    for (uint64_t offset = seed % step; offset < size; offset += step) {
      const int bit = static_cast<int>((offset * 7 + seed) % 8);
      damages.push_back(
          {.kind = Kind::kFlip, .file = file, .offset = offset, .bit = bit, .other = ""});
    }
    const bool is_written_at_its_end = absl::EndsWith(file, ".log") || file == "HEAD";
    for (uint64_t end = seed % step; is_written_at_its_end && end < size; end += step) {
      damages.push_back(
          {.kind = Kind::kTruncate, .file = file, .offset = end, .bit = 0, .other = ""});
    }
    for (uint64_t offset = 0; offset < size; offset += kPageBytes) {
      damages.push_back(
          {.kind = Kind::kZeroPage, .file = file, .offset = offset, .bit = 0, .other = ""});
    }
    for (size_t j = i + 1; j < files.size(); ++j) {
      damages.push_back(
          {.kind = Kind::kSwap, .file = file, .offset = 0, .bit = 0, .other = files[j].first});
    }
  }
  return damages;
}

}  // namespace sakip::faults
