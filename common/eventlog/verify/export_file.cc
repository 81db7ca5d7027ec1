#include "common/eventlog/verify/export_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/big_endian.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::eventlog {
namespace {

constexpr size_t kBufferBytes = 1 << 20;

absl::Status NotWritten(const std::string& path) {
  return MakeError(absl::StatusCode::kUnknown, "EXPORT_NOT_WRITTEN",
                   absl::StrCat(path, ": ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ExportWriter>> ExportWriter::Create(const std::string& path,
                                                                   absl::string_view origin) {
  std::error_code unreadable;
  if (std::filesystem::exists(path, unreadable)) {
    return MakeError(absl::StatusCode::kAlreadyExists, "EXPORT_EXISTS",
                     absl::StrCat(path, " is there already"));
  }
  const int file =
      open(absl::StrCat(path, ".part").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return NotWritten(path);
  auto writer = std::unique_ptr<ExportWriter>(new ExportWriter(path, file));
  RETURN_IF_ERROR(writer->Append(absl::StrCat(kExportMagic, origin, "\n")));
  return writer;
}

ExportWriter::~ExportWriter() {
  if (file_ < 0) return;
  close(file_);
  unlink(part().c_str());
}

absl::Status ExportWriter::Add(absl::string_view record, const merkle::Hash& leaf_hash) {
  if (record.size() > kExportRecordBytesMax) {
    return MakeError(absl::StatusCode::kInvalidArgument, "EXPORT_NOT_WRITTEN",
                     absl::StrCat("a record of ", record.size(), " bytes is none"));
  }
  RETURN_IF_ERROR(Append(BigEndian(record.size(), kExportLengthBytes)));
  RETURN_IF_ERROR(Append(record));
  return Append(merkle::View(leaf_hash));
}

absl::Status ExportWriter::Finish(absl::string_view checkpoint_note) {
  RETURN_IF_ERROR(Append(BigEndian(kExportEndOfRecords, kExportLengthBytes)));
  RETURN_IF_ERROR(Append(BigEndian(checkpoint_note.size(), kExportLengthBytes)));
  RETURN_IF_ERROR(Append(checkpoint_note));
  RETURN_IF_ERROR(Flush());
  return SyncAndRename();
}

absl::Status ExportWriter::Append(absl::string_view bytes) {
  buffer_.append(bytes.data(), bytes.size());
  return buffer_.size() < kBufferBytes ? absl::OkStatus() : Flush();
}

absl::Status ExportWriter::Flush() {
  if (!WriteAll(file_, buffer_)) return NotWritten(path_);
  buffer_.clear();
  return absl::OkStatus();
}

absl::Status ExportWriter::SyncAndRename() {
  if (fsync(file_) != 0) return NotWritten(path_);
  if (rename(part().c_str(), path_.c_str()) != 0) return NotWritten(path_);
  const int closed = close(std::exchange(file_, -1));
  if (closed != 0) return NotWritten(path_);
  return SyncFolderOf(path_).ok() ? absl::OkStatus() : NotWritten(path_);
}

}  // namespace sakip::eventlog
