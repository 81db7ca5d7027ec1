#include "services/cli/proof/source_prover.h"

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/log_receipt.h"
#include "services/cli/log/live_log.h"
#include "services/cli/proof/record_value.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::EventSource;

Peer PeerOf(const EventSource& source) {
  return source.log() == EventSource::LOG_REALIZATION ? Peer::kRealization : Peer::kPlanning;
}

}  // namespace

absl::StatusOr<const VerifiedHead*> SourceProver::Head(Peer peer, uint64_t position) {
  const auto it = heads_.find(peer);
  if (it != heads_.end() && position < it->second.head.checkpoint.size) return &it->second;
  const LiveLog log(session_, peer);
  ASSIGN_OR_RETURN(VerifiedHead head, FetchHead(log, trust_.verifiers, position + 1));
  const auto older = trust_.checkpoints.find(head.head.checkpoint.origin);
  if (older != trust_.checkpoints.end()) {
    RETURN_IF_ERROR(CheckContinues(log, older->second, head));
  }
  return &(heads_[peer] = std::move(head));
}

absl::Status SourceProver::Prove(const EventSource& source) {
  const Peer peer = PeerOf(source);
  const uint64_t position = source.log_position();
  std::string& bytes = records_[{peer, position}];
  if (bytes.empty()) {
    ASSIGN_OR_RETURN(const VerifiedHead* head, Head(peer, position));
    ASSIGN_OR_RETURN(eventlog::LogReceipt receipt,
                     FetchReceipt(LiveLog(session_, peer), position, *head, trust_.verifiers));
    bytes = std::move(receipt.record);
  }
  eventlog::v1::Record record;
  if (!record.ParseFromString(bytes)) return eventlog::ProofInvalid("the event does not parse");
  return CheckValue(record, source);
}

}  // namespace sakip::cli
