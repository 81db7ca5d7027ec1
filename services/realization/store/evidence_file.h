// Files of a FolderEvidenceStore: where each lies, and how one is written and read. They wait for
// the disk; they run on the store's workers.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_FILE_H_
#define SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/open_file.h"
#include "common/message/sha256_stream.h"
#include "services/realization/store/disk_room.h"
#include "services/realization/store/evidence_store.h"

namespace sakip::realization {

// A file that is written under a name of its own until it is whole. Not thread-safe. Removes the
// file where it was not committed.
class IncomingFile {
 public:
  // Writes to `path`, which is of this file alone; it becomes a file of `root` (FolderPath).
  // Borrows `room`.
  IncomingFile(std::string root, std::string path, DeclaredEvidence declared, DiskRoom& room);
  ~IncomingFile();
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;

  const std::string& agency() const { return declared_.agency; }

  absl::Status Write(absl::string_view bytes);  // As those of EvidenceWriter.
  absl::StatusOr<bool> Commit();

 private:
  absl::Status Begin();
  absl::Status WrongSize() const;
  absl::Status CheckContent();

  const std::string root_;
  const std::string path_;
  const DeclaredEvidence declared_;
  DiskRoom& room_;
  std::optional<DiskRoom::Share> share_;  // From the first bytes on.
  OpenFile file_;
  Sha256Stream digest_;
  uint64_t bytes_ = 0;
  bool committed_ = false;
};

// A stored file that is read once from begin to end. Not thread-safe.
class OutgoingFile {
 public:
  OutgoingFile(OpenFile file, DeclaredEvidence stored)
      : file_(std::move(file)), stored_(std::move(stored)) {}

  absl::StatusOr<std::string> Read();  // As EvidenceReader::Read.

 private:
  const OpenFile file_;
  const DeclaredEvidence stored_;
  Sha256Stream digest_;
  uint64_t bytes_ = 0;
};

// `{root}/{agency}/sha256/ab`: the folder of the digests that begin with `ab`.
std::string FolderPath(const std::string& root, absl::string_view agency, absl::string_view digest);

// What `root` has under the digest; nothing where it does not have it.
absl::StatusOr<std::optional<DeclaredEvidence>> FindFile(const std::string& root,
                                                         const std::string& agency,
                                                         const std::string& digest);
std::string FilePath(const std::string& root, const DeclaredEvidence& stored);

// Makes the folder and those above it, durably.
absl::Status MakeFolder(const std::string& path);

// UNAVAILABLE EVIDENCE_STORE_FAILED with what the system says of `path`.
absl::Status StoreFailed(absl::string_view what, absl::string_view path, int error);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_EVIDENCE_FILE_H_
