// FolderEvidenceStore keeps evidence in a folder:
//
//   {directory}/regions/35.09/agencies/dinsos/sha256/ab/ab12….jpg   whole files, never changed
//   {directory}/incoming/7.part                                     uploads that run
//
// A file is written and synced under `incoming`, checked, renamed, and the folder synced: a name
// that is there stands for all of its bytes. The ending tells the media type.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_FOLDER_EVIDENCE_STORE_H_
#define SAKIP_SERVICES_REALIZATION_STORE_FOLDER_EVIDENCE_STORE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/realization/store/disk_room.h"
#include "services/realization/store/evidence_store.h"
#include "services/realization/store/workers.h"

namespace sakip::realization {

struct FolderEvidenceStoreOptions {
  std::string directory;  // Made where missing; of this store alone.
  int threads = 2;        // That wait for the disk; agencies take turns at them.
  // Free bytes that uploads leave: more than the logs on the same disk do, so that these never go
  // without for evidence.
  uint64_t reserve_bytes = 0;
  FreeBytes free_bytes = nullptr;  // Null asks the file system of the folder.
};

// Thread-safe. As EvidenceStore; the destructor waits for what runs.
class FolderEvidenceStore final : public EvidenceStore {
 public:
  // Removes what uploads left that broke off with the process.
  static absl::StatusOr<std::unique_ptr<FolderEvidenceStore>> Open(
      const FolderEvidenceStoreOptions& options);

  std::unique_ptr<EvidenceWriter> Create(DeclaredEvidence declared) override;
  void Stat(std::string agency, std::vector<std::string> digests, StatAnswer done) override;
  void Open(std::string agency, std::string digest, OpenAnswer done) override;

 private:
  explicit FolderEvidenceStore(const FolderEvidenceStoreOptions& options);

  const std::string directory_;
  DiskRoom room_;
  std::atomic<uint64_t> uploads_{0};
  Workers workers_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_FOLDER_EVIDENCE_STORE_H_
