#include "common/eventlog/rocks_event_log.h"

#include <rocksdb/env.h>

#include <filesystem>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/eventlog/disk_space.h"
#include "common/eventlog/head_file.h"
#include "common/eventlog/log_tree.h"
#include "common/eventlog/rocks_record_store.h"
#include "common/eventlog/store_check.h"
#include "common/eventlog/torn_manifest.h"

namespace sakip::eventlog {
namespace {

using Mode = RocksRecordStore::Mode;

absl::Status Refused(absl::StatusCode code, absl::string_view reason,
                     const RocksEventLogOptions& options, absl::string_view why) {
  return MakeError(code, reason,
                   absl::StrCat("the log in ", options.directory, " is refused: ", why));
}

absl::Status Incomplete(const RocksEventLogOptions& options, absl::string_view why) {
  return Refused(absl::StatusCode::kDataLoss, "LOG_INCOMPLETE", options, why);
}

absl::Status RecordsMissing(const RocksEventLogOptions& options, uint64_t begin, uint64_t end) {
  return Incomplete(options, absl::StrCat("positions ", begin, " to ", end - 1,
                                          " were acknowledged and are missing"));
}

absl::Status NotOpened(const RocksEventLogOptions& options, absl::string_view why) {
  return Refused(absl::StatusCode::kUnavailable, "LOG_NOT_OPENED", options, why);
}

bool Exists(rocksdb::Env& env, const std::string& path) { return env.FileExists(path).ok(); }

// Makes a folder, and its name durable: what is in a folder whose name is lost with the power is
// lost too, however well it was synced.
absl::Status MakeFolder(rocksdb::Env& env, const RocksEventLogOptions& options,
                        const std::string& path) {
  rocksdb::Status status = env.CreateDirIfMissing(path);
  const std::string parent = std::filesystem::path(path).parent_path().string();
  std::unique_ptr<rocksdb::Directory> folder;
  if (status.ok()) status = env.NewDirectory(parent.empty() ? "." : parent, &folder);
  if (status.ok()) status = folder->Fsync();
  return status.ok() ? absl::OkStatus() : NotOpened(options, status.ToString());
}

// Makes the directory and an empty HEAD where there is no log yet. HEAD comes first, so that a
// store without one is never a log that was just begun.
absl::Status Begin(rocksdb::Env& env, const RocksEventLogOptions& options,
                   const std::string& head_path) {
  if (Exists(env, head_path)) return absl::OkStatus();
  RETURN_IF_ERROR(MakeFolder(env, options, options.directory));
  if (Exists(env, absl::StrCat(options.directory, "/store/CURRENT"))) {
    return Incomplete(options, "its HEAD file is missing, so nobody can tell what else is");
  }
  if (Exists(env, absl::StrCat(options.directory, "/CURRENT"))) {
    return Refused(absl::StatusCode::kFailedPrecondition, "LOG_FORMAT_UNKNOWN", options,
                   "it is a store of another kind");
  }
  const absl::Status created = HeadFile::Create(env, head_path, {.root = merkle::EmptyRoot()});
  return created.ok() ? created : NotOpened(options, created.message());
}

absl::StatusOr<std::unique_ptr<HeadFile>> OpenHead(rocksdb::Env& env,
                                                   const RocksEventLogOptions& options,
                                                   const std::string& path) {
  auto head = HeadFile::Open(env, path);
  // What the disk says has no reason of its own.
  if (!head.ok() && ErrorReason(head.status()).empty()) {
    return NotOpened(options, head.status().message());
  }
  return head;
}

// Checks that what was acknowledged is there: as many records, under the same root.
absl::Status CheckAgainstHead(const RocksEventLogOptions& options, const RocksRecordStore& store,
                              const Head& head, const LogHead& end) {
  if (end.end_position() < head.size) {
    return RecordsMissing(options, end.end_position(), head.size);
  }
  const auto tree = ReadTree(store, head.size);
  if (tree.ok() && tree->Root() == head.root) return absl::OkStatus();
  return Refused(absl::StatusCode::kDataLoss, "LOG_DAMAGED", options,
                 absl::StrCat("the first ", head.size,
                              " records are not those that were acknowledged: their tree has "
                              "another root than HEAD says"));
}

// Where the store is damaged it is mended if nothing of what was acknowledged can be lost by that.
absl::StatusOr<std::unique_ptr<RocksRecordStore>> OpenStore(rocksdb::Env& env,
                                                            const RocksEventLogOptions& options,
                                                            Mode mode, bool has_store,
                                                            const Head& head) {
  auto store = RocksRecordStore::Open(options, mode, /*may_create=*/!has_store);
  const bool may_mend = has_store && mode == Mode::kReadWrite;
  const bool is_manifest = absl::StrContains(store.status().message(), "MANIFEST");
  if (store.ok() || !may_mend || !is_manifest) return store;
  if (!CutTornManifest(env, options, head).ok()) return store;
  return RocksRecordStore::Open(options, mode, /*may_create=*/false);
}

}  // namespace

absl::StatusOr<std::unique_ptr<RocksEventLog>> RocksEventLog::Open(RocksEventLogOptions options) {
  rocksdb::Env& env = options.env == nullptr ? *rocksdb::Env::Default() : *options.env;
  const std::string head_path = absl::StrCat(options.directory, "/HEAD");
  RETURN_IF_ERROR(Begin(env, options, head_path));
  auto space = std::make_unique<DiskSpace>(env, options.directory, options.disk_space);
  const Mode mode = space->MakeRoomToOpen() ? Mode::kReadWrite : Mode::kReadOnly;

  // Looked at before the store is opened, which would make an empty one.
  ASSIGN_OR_RETURN(std::unique_ptr<HeadFile> head, OpenHead(env, options, head_path));
  const bool has_store = Exists(env, absl::StrCat(options.directory, "/store/CURRENT"));
  if (!has_store && head->head().size > 0) {
    return RecordsMissing(options, 0, head->head().size);
  }
  if (!has_store) {
    RETURN_IF_ERROR(MakeFolder(env, options, absl::StrCat(options.directory, "/store")));
  }
  ASSIGN_OR_RETURN(auto store, OpenStore(env, options, mode, has_store, head->head()));
  // Again, now that nobody else has the store open.
  ASSIGN_OR_RETURN(head, OpenHead(env, options, head_path));
  ASSIGN_OR_RETURN(const uint64_t end_position, store->FindEnd());
  ASSIGN_OR_RETURN(const LogHead end, CheckEnd(*store, end_position));
  RETURN_IF_ERROR(CheckAgainstHead(options, *store, head->head(), end));
  if (mode == Mode::kReadWrite) {
    const absl::Status begun = head->BeginEpoch(end.end_position(), end.tree.Root());
    if (!begun.ok()) return NotOpened(options, begun.message());
    space->LayBallast();
  } else {
    Log(LogLevel::kWarning, "log_opened_read_only", {{"directory", options.directory}});
  }
  store->Guard(std::move(head), std::move(space));
  RocksRecordStore& rocks = *store;
  // The constructor is private: make_unique cannot reach it.
  return std::unique_ptr<RocksEventLog>(
      new RocksEventLog(rocks, std::move(store), end,
                        {.limits = options.limits,
                         .clock = options.clock,
                         .on_turn = std::move(options.on_turn),
                         .on_stopped = std::move(options.on_stopped)}));
}

RocksEventLog::RocksEventLog(RocksRecordStore& rocks, std::unique_ptr<RecordStore> store,
                             const LogHead& head, SequencedEventLogOptions options)
    : SequencedEventLog(std::move(store), head, std::move(options)), rocks_(rocks) {}

absl::Status RocksEventLog::Snapshot(const std::string& directory) const {
  return rocks_.Snapshot(directory);
}

}  // namespace sakip::eventlog
