#include "common/eventlog/head_file.h"

#include <rocksdb/env.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/stored_integer.h"

namespace sakip::eventlog {
namespace {

constexpr char kMagic[] = "SAKIPHD1";
// A slot has a block of the disk to itself: what cuts off the write of one leaves the other.
constexpr size_t kSlotBytes = 4096;
constexpr size_t kSlots = 2;
constexpr size_t kContentBytes = 8 + 3 * kIntegerBytes + merkle::kHashBytes;

absl::Status FromDisk(const rocksdb::Status& status) {
  return status.ok() ? absl::OkStatus() : absl::UnavailableError(status.ToString());
}

absl::StatusOr<std::string> ReadSlots(const rocksdb::RandomRWFile& file) {
  std::string slots(kSlots * kSlotBytes, '\0');
  rocksdb::Slice read;
  RETURN_IF_ERROR(FromDisk(file.Read(0, slots.size(), &read, slots.data())));
  return std::string(read.data(), read.size());
}

size_t OffsetOf(const Head& head) { return head.sequence % kSlots * kSlotBytes; }

}  // namespace

std::string EncodeHead(const Head& head) {
  const std::string content =
      absl::StrCat(kMagic, StoredInteger(head.sequence), StoredInteger(head.epoch),
                   StoredInteger(head.size), merkle::View(head.root));
  return absl::StrCat(content, merkle::View(merkle::HashLeaf(content)));
}

std::optional<Head> DecodeHead(absl::string_view slot) {
  if (slot.size() < kContentBytes + merkle::kHashBytes || !absl::StartsWith(slot, kMagic)) {
    return std::nullopt;
  }
  const merkle::Hash checksum = merkle::HashLeaf(slot.substr(0, kContentBytes));
  if (slot.substr(kContentBytes, merkle::kHashBytes) != merkle::View(checksum)) {
    return std::nullopt;
  }
  slot.remove_prefix(sizeof(kMagic) - 1);
  Head head;
  head.sequence = TakeInteger(slot);
  head.epoch = TakeInteger(slot);
  head.size = TakeInteger(slot);
  head.root = *merkle::ToHash(slot.substr(0, merkle::kHashBytes));
  return head;
}

absl::Status HeadFile::Create(rocksdb::Env& env, const std::string& path, const Head& first) {
  std::string slots(kSlots * kSlotBytes, '\0');
  slots.replace(OffsetOf(first), kContentBytes + merkle::kHashBytes, EncodeHead(first));
  const std::string unfinished = absl::StrCat(path, ".new");
  std::unique_ptr<rocksdb::WritableFile> file;
  RETURN_IF_ERROR(FromDisk(env.NewWritableFile(unfinished, &file, rocksdb::EnvOptions())));
  RETURN_IF_ERROR(FromDisk(file->Append(slots)));
  RETURN_IF_ERROR(FromDisk(file->Fsync()));
  RETURN_IF_ERROR(FromDisk(file->Close()));
  RETURN_IF_ERROR(FromDisk(env.RenameFile(unfinished, path)));
  std::unique_ptr<rocksdb::Directory> directory;
  RETURN_IF_ERROR(FromDisk(env.NewDirectory(path.substr(0, path.rfind('/')), &directory)));
  const rocksdb::Status synced = directory->Fsync();
  if (synced.ok()) return absl::OkStatus();
  // RocksDB calls it `a directory`.
  return absl::UnavailableError(absl::StrCat(path, ": ", synced.ToString()));
}

absl::StatusOr<std::unique_ptr<HeadFile>> HeadFile::Open(rocksdb::Env& env,
                                                         const std::string& path) {
  std::unique_ptr<rocksdb::RandomRWFile> file;
  RETURN_IF_ERROR(FromDisk(env.NewRandomRWFile(path, &file, rocksdb::EnvOptions())));
  ASSIGN_OR_RETURN(std::string slots, ReadSlots(*file));
  std::optional<Head> newest;
  for (size_t offset = 0; offset < slots.size(); offset += kSlotBytes) {
    const auto head = DecodeHead(absl::string_view(slots).substr(offset, kSlotBytes));
    if (head.has_value() && (!newest.has_value() || head->sequence > newest->sequence)) {
      newest = head;
    }
  }
  if (!newest.has_value()) {
    return MakeError(absl::StatusCode::kDataLoss, "LOG_DAMAGED",
                     absl::StrCat(path, " holds no note of how far the log was acknowledged"));
  }
  slots.resize(kSlots * kSlotBytes);
  // The constructor is private: make_unique cannot reach it.
  return std::unique_ptr<HeadFile>(new HeadFile(std::move(file), std::move(slots), *newest));
}

HeadFile::HeadFile(std::unique_ptr<rocksdb::RandomRWFile> file, std::string slots,
                   const Head& newest)
    : file_(std::move(file)), slots_(std::move(slots)), newest_(newest) {}

HeadFile::~HeadFile() = default;

absl::Status HeadFile::Write(uint64_t size, const merkle::Hash& root) {
  return Write({newest_.sequence + 1, newest_.epoch, size, root});
}

absl::Status HeadFile::BeginEpoch(uint64_t size, const merkle::Hash& root) {
  return Write({newest_.sequence + 1, newest_.epoch + 1, size, root});
}

absl::Status HeadFile::CheckOwned() const {
  ASSIGN_OR_RETURN(const std::string slots, ReadSlots(*file_));
  if (slots == slots_) return absl::OkStatus();
  return MakeError(absl::StatusCode::kFailedPrecondition, "LOG_TAKEN_OVER",
                   "another process writes to the same log: its HEAD file has changed");
}

absl::Status HeadFile::Write(Head head) {
  RETURN_IF_ERROR(CheckOwned());
  const std::string note = EncodeHead(head);
  RETURN_IF_ERROR(FromDisk(file_->Write(OffsetOf(head), note)));
  RETURN_IF_ERROR(FromDisk(file_->Sync()));
  std::copy(note.begin(), note.end(), slots_.begin() + static_cast<ptrdiff_t>(OffsetOf(head)));
  newest_ = head;
  return absl::OkStatus();
}

}  // namespace sakip::eventlog
