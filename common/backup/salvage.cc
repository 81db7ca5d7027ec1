#include "common/backup/salvage.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <unistd.h>

#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/head_file.h"
#include "common/eventlog/record.h"
#include "common/eventlog/rocks_event_log.h"
#include "common/eventlog/verify/history_check.h"

namespace sakip::backup {
namespace {

namespace fs = std::filesystem;
using eventlog::RocksRecordStore;
using eventlog::SequencedBatch;
using eventlog::StoredRecord;

constexpr eventlog::ReadLimits kPiece = {.records = 1024, .bytes = 4 * 1024 * 1024};

absl::Status NotOpened(const std::string& directory, absl::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable, "LOG_NOT_OPENED",
                   absl::StrCat("the log in ", directory, " cannot be looked at: ", why));
}

// OK where no process has the store open. RocksDB holds a lock on the file LOCK while it does.
absl::Status CheckClosed(const std::string& directory) {
  const std::string path = absl::StrCat(directory, "/store/LOCK");
  const int file = open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return absl::OkStatus();
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool asked = fcntl(file, F_GETLK, &lock) == 0;
  close(file);
  if (asked && lock.l_type == F_UNLCK) return absl::OkStatus();
  return NotOpened(directory, "a process has it open; stop the service first");
}

void CopyFolder(const std::string& from, const std::string& to, std::error_code& error) {
  fs::create_directories(to, error);
  if (!error) fs::copy(from, to, fs::copy_options::recursive, error);
}

// Makes groups of records that are there already: the same bytes, with what follows from them.
class Regrouping {
 public:
  void Begin() {
    batch_ = SequencedBatch();
    batch_.first_position = head_.end_position();
    batch_.head = head_;
  }

  absl::Status Add(const StoredRecord& stored) {
    ASSIGN_OR_RETURN(const eventlog::v1::Record record, eventlog::ParseRecord(stored));
    const std::string agency(OwnerOf(record.stream()));
    batch_.stream_revisions[record.stream()] = record.stream_revision();
    batch_.agency_heads[agency] = {record.agency_sequence(), stored.leaf_hash};
    AddRequest({agency, record.request_id()}, record);
    batch_.head.tree.Append(*merkle::ToHash(stored.leaf_hash),
                            [this](const merkle::NodeId& id, const merkle::Hash& hash) {
                              batch_.nodes.push_back({id, hash});
                            });
    batch_.head.recorded_time = eventlog::RecordedTime(record);
    batch_.records.push_back(stored);
    return absl::OkStatus();
  }

  // The group; the next one continues it.
  const SequencedBatch& Finish() {
    head_ = batch_.head;
    return batch_;
  }

  uint64_t end_position() const { return batch_.head.end_position(); }

 private:
  // The records of a request stand together, but may be in two groups here.
  void AddRequest(const eventlog::RequestName& name, const eventlog::v1::Record& record) {
    if (name != request_name_) {
      request_name_ = name;
      request_ = {record.request_digest(), record.position()};
    }
    request_.last_position = record.position();
    request_.stream_revision = record.stream_revision();
    batch_.requests[name] = request_;
  }

  eventlog::LogHead head_;
  SequencedBatch batch_;
  eventlog::RequestName request_name_;
  eventlog::RequestRow request_;
};

absl::StatusOr<std::unique_ptr<RocksRecordStore>> MakeStore(const std::string& directory) {
  std::error_code error;
  fs::remove_all(directory, error);
  fs::create_directories(directory, error);
  if (error) return absl::ErrnoToStatus(error.value(), directory);
  rocksdb::Env& env = *rocksdb::Env::Default();
  const std::string head_path = absl::StrCat(directory, "/HEAD");
  RETURN_IF_ERROR(eventlog::HeadFile::Create(env, head_path, {.root = merkle::EmptyRoot()}));
  ASSIGN_OR_RETURN(auto head, eventlog::HeadFile::Open(env, head_path));
  ASSIGN_OR_RETURN(auto store, RocksRecordStore::Open({.directory = directory},
                                                      RocksRecordStore::Mode::kReadWrite, true));
  store->Guard(std::move(head),
               std::make_unique<eventlog::DiskSpace>(env, directory, eventlog::DiskSpaceOptions()));
  return store;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Salvage>> Salvage::Open(const std::string& directory) {
  if (!fs::exists(absl::StrCat(directory, "/HEAD")) &&
      !fs::exists(absl::StrCat(directory, "/store"))) {
    return MakeError(absl::StatusCode::kNotFound, "LOG_NOT_FOUND",
                     absl::StrCat("there is no log in ", directory));
  }
  RETURN_IF_ERROR(CheckClosed(directory));
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<Salvage> salvage(new Salvage(directory));
  std::error_code error;
  fs::remove_all(salvage->folder_, error);
  if (!error) CopyFolder(directory, salvage->copy(), error);
  if (!error) CopyFolder(directory, salvage->mended(), error);
  if (error) return NotOpened(directory, error.message());
  salvage->OpenMended();
  return salvage;
}

Salvage::~Salvage() {
  store_ = nullptr;
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string Salvage::copy() const { return absl::StrCat(folder_, "/copy"); }

// Reads the store as it is where that goes, and otherwise what the storage engine makes of its
// files: tables and write-ahead logs that it can still read, without what the damaged ones held.
void Salvage::OpenMended() {
  const eventlog::RocksEventLogOptions options = {.directory = mended()};
  auto store = RocksRecordStore::Open(options, RocksRecordStore::Mode::kReadOnly, false);
  if (!store.ok()) {
    rocksdb::RepairDB(absl::StrCat(mended(), "/store"), rocksdb::Options()).PermitUncheckedError();
    store = RocksRecordStore::Open(options, RocksRecordStore::Mode::kReadOnly, false);
  }
  if (store.ok()) store_ = *std::move(store);
}

void Salvage::ForEachIntact(
    absl::FunctionRef<bool(const std::vector<StoredRecord>& records)> take) const {
  if (store_ == nullptr) return;
  eventlog::HistoryCheck history;
  while (true) {
    auto read = store_->Read(history.size(), std::numeric_limits<uint64_t>::max(), kPiece);
    if (!read.ok()) return;
    size_t intact = 0;
    for (const StoredRecord& record : *read) {
      if (!eventlog::VerifyRecord(history.size(), record).ok() ||
          !history.Add(record.record, *merkle::ToHash(record.leaf_hash)).ok()) {
        break;
      }
      ++intact;
    }
    const bool is_end = intact < read->size();
    read->resize(intact);
    if (!take(*read) || is_end) return;
  }
}

uint64_t Salvage::CountIntact() const {
  uint64_t count = 0;
  ForEachIntact([&](const std::vector<StoredRecord>& records) {
    count += records.size();
    return true;
  });
  return count;
}

absl::Status Salvage::Rebuild(uint64_t count, const std::string& directory) const {
  ASSIGN_OR_RETURN(const auto store, MakeStore(directory));
  Regrouping regrouping;
  absl::Status status;
  ForEachIntact([&](const std::vector<StoredRecord>& records) {
    regrouping.Begin();
    for (const StoredRecord& record : records) {
      if (status.ok() && regrouping.end_position() < count) status = regrouping.Add(record);
    }
    if (status.ok() && !records.empty()) status = store->Write(regrouping.Finish());
    return status.ok() && regrouping.end_position() < count;
  });
  RETURN_IF_ERROR(status);
  if (regrouping.end_position() == count) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("only ", regrouping.end_position(), " records could be read again"));
}

}  // namespace sakip::backup
