#include "services/cli/log/live_verify.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/history_check.h"
#include "common/eventlog/verify/witness.h"
#include "common/merkle/verify.h"

namespace sakip::cli {

using eventlog::v1::StoredRecord;

absl::StatusOr<VerifiedHead> FetchHead(const LiveLog& log,
                                       absl::Span<const note::Verifier> verifiers,
                                       uint64_t min_size) {
  VerifiedHead head;
  ASSIGN_OR_RETURN(head.note, log.Checkpoint(min_size));
  ASSIGN_OR_RETURN(head.head, note::OpenCheckpoint(head.note, verifiers));
  return head;
}

absl::Status CheckContinues(const LiveLog& log, const note::Checkpoint& older,
                            const VerifiedHead& head) {
  ASSIGN_OR_RETURN(const std::vector<merkle::Hash> proof,
                   log.ConsistencyProof(older.size, head.head.checkpoint.size));
  return eventlog::CheckContinues(older, head.head.checkpoint, proof);
}

absl::StatusOr<eventlog::LogReceipt> FetchReceipt(const LiveLog& log, uint64_t position,
                                                  const VerifiedHead& head,
                                                  absl::Span<const note::Verifier> verifiers) {
  eventlog::LogReceipt receipt = {
      .record = {}, .position = position, .path = {}, .checkpoint_note = head.note};
  const uint64_t size = head.head.checkpoint.size;
  if (size <= position) {
    return absl::UnavailableError(
        absl::StrCat("position ", position, " is not yet in a signed checkpoint; the newest is of ",
                     size, " records. Ask again"));
  }
  RETURN_IF_ERROR(log.ReadRecords(position, position + 1, [&](const StoredRecord& stored) {
    receipt.record = stored.record();
    return absl::OkStatus();
  }));
  ASSIGN_OR_RETURN(receipt.path, log.InclusionProof(position, size));
  RETURN_IF_ERROR(eventlog::VerifyReceipt(receipt, verifiers).status());
  return receipt;
}

absl::StatusOr<VerifiedHead> VerifyLiveLog(
    const LiveLog& log, const eventlog::LogTrust& trust,
    const std::function<void(const eventlog::VerifyProgress&)>& progress) {
  ASSIGN_OR_RETURN(const VerifiedHead head, FetchHead(log, trust.verifiers));
  if (trust.older.has_value()) {
    RETURN_IF_ERROR(CheckContinues(log, *trust.older, head));
  }
  const uint64_t size = head.head.checkpoint.size;
  eventlog::HistoryCheck history(trust.older);
  eventlog::VerifyProgress reached;
  RETURN_IF_ERROR(log.ReadRecords(0, size, [&](const StoredRecord& stored) {
    const merkle::Hash leaf = merkle::HashLeaf(stored.record());
    if (merkle::View(leaf) != stored.leaf_hash()) {
      return eventlog::HistoryDamaged(history.size(),
                                      "its bytes do not have the leaf hash that is stated");
    }
    RETURN_IF_ERROR(history.Add(stored.record(), leaf));
    reached.records = history.size();
    reached.bytes += stored.record().size();
    reached.bytes_total = reached.bytes / reached.records * size;  // As if all were like these.
    progress(reached);
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(history.Finish(head.head.checkpoint));
  return head;
}

absl::StatusOr<VerifiedHead> VerifyStillHeld(const LiveLog& log,
                                             const eventlog::LogReceipt& receipt,
                                             const note::Checkpoint& held,
                                             const eventlog::LogTrust& trust) {
  ASSIGN_OR_RETURN(const VerifiedHead head, FetchHead(log, trust.verifiers));
  RETURN_IF_ERROR(CheckContinues(log, held, head));
  const note::Checkpoint& now = head.head.checkpoint;
  ASSIGN_OR_RETURN(const std::vector<merkle::Hash> path,
                   log.InclusionProof(receipt.position, now.size));
  if (!merkle::VerifyInclusion(merkle::HashLeaf(receipt.record), receipt.position, now.size, path,
                               *merkle::ToHash(now.root))) {
    return eventlog::ProofInvalid(absl::StrCat("the log does not prove that it still holds the ",
                                               "record at position ", receipt.position));
  }
  return head;
}

}  // namespace sakip::cli
