// An export file is a whole log and the checkpoint that its service signed, to be kept and verified
// by others, offline. FORMAT.md, "Export file", is its layout; export_verify.h reads it.
#ifndef SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_FILE_H_
#define SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/new_file.h"
#include "common/merkle/hash.h"

namespace sakip::eventlog {

inline constexpr absl::string_view kExportMagic = "sakip-export/1\n";
inline constexpr uint32_t kExportEndOfRecords = 0xFFFFFFFF;
inline constexpr size_t kExportLengthBytes = 4;
// No record is larger: an append is at most 16 MiB.
inline constexpr size_t kExportRecordBytesMax = 32 * 1024 * 1024;

// Writes an export file record by record; it is a NewFile. Not thread-safe.
class ExportWriter {
 public:
  // `origin` is the log's name, without a newline.
  //
  //   ALREADY_EXISTS  EXPORT_EXISTS       a file of that name is there; none is written over.
  //   UNKNOWN         EXPORT_NOT_WRITTEN  the system's error.
  static absl::StatusOr<std::unique_ptr<ExportWriter>> Create(const std::string& path,
                                                              absl::string_view origin);

  //   INVALID_ARGUMENT  EXPORT_NOT_WRITTEN  the record is larger than any can be.
  //   UNKNOWN           EXPORT_NOT_WRITTEN  the system's error.
  absl::Status Add(absl::string_view record, const merkle::Hash& leaf_hash);

  // Writes the checkpoint of exactly these records, syncs, and gives the file its name.
  absl::Status Finish(absl::string_view checkpoint_note);

 private:
  explicit ExportWriter(std::unique_ptr<NewFile> file) : file_(std::move(file)) {}

  absl::Status Append(absl::string_view bytes);

  const std::unique_ptr<NewFile> file_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_VERIFY_EXPORT_FILE_H_
