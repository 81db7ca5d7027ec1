#include "services/realization/store/evidence_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/realization/domain/evidence.h"

namespace sakip::realization {
namespace {

// A name in a folder is durable once the folder is.
absl::Status SyncFolder(const std::string& path) {
  const OpenFile folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open()) return StoreFailed("open", path, errno);
  if (fsync(folder.fd()) != 0) return StoreFailed("sync", path, errno);
  return absl::OkStatus();
}

std::string Parent(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

IncomingFile::IncomingFile(std::string root, std::string path, DeclaredEvidence declared,
                           DiskRoom& room)
    : root_(std::move(root)), path_(std::move(path)), declared_(std::move(declared)), room_(room) {}

IncomingFile::~IncomingFile() {
  if (file_.is_open() && !committed_) unlink(path_.c_str());
}

absl::Status IncomingFile::Write(absl::string_view bytes) {
  if (!file_.is_open()) {
    RETURN_IF_ERROR(Begin());
  }
  digest_.Add(bytes);
  bytes_ += bytes.size();
  if (bytes_ > declared_.size_bytes) return WrongSize();
  RETURN_IF_ERROR(share_->Check(bytes.size()));
  if (!WriteAll(file_.fd(), bytes)) return StoreFailed("write", path_, errno);
  share_->Use(bytes.size());
  return absl::OkStatus();
}

// Takes room for all of it: who is refused later has sent bytes for nothing.
absl::Status IncomingFile::Begin() {
  ASSIGN_OR_RETURN(DiskRoom::Share share, room_.Reserve(declared_.size_bytes));
  share_.emplace(std::move(share));
  file_ = OpenFile(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file_.is_open()) return absl::OkStatus();
  const absl::Status failed = StoreFailed("make", path_, errno);
  share_.reset();
  return failed;
}

absl::Status IncomingFile::WrongSize() const {
  return InvalidField("size_bytes",
                      absl::StrCat("is ", declared_.size_bytes, ", but ", bytes_, " came"));
}

absl::Status IncomingFile::CheckContent() {
  if (bytes_ != declared_.size_bytes) return WrongSize();
  const std::string digest = digest_.Hex();
  if (digest == declared_.digest) return absl::OkStatus();
  return InvalidField("digest", absl::StrCat("is not that of what came, ", digest));
}

absl::StatusOr<bool> IncomingFile::Commit() {
  RETURN_IF_ERROR(CheckContent());
  if (fsync(file_.fd()) != 0) return StoreFailed("sync", path_, errno);
  ASSIGN_OR_RETURN(const auto before, FindFile(root_, declared_.agency, declared_.digest));
  if (before.has_value() && before->media_type != declared_.media_type) {
    return InvalidField("media_type",
                        absl::StrCat("is not ", before->media_type, ", as which it is stored"));
  }
  const std::string target = FilePath(root_, declared_);
  RETURN_IF_ERROR(MakeFolder(Parent(target)));
  if (rename(path_.c_str(), target.c_str()) != 0) return StoreFailed("rename to", target, errno);
  committed_ = true;
  RETURN_IF_ERROR(SyncFolder(Parent(target)));
  return before.has_value();
}

absl::StatusOr<std::string> OutgoingFile::Read() {
  std::string bytes(kEvidenceChunkBytesMax, '\0');
  ssize_t size = 0;
  do {
    size = read(file_.fd(), bytes.data(), bytes.size());
  } while (size < 0 && errno == EINTR);
  if (size < 0) return StoreFailed("read", stored_.digest, errno);
  bytes.resize(static_cast<size_t>(size));
  bytes_ += bytes.size();
  const auto damaged = [this](absl::string_view how) {
    return EvidenceDamaged(stored_.agency, stored_.digest, how);
  };
  if (bytes_ > stored_.size_bytes) return damaged("has grown");
  if (bytes.empty() && bytes_ < stored_.size_bytes) return damaged("has shrunk");
  if (bytes.empty()) return bytes;
  digest_.Add(bytes);
  if (bytes_ == stored_.size_bytes && digest_.Hex() != stored_.digest) {
    return damaged("has other content");
  }
  return bytes;
}

std::string FolderPath(const std::string& root, absl::string_view agency,
                       absl::string_view digest) {
  return absl::StrCat(root, "/", agency, "/sha256/", digest.substr(0, 2));
}

std::string FilePath(const std::string& root, const DeclaredEvidence& stored) {
  absl::string_view extension;
  for (const MediaType& type : MediaTypes()) {
    if (type.name == stored.media_type) extension = type.extension;
  }
  return absl::StrCat(FolderPath(root, stored.agency, stored.digest), "/", stored.digest, ".",
                      extension);
}

absl::StatusOr<std::optional<DeclaredEvidence>> FindFile(const std::string& root,
                                                         const std::string& agency,
                                                         const std::string& digest) {
  DeclaredEvidence found{agency, digest, 0, ""};
  for (const MediaType& type : MediaTypes()) {
    found.media_type = std::string(type.name);
    const std::string path = FilePath(root, found);
    struct stat status = {};
    if (stat(path.c_str(), &status) == 0) {
      found.size_bytes = static_cast<uint64_t>(status.st_size);
      return found;
    }
    if (errno != ENOENT && errno != ENOTDIR) return StoreFailed("look at", path, errno);
  }
  return std::nullopt;
}

absl::Status MakeFolder(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) == 0) return absl::OkStatus();
  RETURN_IF_ERROR(MakeFolder(Parent(path)));
  // Another upload may make it at the same moment.
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return StoreFailed("make", path, errno);
  return SyncFolder(Parent(path));
}

absl::Status StoreFailed(absl::string_view what, absl::string_view path, int error) {
  return MakeError(absl::StatusCode::kUnavailable, "EVIDENCE_STORE_FAILED",
                   absl::StrCat("the store of evidence could not ", what, " ",
                                path.substr(path.rfind('/') + 1), ": ", std::strerror(error)));
}

}  // namespace sakip::realization
