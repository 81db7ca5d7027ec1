#include "common/eventlog/verify/export_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/big_endian.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/export_file.h"
#include "common/eventlog/verify/history_check.h"
#include "common/note/note.h"

namespace sakip::eventlog {
namespace {

constexpr size_t kChunkBytes = 1 << 20;
constexpr size_t kOriginBytesMax = 1024;

absl::Status Unreadable(const std::string& path) {
  return MakeError(absl::StatusCode::kNotFound, "EXPORT_UNREADABLE",
                   absl::StrCat(path, ": ", std::strerror(errno)));
}

absl::Status Damaged(absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "EXPORT_DAMAGED", why);
}

uint32_t LengthAt(absl::string_view bytes, size_t offset) {
  return static_cast<uint32_t>(FromBigEndian(bytes.substr(offset, kExportLengthBytes)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ExportReader>> ExportReader::Open(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Unreadable(path);
  auto reader = std::unique_ptr<ExportReader>(new ExportReader(path, file));
  struct stat status = {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    return Damaged(absl::StrCat(path, " is no file"));
  }
  reader->bytes_total_ = static_cast<uint64_t>(status.st_size);
  posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
  RETURN_IF_ERROR(reader->ReadHead());
  return reader;
}

ExportReader::~ExportReader() { close(file_); }

absl::Status ExportReader::ReadHead() {
  RETURN_IF_ERROR(Fill(kExportMagic.size() + kOriginBytesMax + 1));
  if (!absl::StartsWith(rest_, kExportMagic)) {
    return Damaged("the file is no export of version 1: its first line is another");
  }
  const size_t end = rest_.find('\n', kExportMagic.size());
  if (end == rest_.npos || end - kExportMagic.size() > kOriginBytesMax) {
    return Damaged("the file names no log in its second line");
  }
  origin_ = rest_.substr(kExportMagic.size(), end - kExportMagic.size());
  rest_.erase(0, end + 1);
  return absl::OkStatus();
}

absl::Status ExportReader::Fill(size_t size) {
  size_t have = rest_.size();
  // No more memory than a small file needs; one byte more tells that it goes on.
  if (bytes_total_ >= bytes_read_) size = std::min(size, have + bytes_total_ - bytes_read_ + 1);
  if (have >= size) return absl::OkStatus();
  rest_.resize(size);
  while (have < size) {
    const ssize_t got = read(file_, rest_.data() + have, size - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Unreadable(path_);
    if (got == 0) break;
    have += static_cast<size_t>(got);
    bytes_read_ += static_cast<uint64_t>(got);
  }
  rest_.resize(have);
  return absl::OkStatus();
}

absl::Status ExportReader::Next(ExportChunk& chunk) {
  chunk.first_position = position_;
  chunk.frames.clear();
  chunk.is_last = false;
  RETURN_IF_ERROR(Fill(kChunkBytes));
  size_t end = 0;
  absl::Status status;
  while (status.ok() && !chunk.is_last) {
    if (rest_.size() - end < kExportLengthBytes) {
      if (end > 0) break;  // Read on with the next chunk.
      status = HistoryDamaged(position_, "the file ends before its records do");
      break;
    }
    const size_t size = LengthAt(rest_, end);
    if (size == kExportEndOfRecords) {
      chunk.is_last = true;
      end += kExportLengthBytes;
      break;
    }
    const size_t frame = kExportLengthBytes + size + merkle::kHashBytes;
    if (end > 0 && rest_.size() - end < frame) break;
    status = HaveFrame(size, frame);
    if (!status.ok()) break;
    chunk.frames.push_back({end + kExportLengthBytes, size});
    end += frame;
    ++position_;
  }
  std::string left = rest_.substr(end);
  rest_.resize(end);
  chunk.bytes = std::exchange(rest_, std::move(left));
  return status;
}

absl::Status ExportReader::HaveFrame(size_t record_bytes, size_t frame_bytes) {
  if (record_bytes > kExportRecordBytesMax) {
    return HistoryDamaged(position_, absl::StrCat("a length of ", record_bytes, " is no record's"));
  }
  RETURN_IF_ERROR(Fill(frame_bytes));
  if (rest_.size() >= frame_bytes) return absl::OkStatus();
  return HistoryDamaged(position_, "the file ends inside the record");
}

absl::StatusOr<std::string> ExportReader::CheckpointNote() {
  RETURN_IF_ERROR(Fill(kExportLengthBytes + note::kNoteBytesMax + 1));
  if (rest_.size() < kExportLengthBytes) return Damaged("the file ends before its checkpoint");
  const size_t size = LengthAt(rest_, 0);
  if (rest_.size() - kExportLengthBytes < size) return Damaged("the checkpoint is cut off");
  if (rest_.size() - kExportLengthBytes > size) return Damaged("something follows the checkpoint");
  return rest_.substr(kExportLengthBytes);
}

}  // namespace sakip::eventlog
