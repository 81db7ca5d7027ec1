#include "common/eventlog/verify/export_verify.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/export_reader.h"
#include "common/eventlog/verify/history_check.h"
#include "common/eventlog/verify/leaf_checker.h"

namespace sakip::eventlog {
namespace {

using ProgressCallback = std::function<void(const VerifyProgress&)>;

// Adds the records of a chunk to the history.
absl::Status AddChunk(const ExportChunk& chunk, HistoryCheck& history) {
  for (const ExportChunk::Frame& frame : chunk.frames) {
    RETURN_IF_ERROR(history.Add(chunk.record(frame), chunk.leaf_hash(frame)));
  }
  return absl::OkStatus();
}

// Goes through the records until they end or one is wrong.
absl::Status AddRecords(ExportReader& reader, LeafChecker& leaves, HistoryCheck& history,
                        const ProgressCallback& progress) {
  while (!leaves.found_bad()) {
    auto chunk = std::make_shared<ExportChunk>();
    const absl::Status read = reader.Next(*chunk);
    leaves.Submit(chunk);
    RETURN_IF_ERROR(AddChunk(*chunk, history));
    RETURN_IF_ERROR(read);
    if (progress != nullptr) {
      progress({history.size(), reader.bytes_read(), reader.bytes_total()});
    }
    if (chunk->is_last) break;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<VerifiedExport> VerifyExport(const std::string& path, const LogTrust& trust,
                                            const ProgressCallback& progress) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ExportReader> reader, ExportReader::Open(path));
  HistoryCheck history(trust.older);
  LeafChecker leaves;
  const absl::Status added = AddRecords(*reader, leaves, history, progress);
  // `history` stopped at the record that it refused; whichever is earlier is told.
  const std::optional<uint64_t> bad = leaves.Finish();
  if (bad.has_value() && (added.ok() || *bad <= history.size())) {
    return HistoryDamaged(*bad, "its bytes do not have the leaf hash that is stated for them");
  }
  RETURN_IF_ERROR(added);
  ASSIGN_OR_RETURN(const std::string note, reader->CheckpointNote());
  VerifiedExport verified;
  ASSIGN_OR_RETURN(verified.head, note::OpenCheckpoint(note, trust.verifiers));
  if (verified.head.checkpoint.origin != reader->origin()) {
    return MakeError(absl::StatusCode::kDataLoss, "EXPORT_DAMAGED",
                     absl::StrCat("the file says that it is of ", reader->origin(),
                                  ", its checkpoint is of ", verified.head.checkpoint.origin));
  }
  RETURN_IF_ERROR(history.Finish(verified.head.checkpoint));
  verified.bytes = reader->bytes_read();
  return verified;
}

}  // namespace sakip::eventlog
