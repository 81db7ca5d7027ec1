#include "tests/faults/sim_disk.h"

#include <algorithm>
#include <utility>

namespace sakip::faults {
namespace {

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

void Put(uint64_t offset, absl::string_view bytes, std::string& content) {
  if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
  content.replace(offset, bytes.size(), bytes.data(), bytes.size());
}

// How unsynced writes of a file fare when the power goes.
enum SurvivalMode : uint64_t { kAll, kNothing, kBeginning, kAnyOfThem, kModes };

}  // namespace

SimDisk::SimDisk(uint64_t seed) : random_(seed) {
  names_["/"] = {};
  synced_names_ = names_;
}

void SimDisk::Arm(DiskFault fault, uint64_t call) {
  MutexLock lock(mutex_);
  fault_ = fault;
  calls_to_fault_ = call;
  fault_happened_ = false;
}

void SimDisk::Disarm() {
  MutexLock lock(mutex_);
  fault_ = DiskFault::kNone;
}

bool SimDisk::fault_happened() const {
  MutexLock lock(mutex_);
  return fault_happened_;
}

void SimDisk::ArmPowerLoss(uint64_t call) {
  MutexLock lock(mutex_);
  calls_to_power_loss_ = call;
}

void SimDisk::LosePower() {
  MutexLock lock(mutex_);
  if (!power_is_off_) SwitchOff();
}

bool SimDisk::power_is_off() const {
  MutexLock lock(mutex_);
  return power_is_off_;
}

std::unique_ptr<SimDisk> SimDisk::AfterPowerLoss() {
  MutexLock lock(mutex_);
  if (!power_is_off_) SwitchOff();
  return std::move(after_power_loss_);
}

// Counts a call that changes the disk.
bool SimDisk::PowerIsOff() {
  if (!power_is_off_ && calls_to_power_loss_ > 0 && --calls_to_power_loss_ == 0) SwitchOff();
  return power_is_off_;
}

// True where this call is the one that goes wrong, or a later one of a fault that stays.
bool SimDisk::Hits(DiskFault fault) {
  if (fault_ != fault) return false;
  if (calls_to_fault_ > 0 && --calls_to_fault_ > 0) return false;
  const bool stays = fault == DiskFault::kSyncFailsForEver || fault == DiskFault::kNoSpace;
  if (!stays && fault_happened_) return false;
  fault_happened_ = true;
  return true;
}

std::string SimDisk::Surviving(const SimFile& file, uint64_t mode) {
  if (mode == kAll) return file.content;
  std::string content = file.synced;
  if (mode == kNothing || file.unsynced.empty()) return content;
  const size_t torn = random_() % file.unsynced.size();
  for (size_t i = 0; i < file.unsynced.size(); ++i) {
    const auto& [offset, bytes] = file.unsynced[i];
    if (mode == kBeginning && i > torn) break;
    if (mode == kAnyOfThem && random_() % 2 == 0) continue;
    const bool is_torn = mode == kAnyOfThem || i == torn;
    const size_t size = is_torn ? random_() % (bytes.size() + 1) : bytes.size();
    Put(offset, absl::string_view(bytes).substr(0, size), content);
  }
  return content;
}

void SimDisk::SwitchOff() {
  power_is_off_ = true;
  after_power_loss_ = std::make_unique<SimDisk>(random_());
  MutexLock lock(after_power_loss_->mutex_);
  Names names = synced_names_;
  const size_t kept = random_() % (unsynced_names_.size() + 1);
  for (size_t i = 0; i < kept; ++i) Apply(unsynced_names_[i], names);
  const uint64_t same_mode = random_() % (2 * kModes);  // For all files, or one for each.
  Names& after = after_power_loss_->names_;
  for (const auto& [path, node] : names) {
    if (path != "/" && !after.contains(FolderOf(path))) continue;  // Its folder is lost.
    if (node.file == nullptr) {
      after[path] = {};
      continue;
    }
    const uint64_t mode = same_mode < kModes ? same_mode : random_() % kModes;
    auto file = std::make_shared<SimFile>();
    file->content = Surviving(*node.file, mode);
    file->before = file->synced = file->content;
    after[path] = {std::move(file)};
  }
  after_power_loss_->synced_names_ = after;
}

void SimDisk::Apply(const NameChange& change, Names& names) {
  if (!change.gone.empty()) names.erase(change.gone);
  if (change.is_there) {
    names[change.path] = change.node;
  } else {
    names.erase(change.path);
  }
}

DiskError SimDisk::Change(NameChange change) {
  if (PowerIsOff()) return DiskError::kIo;
  if (!names_.contains(FolderOf(change.path))) return DiskError::kNotFound;
  Apply(change, names_);
  unsynced_names_.push_back(std::move(change));
  return DiskError::kNone;
}

DiskError SimDisk::Create(const std::string& path, std::shared_ptr<SimFile>& file) {
  MutexLock lock(mutex_);
  if (Hits(DiskFault::kNoSpace)) return DiskError::kNoSpace;
  file = std::make_shared<SimFile>();
  return Change({.path = path, .is_there = true, .node = {file}, .gone = ""});
}

DiskError SimDisk::Open(const std::string& path, std::shared_ptr<SimFile>& file) const {
  MutexLock lock(mutex_);
  const auto found = names_.find(path);
  if (found == names_.end() || found->second.file == nullptr) return DiskError::kNotFound;
  file = found->second.file;
  return DiskError::kNone;
}

DiskError SimDisk::WriteAt(SimFile& file, uint64_t offset, absl::string_view bytes) {
  if (PowerIsOff()) return DiskError::kIo;
  DiskError error = DiskError::kNone;
  if (Hits(DiskFault::kNoSpace)) return DiskError::kNoSpace;
  if (Hits(DiskFault::kWriteError)) return DiskError::kIo;
  if (Hits(DiskFault::kShortWrite)) {
    bytes = bytes.substr(0, bytes.size() / 2);
    error = DiskError::kNoSpace;
  }
  const bool elsewhere = Hits(DiskFault::kMisdirectedWrite);
  const uint64_t meant_end = offset + bytes.size();
  if (elsewhere) offset = random_() % (file.content.size() + 1);
  file.before = file.content;
  Put(offset, bytes, file.content);
  file.unsynced.push_back({offset, std::string(bytes)});
  // What comes next is still appended where it belongs.
  if (elsewhere && file.content.size() < meant_end) file.content.resize(meant_end);
  return error;
}

DiskError SimDisk::Write(SimFile& file, uint64_t offset, absl::string_view bytes) {
  MutexLock lock(mutex_);
  return WriteAt(file, offset, bytes);
}

DiskError SimDisk::Append(SimFile& file, absl::string_view bytes) {
  MutexLock lock(mutex_);
  return WriteAt(file, file.content.size(), bytes);
}

DiskError SimDisk::Truncate(SimFile& file, uint64_t size) {
  MutexLock lock(mutex_);
  if (PowerIsOff()) return DiskError::kIo;
  file.content.resize(size);
  // Cutting off is safe at once: what it leaves may be longer after a loss of power only in part.
  file.synced.resize(std::min<size_t>(file.synced.size(), size));
  return DiskError::kNone;
}

DiskError SimDisk::Read(const SimFile& file, uint64_t offset, size_t size, std::string& bytes) {
  MutexLock lock(mutex_);
  const std::string* content = &file.content;
  if (Hits(DiskFault::kReadError)) return DiskError::kIo;
  if (Hits(DiskFault::kStaleRead)) content = &file.before;
  if (Hits(DiskFault::kMisdirectedRead)) offset = random_() % (content->size() + 1);
  bytes = offset < content->size() ? content->substr(offset, size) : "";
  if (!bytes.empty() && Hits(DiskFault::kBitFlip)) {
    bytes[random_() % bytes.size()] ^= static_cast<char>(1 << random_() % 8);
  }
  return DiskError::kNone;
}

DiskError SimDisk::Sync(SimFile& file) {
  MutexLock lock(mutex_);
  if (PowerIsOff()) return DiskError::kIo;
  if (Hits(DiskFault::kSyncFailsOnce) || Hits(DiskFault::kSyncFailsForEver)) {
    // A later sync that succeeds does not bring them back.
    file.unsynced.clear();
    return DiskError::kIo;
  }
  if (file.unsynced.empty()) return DiskError::kNone;
  for (const auto& [offset, bytes] : file.unsynced) Put(offset, bytes, file.synced);
  file.unsynced.clear();
  return DiskError::kNone;
}

uint64_t SimDisk::Size(const SimFile& file) const {
  MutexLock lock(mutex_);
  return file.content.size();
}

bool SimDisk::Exists(const std::string& path, bool* is_folder) const {
  MutexLock lock(mutex_);
  const auto found = names_.find(path);
  if (found == names_.end()) return false;
  if (is_folder != nullptr) *is_folder = found->second.file == nullptr;
  return true;
}

std::vector<std::string> SimDisk::Children(const std::string& folder) const {
  MutexLock lock(mutex_);
  std::vector<std::string> children;
  for (const auto& [path, node] : names_) {
    if (path != "/" && FolderOf(path) == folder)
      children.push_back(path.substr(path.rfind('/') + 1));
  }
  return children;
}

DiskError SimDisk::MakeFolder(const std::string& path) {
  MutexLock lock(mutex_);
  return Change({.path = path, .is_there = true, .node = {}, .gone = ""});
}

DiskError SimDisk::Remove(const std::string& path) {
  MutexLock lock(mutex_);
  if (!names_.contains(path)) return DiskError::kNotFound;
  return Change({.path = path, .is_there = false, .node = {}, .gone = ""});
}

DiskError SimDisk::Rename(const std::string& from, const std::string& to) {
  MutexLock lock(mutex_);
  const auto found = names_.find(from);
  if (found == names_.end()) return DiskError::kNotFound;
  return Change({.path = to, .is_there = true, .node = found->second, .gone = from});
}

DiskError SimDisk::Link(const std::string& from, const std::string& to) {
  MutexLock lock(mutex_);
  const auto found = names_.find(from);
  if (found == names_.end()) return DiskError::kNotFound;
  return Change({.path = to, .is_there = true, .node = found->second, .gone = ""});
}

DiskError SimDisk::SyncFolder(const std::string& folder) {
  MutexLock lock(mutex_);
  if (PowerIsOff()) return DiskError::kIo;
  if (Hits(DiskFault::kSyncFailsOnce) || Hits(DiskFault::kSyncFailsForEver)) return DiskError::kIo;
  std::vector<NameChange> left;
  for (NameChange& change : unsynced_names_) {
    if (FolderOf(change.path) == folder) {
      Apply(change, synced_names_);
    } else {
      left.push_back(std::move(change));
    }
  }
  unsynced_names_ = std::move(left);
  return DiskError::kNone;
}

DiskError SimDisk::Lock(const std::string& path) {
  MutexLock lock(mutex_);
  return locks_.insert(path).second ? DiskError::kNone : DiskError::kLocked;
}

void SimDisk::Unlock(const std::string& path) {
  MutexLock lock(mutex_);
  locks_.erase(path);
}

}  // namespace sakip::faults
