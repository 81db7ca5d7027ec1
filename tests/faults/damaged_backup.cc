#include "tests/faults/damaged_backup.h"

#include <filesystem>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/log.h"

namespace sakip::faults {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kObjects = "objects/";
constexpr size_t kFileBytesMax = 1 << 30;

std::string PathOf(const std::string& folder, const std::string& file) {
  return absl::StrCat(folder, "/", file);
}

}  // namespace

std::vector<std::string> FilesOf(const backup::BackupManifest& manifest) {
  std::set<std::string> objects = {absl::StrCat(kObjects, manifest.checkpoint.digest)};
  for (const backup::BackupFile& file : manifest.files) {
    objects.insert(absl::StrCat(kObjects, file.digest));
  }
  std::vector<std::string> files = {absl::StrCat("backups/", manifest.id, "/MANIFEST")};
  files.insert(files.end(), objects.begin(), objects.end());
  return files;
}

bool IsObject(absl::string_view file) { return absl::StartsWith(file, kObjects); }

Damage AnyFlip(const std::string& folder, const std::string& file, std::mt19937_64& random) {
  return {.kind = Damage::Kind::kFlip,
          .file = file,
          .offset = random() % fs::file_size(PathOf(folder, file)),
          .bit = static_cast<int>(random() % 8),
          .other = ""};
}

Damage AnyDamage(const std::string& folder, const std::string& file, std::mt19937_64& random) {
  const uint64_t choice = random() % 4;
  if (choice == 0 || fs::is_empty(PathOf(folder, file))) {
    return {.kind = Damage::Kind::kRemove, .file = file, .offset = 0, .bit = 0, .other = ""};
  }
  Damage damage = AnyFlip(folder, file, random);
  if (choice == 1) damage.kind = Damage::Kind::kTruncate;
  return damage;
}

DamagedFile::DamagedFile(const std::string& folder, const Damage& damage)
    : damage_(damage),
      path_(PathOf(folder, damage.file)),
      bytes_(ReadFile(path_, kFileBytesMax).value()) {
  damage.Inflict(folder);
}

DamagedFile::~DamagedFile() { SAKIP_CHECK(ReplaceFile(path_, bytes_).ok()); }

bool DamagedFile::IsMended() const { return ReadFile(path_, kFileBytesMax).value_or("") == bytes_; }

}  // namespace sakip::faults
