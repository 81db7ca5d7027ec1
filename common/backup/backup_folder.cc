#include "common/backup/backup_folder.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/note/note.h"

namespace sakip::backup {
namespace {

namespace fs = std::filesystem;

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return absl::ErrnoToStatus(error.value(), path);
  return SyncFolderOf(path);
}

// Names of what is in a folder, sorted.
absl::StatusOr<std::vector<std::string>> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) return absl::ErrnoToStatus(error.value(), folder);
  std::sort(names.begin(), names.end());
  return names;
}

absl::Status NotFound(absl::string_view id) {
  return MakeError(absl::StatusCode::kNotFound, "BACKUP_NOT_FOUND",
                   absl::StrCat("there is no backup ", id, ", or it was never finished"));
}

// What a note is refused for, as an error of the backup: the caller has sent no note.
absl::Status ManifestRefused(absl::string_view id, const absl::Status& why) {
  if (why.code() == absl::StatusCode::kFailedPrecondition) {
    return MakeError(why.code(), ErrorReason(why),
                     absl::StrCat("the manifest of the backup ", id, ": ", why.message()));
  }
  return BackupDamaged(id, absl::StrCat("its manifest: ", why.message()));
}

}  // namespace

BackupFolder::BackupFolder(const std::string& path)
    : path_(path), objects_(absl::StrCat(path, "/objects")) {}

absl::StatusOr<BackupFolder> BackupFolder::Open(const std::string& path) {
  RETURN_IF_ERROR(MakeFolder(absl::StrCat(path, "/objects")));
  RETURN_IF_ERROR(MakeFolder(absl::StrCat(path, "/backups")));
  return BackupFolder(path);
}

std::string BackupFolder::ManifestPath(absl::string_view id) const {
  return absl::StrCat(path_, "/backups/", id, "/MANIFEST");
}

std::string BackupFolder::FreeId(absl::Time now) const {
  const std::string first = absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone());
  std::string id = first;
  for (int number = 2; fs::exists(ManifestPath(id)); ++number) {
    id = absl::StrCat(first, "-", number);
  }
  return id;
}

absl::StatusOr<BackupResult> BackupFolder::Create(const std::string& snapshot,
                                                  absl::string_view checkpoint_note,
                                                  absl::Span<const note::Signer> signers,
                                                  absl::Time now) {
  BackupResult result;
  result.manifest.id = FreeId(now);
  result.manifest.created_time = absl::FromUnixSeconds(absl::ToUnixSeconds(now));
  const std::string manifest_path = ManifestPath(result.manifest.id);
  RETURN_IF_ERROR(MakeFolder(absl::StrCat(path_, "/backups/", result.manifest.id)));
  ASSIGN_OR_RETURN(const auto checkpoint, objects_.PutBytes(checkpoint_note));
  result.manifest.checkpoint = checkpoint.file;
  ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(snapshot));
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(auto stored, objects_.Put(absl::StrCat(snapshot, "/", name)));
    stored.file.name = name;
    if (stored.is_new) result.new_bytes += stored.file.bytes;
    result.manifest.files.push_back(std::move(stored.file));
  }
  RETURN_IF_ERROR(objects_.Sync());
  ASSIGN_OR_RETURN(const std::string signed_manifest,
                   note::SignNote(ManifestText(result.manifest), signers, now));
  RETURN_IF_ERROR(ReplaceFile(manifest_path, signed_manifest));
  return result;
}

absl::StatusOr<BackupManifest> BackupFolder::Read(
    absl::string_view id, absl::Span<const note::Verifier> verifiers) const {
  if (!IsBackupId(id)) return NotFound(id);
  auto manifest_note = ReadFile(ManifestPath(id), note::kNoteBytesMax);
  if (absl::IsNotFound(manifest_note.status())) return NotFound(id);
  if (absl::IsInvalidArgument(manifest_note.status())) {
    return BackupDamaged(
        id, absl::StrCat("its manifest is larger than ", note::kNoteBytesMax, " bytes"));
  }
  RETURN_IF_ERROR(manifest_note.status());
  const auto opened = note::OpenNote(*manifest_note, verifiers);
  if (!opened.ok()) return ManifestRefused(id, opened.status());
  ASSIGN_OR_RETURN(BackupManifest manifest, ParseManifest(opened->text));
  if (manifest.id != id) return BackupDamaged(id, "its manifest is that of another backup");
  return manifest;
}

absl::StatusOr<std::vector<ListedBackup>> BackupFolder::List(
    absl::Span<const note::Verifier> verifiers) const {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, NamesIn(absl::StrCat(path_, "/backups")));
  std::vector<ListedBackup> backups;
  for (const std::string& id : ids) {
    auto manifest = Read(id, verifiers);
    backups.push_back({id, manifest.status(), manifest.ok() ? *manifest : BackupManifest()});
  }
  return backups;
}

absl::Status BackupFolder::Check(const BackupManifest& manifest) const {
  RETURN_IF_ERROR(objects_.Check(manifest.checkpoint));
  for (const BackupFile& file : manifest.files) RETURN_IF_ERROR(objects_.Check(file));
  return absl::OkStatus();
}

absl::Status BackupFolder::Extract(const BackupManifest& manifest,
                                   const std::string& directory) const {
  const std::string store = absl::StrCat(directory, "/store");
  RETURN_IF_ERROR(MakeFolder(store));
  RETURN_IF_ERROR(objects_.Get(manifest.checkpoint, absl::StrCat(directory, "/CHECKPOINT")));
  for (const BackupFile& file : manifest.files) {
    RETURN_IF_ERROR(objects_.Get(file, absl::StrCat(store, "/", file.name)));
  }
  RETURN_IF_ERROR(SyncFolder(store));
  return SyncFolderOf(store);
}

}  // namespace sakip::backup
