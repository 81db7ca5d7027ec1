#include "common/eventlog/verify/export_file.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/big_endian.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace sakip::eventlog {
namespace {

absl::Status NotWritten(const absl::Status& status) {
  return MakeError(absl::StatusCode::kUnknown, "EXPORT_NOT_WRITTEN", status.message());
}

}  // namespace

absl::StatusOr<std::unique_ptr<ExportWriter>> ExportWriter::Create(const std::string& path,
                                                                   absl::string_view origin) {
  auto file = NewFile::Create(path);
  if (absl::IsAlreadyExists(file.status())) {
    return MakeError(absl::StatusCode::kAlreadyExists, "EXPORT_EXISTS", file.status().message());
  }
  if (!file.ok()) return NotWritten(file.status());
  auto writer = std::unique_ptr<ExportWriter>(new ExportWriter(*std::move(file)));
  RETURN_IF_ERROR(writer->Append(absl::StrCat(kExportMagic, origin, "\n")));
  return writer;
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
  const absl::Status finished = file_->Finish();
  return finished.ok() ? finished : NotWritten(finished);
}

absl::Status ExportWriter::Append(absl::string_view bytes) {
  const absl::Status appended = file_->Append(bytes);
  return appended.ok() ? appended : NotWritten(appended);
}

}  // namespace sakip::eventlog
