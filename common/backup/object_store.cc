#include "common/backup/object_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "absl/functional/function_ref.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/open_file.h"
#include "common/base/status_macros.h"
#include "common/message/digest.h"
#include "common/message/sha256_stream.h"

namespace sakip::backup {
namespace {

constexpr size_t kPieceBytes = 1024 * 1024;

absl::Status SystemError(const std::string& path) { return absl::ErrnoToStatus(errno, path); }

// Takes the bytes of a file, piece by piece.
using TakePiece = absl::FunctionRef<absl::Status(absl::string_view piece)>;

// Reads the file at `path` to its end and says what it is.
absl::StatusOr<BackupFile> Stream(const std::string& path, TakePiece take) {
  const OpenFile source(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!source.is_open()) return SystemError(path);
  Sha256Stream digest;
  BackupFile file;
  std::string piece(kPieceBytes, '\0');
  while (true) {
    const ssize_t bytes = read(source.fd(), piece.data(), piece.size());
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes < 0) return SystemError(path);
    if (bytes == 0) break;
    const absl::string_view read_bytes(piece.data(), static_cast<size_t>(bytes));
    digest.Add(read_bytes);
    file.bytes += read_bytes.size();
    RETURN_IF_ERROR(take(read_bytes));
  }
  file.digest = digest.Hex();
  return file;
}

absl::StatusOr<BackupFile> Describe(const std::string& path) {
  return Stream(path, [](absl::string_view) { return absl::OkStatus(); });
}

// Copies a file and syncs the copy.
absl::StatusOr<BackupFile> Copy(const std::string& from, const std::string& to) {
  const OpenFile destination(open(to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!destination.is_open()) return SystemError(to);
  ASSIGN_OR_RETURN(BackupFile copied, Stream(from, [&](absl::string_view piece) {
                     return WriteAll(destination.fd(), piece) ? absl::OkStatus() : SystemError(to);
                   }));
  if (fsync(destination.fd()) != 0) return SystemError(to);
  return copied;
}

absl::Status ObjectDamaged(const BackupFile& file, absl::string_view why) {
  return BackupDamaged("", absl::StrCat(file.name.empty() ? "its checkpoint" : file.name, " (",
                                        file.digest, ") ", why));
}

absl::Status CheckIs(const BackupFile& file, const absl::StatusOr<BackupFile>& found) {
  if (absl::IsNotFound(found.status())) return ObjectDamaged(file, "is missing");
  RETURN_IF_ERROR(found.status());
  if (found->digest == file.digest && found->bytes == file.bytes) return absl::OkStatus();
  return ObjectDamaged(file, "holds other bytes than were backed up");
}

}  // namespace

std::string ObjectStore::PathOf(const BackupFile& file) const {
  return absl::StrCat(folder_, "/", file.digest);
}

absl::StatusOr<ObjectStore::Stored> ObjectStore::Put(const std::string& source) {
  ASSIGN_OR_RETURN(const BackupFile file, Describe(source));
  if (Check(file).ok()) return Stored{file, false};
  const std::string part = absl::StrCat(PathOf(file), ".part");
  ASSIGN_OR_RETURN(const BackupFile copied, Copy(source, part));
  if (copied.digest != file.digest) {
    return absl::AbortedError(absl::StrCat(source, " changed while it was backed up"));
  }
  std::error_code error;
  std::filesystem::rename(part, PathOf(file), error);
  if (error) return absl::ErrnoToStatus(error.value(), PathOf(file));
  return Stored{file, true};
}

absl::StatusOr<ObjectStore::Stored> ObjectStore::PutBytes(absl::string_view bytes) {
  const BackupFile file = {
      .digest = absl::BytesToHexString(Sha256(bytes)), .bytes = bytes.size(), .name = ""};
  if (Check(file).ok()) return Stored{file, false};
  RETURN_IF_ERROR(ReplaceFile(PathOf(file), bytes));
  return Stored{file, true};
}

absl::Status ObjectStore::Sync() { return SyncFolder(folder_); }

absl::Status ObjectStore::Get(const BackupFile& file, const std::string& destination) const {
  return CheckIs(file, Copy(PathOf(file), destination));
}

absl::Status ObjectStore::Check(const BackupFile& file) const {
  return CheckIs(file, Describe(PathOf(file)));
}

}  // namespace sakip::backup
