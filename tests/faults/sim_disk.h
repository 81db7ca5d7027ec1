// SimDisk is a disk with a file system, in memory, that knows what a loss of power would leave, and
// fails as told. What was not synced may be there, in part, or not, whatever was written later; a
// name is safe only once its folder was synced, and does not wait for its file, nor the file for
// it. Names do change in order, as they do on every file system with a journal: RocksDB lets
// CURRENT name a MANIFEST before it syncs the folder of both, and does not open where only the
// second of these two changes is there.
#ifndef SAKIP_TESTS_FAULTS_SIM_DISK_H_
#define SAKIP_TESTS_FAULTS_SIM_DISK_H_

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "common/base/mutex.h"

namespace sakip::faults {

// What goes wrong once, at a chosen call.
enum class DiskFault {
  kNone,
  kSyncFailsOnce,  // What was to be synced is dropped, as Linux drops dirty pages.
  kSyncFailsForEver,
  kNoSpace,     // From then on.
  kShortWrite,  // Half is written, then there is no space.
  kWriteError,
  kReadError,
  kBitFlip,           // One bit of what is read is another; the disk has the right one.
  kStaleRead,         // What was there before the last write of the file.
  kMisdirectedRead,   // What stands elsewhere in the file.
  kMisdirectedWrite,  // It lands elsewhere in the file; the disk says that all is well.
};

enum class DiskError { kNone, kIo, kNoSpace, kNotFound, kLocked };

// A file; what it is called is the disk's business. Belongs to the disk's lock.
struct SimFile {
  struct Write {
    uint64_t offset = 0;
    std::string bytes;
  };

  std::string content;          // As programs see it.
  std::string before;           // As it was before the last write.
  std::string synced;           // What a loss of power surely leaves.
  std::vector<Write> unsynced;  // In order, on top of that.
};

// What a path names.
struct SimNode {
  std::shared_ptr<SimFile> file;  // Null for a folder.
};

// Thread-safe. Paths are absolute, without a slash at the end; `/` is there from the start.
class SimDisk {
 public:
  explicit SimDisk(uint64_t seed);

  // Lets the `call`th call from now on that the fault can hit go wrong; 1 is the next.
  void Arm(DiskFault fault, uint64_t call);
  // Heals the disk. What a fault did to it stays.
  void Disarm();
  bool fault_happened() const;

  // Lets the power go at the `call`th call from now on that changes the disk.
  void ArmPowerLoss(uint64_t call);

  // Loses power now, where that has not happened yet: every call fails from then on.
  void LosePower();
  bool power_is_off() const;

  // Loses power, and returns the disk as it is found then. Call it once.
  std::unique_ptr<SimDisk> AfterPowerLoss();

  // Makes an empty file, in the place of what was there.
  DiskError Create(const std::string& path, std::shared_ptr<SimFile>& file);
  DiskError Open(const std::string& path, std::shared_ptr<SimFile>& file) const;
  DiskError Write(SimFile& file, uint64_t offset, absl::string_view bytes);
  DiskError Append(SimFile& file, absl::string_view bytes);
  DiskError Truncate(SimFile& file, uint64_t size);
  // Reads at most `size` bytes.
  DiskError Read(const SimFile& file, uint64_t offset, size_t size, std::string& bytes);
  DiskError Sync(SimFile& file);
  uint64_t Size(const SimFile& file) const;

  bool Exists(const std::string& path, bool* is_folder = nullptr) const;
  std::vector<std::string> Children(const std::string& folder) const;
  DiskError MakeFolder(const std::string& path);
  DiskError Remove(const std::string& path);
  DiskError Rename(const std::string& from, const std::string& to);
  DiskError Link(const std::string& from, const std::string& to);
  DiskError SyncFolder(const std::string& folder);
  DiskError Lock(const std::string& path);
  void Unlock(const std::string& path);

 private:
  using Names = std::map<std::string, SimNode>;
  // A change of a name: `path` becomes `node`, or goes away; `gone` goes away with it.
  struct NameChange {
    std::string path;
    bool is_there = false;
    SimNode node;
    std::string gone;  // Empty for none.
  };

  static void Apply(const NameChange& change, Names& names);
  DiskError Change(NameChange change) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  DiskError WriteAt(SimFile& file, uint64_t offset, absl::string_view bytes)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool PowerIsOff() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void SwitchOff() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool Hits(DiskFault fault) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::string Surviving(const SimFile& file, uint64_t mode) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  std::mt19937_64 random_ ABSL_GUARDED_BY(mutex_);
  Names names_ ABSL_GUARDED_BY(mutex_);
  Names synced_names_ ABSL_GUARDED_BY(mutex_);
  std::vector<NameChange> unsynced_names_ ABSL_GUARDED_BY(mutex_);  // In order.
  std::set<std::string> locks_ ABSL_GUARDED_BY(mutex_);
  DiskFault fault_ ABSL_GUARDED_BY(mutex_) = DiskFault::kNone;
  uint64_t calls_to_fault_ ABSL_GUARDED_BY(mutex_) = 0;
  bool fault_happened_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t calls_to_power_loss_ ABSL_GUARDED_BY(mutex_) = 0;  // 0 for never.
  std::unique_ptr<SimDisk> after_power_loss_ ABSL_GUARDED_BY(mutex_);
  bool power_is_off_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_SIM_DISK_H_
