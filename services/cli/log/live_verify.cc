#include "services/cli/log/live_verify.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/history_check.h"
#include "common/eventlog/verify/witness.h"
#include "common/merkle/verify.h"

namespace sakip::cli {
namespace {

using eventlog::v1::StoredRecord;

// The newest checkpoint, which continues `older` where that is given.
absl::StatusOr<VerifiedHead> FetchHead(const LiveLog& log, const eventlog::LogTrust& trust,
                                       const note::Checkpoint* older) {
  VerifiedHead head;
  ASSIGN_OR_RETURN(head.note, log.Checkpoint());
  ASSIGN_OR_RETURN(head.head, note::OpenCheckpoint(head.note, trust.verifiers));
  if (older == nullptr) return head;
  ASSIGN_OR_RETURN(const std::vector<merkle::Hash> proof,
                   log.ConsistencyProof(older->size, head.head.checkpoint.size));
  RETURN_IF_ERROR(eventlog::CheckContinues(*older, head.head.checkpoint, proof));
  return head;
}

}  // namespace

absl::StatusOr<VerifiedHead> VerifyLiveLog(
    const LiveLog& log, const eventlog::LogTrust& trust,
    const std::function<void(const eventlog::VerifyProgress&)>& progress) {
  const note::Checkpoint* const older = trust.older.has_value() ? &*trust.older : nullptr;
  ASSIGN_OR_RETURN(const VerifiedHead head, FetchHead(log, trust, older));
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
  ASSIGN_OR_RETURN(const VerifiedHead head, FetchHead(log, trust, &held));
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
