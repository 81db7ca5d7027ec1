#include "services/cli/log/live_files.h"

#include "common/base/clock.h"
#include "common/base/durable_file.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/export_file.h"
#include "common/eventlog/verify/history_check.h"
#include "common/eventlog/verify/log_receipt.h"
#include "services/cli/log/live_verify.h"
#include "services/cli/log/progress_bar.h"

namespace sakip::cli {

using eventlog::v1::StoredRecord;

absl::StatusOr<note::SignedCheckpoint> ExportLog(Session& session, const LiveLog& log,
                                                 const std::string& path,
                                                 const eventlog::LogTrust& trust) {
  ASSIGN_OR_RETURN(const std::string note, log.Checkpoint());
  ASSIGN_OR_RETURN(note::SignedCheckpoint head, note::OpenCheckpoint(note, trust.verifiers));
  ASSIGN_OR_RETURN(const auto writer, eventlog::ExportWriter::Create(path, head.checkpoint.origin));
  eventlog::HistoryCheck history;
  SystemClock clock;
  ProgressBar bar(session.err(), session.options().err_is_terminal, clock);
  eventlog::VerifyProgress progress;
  RETURN_IF_ERROR(log.ReadRecords(0, head.checkpoint.size, [&](const StoredRecord& stored) {
    const merkle::Hash leaf = merkle::HashLeaf(stored.record());
    RETURN_IF_ERROR(history.Add(stored.record(), leaf));
    progress.records = history.size();
    progress.bytes += stored.record().size();
    bar.Show(progress);
    return writer->Add(stored.record(), leaf);
  }));
  RETURN_IF_ERROR(history.Finish(head.checkpoint));
  RETURN_IF_ERROR(writer->Finish(note));
  return head;
}

absl::StatusOr<note::SignedCheckpoint> WriteReceipt(const LiveLog& log, uint64_t position,
                                                    const std::string& path,
                                                    const eventlog::LogTrust& trust) {
  ASSIGN_OR_RETURN(const VerifiedHead head, FetchHead(log, trust.verifiers, position + 1));
  ASSIGN_OR_RETURN(const eventlog::LogReceipt receipt,
                   FetchReceipt(log, position, head, trust.verifiers));
  RETURN_IF_ERROR(ReplaceFile(path, eventlog::FormatReceipt(receipt)));
  return head.head;
}

}  // namespace sakip::cli
