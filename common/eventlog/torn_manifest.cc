#include "common/eventlog/torn_manifest.h"

#include <rocksdb/env.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/rocks_record_store.h"
#include "common/eventlog/store_check.h"

namespace sakip::eventlog {
namespace {

// RocksDB's log format: blocks of records, each with a header of checksum, length and type.
constexpr size_t kBlockBytes = 32 * 1024;
constexpr size_t kHeaderBytes = 7;
constexpr int kFull = 1;
constexpr int kLast = 4;

// What is not synced is what was written since the last change of the files: few records.
constexpr size_t kCutsMax = 16;

absl::Status NotOpened(absl::string_view what, const rocksdb::Status& status) {
  return MakeError(absl::StatusCode::kUnavailable, "LOG_NOT_OPENED",
                   absl::StrCat(what, " cannot be used: ", status.ToString()));
}

// Everything that the store's copy needs, but for what is its own.
bool IsShared(absl::string_view name) {
  return name == "CURRENT" || name == "IDENTITY" || absl::StartsWith(name, "OPTIONS-") ||
         absl::EndsWith(name, ".sst") || absl::EndsWith(name, ".log");
}

void RemoveFolder(rocksdb::Env& env, const std::string& folder) {
  std::vector<std::string> names;
  if (!env.GetChildren(folder, &names).ok()) return;
  // What stays because it cannot be deleted is in nobody's way but the next mending's.
  for (const std::string& name : names) {
    if (name != "." && name != "..") env.DeleteFile(absl::StrCat(folder, "/", name));
  }
  env.DeleteDir(folder);
}

// A copy of the store that shares its files and has a MANIFEST of its own. Removed at its end.
class StoreCopy {
 public:
  StoreCopy(rocksdb::Env& env, const std::string& store, std::string directory)
      : env_(env), store_(store), directory_(std::move(directory)) {
    Remove();
  }
  ~StoreCopy() { Remove(); }
  StoreCopy(const StoreCopy&) = delete;
  StoreCopy& operator=(const StoreCopy&) = delete;

  absl::Status Make(const std::string& manifest_name, absl::string_view manifest) {
    const std::string copy = absl::StrCat(directory_, "/store");
    rocksdb::Status status = env_.CreateDirIfMissing(directory_);
    if (status.ok()) status = env_.CreateDirIfMissing(copy);
    std::vector<std::string> names;
    if (status.ok()) status = env_.GetChildren(store_, &names);
    for (const std::string& name : names) {
      if (!status.ok()) break;
      if (!IsShared(name)) continue;
      status = env_.LinkFile(absl::StrCat(store_, "/", name), absl::StrCat(copy, "/", name));
    }
    if (status.ok()) {
      status = rocksdb::WriteStringToFile(&env_, {manifest.data(), manifest.size()},
                                          absl::StrCat(copy, "/", manifest_name));
    }
    return status.ok() ? absl::OkStatus() : NotOpened(directory_, status);
  }

  const std::string& directory() const { return directory_; }

 private:
  void Remove() {
    RemoveFolder(env_, absl::StrCat(directory_, "/store"));
    RemoveFolder(env_, directory_);
  }

  rocksdb::Env& env_;
  const std::string store_;
  const std::string directory_;
};

// OK where the store in `options.directory` is whole and holds what `head` says.
absl::Status CheckWhole(const RocksEventLogOptions& options, const Head& head) {
  ASSIGN_OR_RETURN(const auto store,
                   RocksRecordStore::Open(options, RocksRecordStore::Mode::kReadOnly,
                                          /*may_create=*/false));
  ASSIGN_OR_RETURN(const uint64_t end, store->FindEnd());
  if (end < head.size) return absl::DataLossError("records are missing");
  StoreCheck check(*store, 0);
  const auto check_root = [&] {
    return check.next_position() != head.size || check.tree().Root() == head.root;
  };
  bool is_acknowledged = check_root();
  while (check.next_position() < end && is_acknowledged) {
    ASSIGN_OR_RETURN(const auto records, store->Read(check.next_position(), end, ReadLimits()));
    for (const StoredRecord& record : records) {
      RETURN_IF_ERROR(check.Follow(record));
      is_acknowledged = is_acknowledged && check_root();
    }
  }
  if (!is_acknowledged) return absl::DataLossError("the tree has another root");
  RETURN_IF_ERROR(check.Finish(/*has_grown=*/false));
  return store->CheckFiles();
}

absl::Status Replace(rocksdb::Env& env, const std::string& store, const std::string& name,
                     absl::string_view bytes) {
  const std::string path = absl::StrCat(store, "/", name);
  const std::string cut = absl::StrCat(path, ".cut");
  rocksdb::Status status =
      rocksdb::WriteStringToFile(&env, {bytes.data(), bytes.size()}, cut, /*should_sync=*/true);
  if (status.ok()) status = env.RenameFile(cut, path);
  std::unique_ptr<rocksdb::Directory> folder;
  if (status.ok()) status = env.NewDirectory(store, &folder);
  if (status.ok()) status = folder->Fsync();
  return status.ok() ? absl::OkStatus() : NotOpened(path, status);
}

}  // namespace

std::vector<uint64_t> ManifestRecordEnds(absl::string_view manifest) {
  std::vector<uint64_t> ends;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(manifest[i]); };
  size_t at = 0;
  while (at + kHeaderBytes <= manifest.size()) {
    const size_t left = kBlockBytes - at % kBlockBytes;
    if (left < kHeaderBytes) {
      at += left;  // Too little for a header: the rest of the block is filled up.
      continue;
    }
    const size_t bytes = kHeaderBytes + byte(at + 4) + size_t{256} * byte(at + 5);
    const int type = byte(at + 6);
    if (type < kFull || type > kLast || bytes > left || at + bytes > manifest.size()) break;
    at += bytes;
    if (type == kFull || type == kLast) ends.push_back(at);
  }
  return ends;
}

absl::Status CutTornManifest(rocksdb::Env& env, const RocksEventLogOptions& options,
                             const Head& head) {
  const std::string store = absl::StrCat(options.directory, "/store");
  std::string name, manifest;
  rocksdb::Status status = rocksdb::ReadFileToString(&env, absl::StrCat(store, "/CURRENT"), &name);
  name = std::string(absl::StripSuffix(name, "\n"));
  if (status.ok()) {
    status = rocksdb::ReadFileToString(&env, absl::StrCat(store, "/", name), &manifest);
  }
  if (!status.ok()) return NotOpened(store, status);

  std::vector<uint64_t> ends = ManifestRecordEnds(manifest);
  std::reverse(ends.begin(), ends.end());
  if (ends.size() > kCutsMax) ends.resize(kCutsMax);
  for (const uint64_t end : ends) {
    if (end == manifest.size()) continue;
    const absl::string_view kept = absl::string_view(manifest).substr(0, end);
    StoreCopy copy(env, store, absl::StrCat(options.directory, "/mending"));
    RETURN_IF_ERROR(copy.Make(name, kept));
    RocksEventLogOptions copied = options;
    copied.directory = copy.directory();
    if (!CheckWhole(copied, head).ok()) continue;
    RETURN_IF_ERROR(Replace(env, store, name, kept));
    Log(LogLevel::kWarning, "manifest_end_cut",
        {{"directory", options.directory}, {"bytes", absl::StrCat(manifest.size() - end)}});
    return absl::OkStatus();
  }
  return MakeError(absl::StatusCode::kDataLoss, "LOG_DAMAGED",
                   absl::StrCat(store, "/", name, " is damaged, and not only at its end"));
}

}  // namespace sakip::eventlog
