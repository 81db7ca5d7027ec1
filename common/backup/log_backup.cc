#include "common/backup/log_backup.h"

#include <rocksdb/env.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/head_file.h"
#include "common/note/note.h"

namespace sakip::backup {
namespace {

namespace fs = std::filesystem;

// A folder that is gone at the end, whatever happens, unless it was renamed.
class WorkFolder {
 public:
  explicit WorkFolder(std::string path) : path_(std::move(path)) { Remove(); }
  ~WorkFolder() { Remove(); }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  void Remove() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  const std::string path_;
};

// The checkpoint in a restored folder, which becomes the HEAD that the log must reach.
absl::StatusOr<note::Checkpoint> RestoreHead(const std::string& directory,
                                             absl::Span<const note::Verifier> verifiers) {
  ASSIGN_OR_RETURN(const std::string text,
                   ReadFile(absl::StrCat(directory, "/CHECKPOINT"), note::kNoteBytesMax));
  ASSIGN_OR_RETURN(const note::SignedCheckpoint last, note::OpenCheckpoint(text, verifiers));
  const auto root = merkle::ToHash(last.checkpoint.root);
  RETURN_IF_ERROR(eventlog::HeadFile::Create(*rocksdb::Env::Default(),
                                             absl::StrCat(directory, "/HEAD"),
                                             {.size = last.checkpoint.size, .root = *root}));
  return last.checkpoint;
}

}  // namespace

absl::StatusOr<BackupResult> BackUpLog(const eventlog::RocksEventLog& log,
                                       const std::string& log_directory,
                                       absl::string_view checkpoint_note,
                                       absl::Span<const note::Signer> signers, BackupFolder& folder,
                                       absl::Time now) {
  // Beside the store, so that its tables are linked and not copied.
  const WorkFolder snapshot(absl::StrCat(log_directory, "/snapshot"));
  RETURN_IF_ERROR(log.Snapshot(snapshot.path()));
  return folder.Create(snapshot.path(), checkpoint_note, signers, now);
}

absl::StatusOr<RestoredLog> RestoreLog(const BackupFolder& folder, absl::string_view id,
                                       absl::Span<const note::Verifier> verifiers,
                                       const std::string& log_directory,
                                       eventlog::ProgressCallback progress) {
  if (fs::exists(log_directory)) {
    return MakeError(absl::StatusCode::kAlreadyExists, "LOG_EXISTS",
                     absl::StrCat(log_directory, " is there; restore to a new folder"));
  }
  RestoredLog restored;
  ASSIGN_OR_RETURN(restored.manifest, folder.Read(id, verifiers));
  const WorkFolder work(absl::StrCat(log_directory, ".restoring"));
  RETURN_IF_ERROR(folder.Extract(restored.manifest, work.path()));
  ASSIGN_OR_RETURN(restored.checkpoint, RestoreHead(work.path(), verifiers));
  {
    ASSIGN_OR_RETURN(const auto log, eventlog::RocksEventLog::Open({.directory = work.path()}));
    RETURN_IF_ERROR(log->Verify(progress));
    restored.end_position = log->end_position();
  }
  RETURN_IF_ERROR(SyncFolder(work.path()));
  std::error_code error;
  fs::rename(work.path(), log_directory, error);
  if (error) return absl::ErrnoToStatus(error.value(), log_directory);
  RETURN_IF_ERROR(SyncFolderOf(log_directory));
  return restored;
}

}  // namespace sakip::backup
