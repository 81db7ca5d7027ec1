// Salvage reads what is left of a damaged log from a copy of its files, and makes a new log of it.
#ifndef SAKIP_COMMON_BACKUP_SALVAGE_H_
#define SAKIP_COMMON_BACKUP_SALVAGE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/eventlog/rocks_record_store.h"

namespace sakip::backup {

// Not thread-safe. The copies are gone when it is destroyed.
class Salvage {
 public:
  // Copies the files of the closed log in `directory`, twice: one to be opened as a service would,
  // one for the storage engine to mend.
  //
  //   NOT_FOUND    LOG_NOT_FOUND   there is no log.
  //   UNAVAILABLE  LOG_NOT_OPENED  it is open elsewhere, or cannot be copied.
  static absl::StatusOr<std::unique_ptr<Salvage>> Open(const std::string& directory);
  ~Salvage();
  Salvage(const Salvage&) = delete;
  Salvage& operator=(const Salvage&) = delete;

  // A copy of the log, as it was found.
  std::string copy() const;

  // Number of records from position 0 on that are whole.
  uint64_t CountIntact() const;

  // Makes a log of the first `count` records, all intact, in the new folder `directory`: the same
  // bytes, with rows, tree and HEAD made anew.
  absl::Status Rebuild(uint64_t count, const std::string& directory) const;

 private:
  explicit Salvage(const std::string& directory) : folder_(directory + ".salvage") {}

  std::string mended() const { return folder_ + "/mended"; }
  void OpenMended();
  void ForEachIntact(
      absl::FunctionRef<bool(const std::vector<eventlog::StoredRecord>& records)> take) const;

  const std::string folder_;
  std::unique_ptr<eventlog::RocksRecordStore> store_;  // Null where nothing can be read.
};

}  // namespace sakip::backup

#endif  // SAKIP_COMMON_BACKUP_SALVAGE_H_
