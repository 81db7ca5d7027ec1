#include "services/cli/log/live_log.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "sakip/eventlog/v1/event_log_service.grpc.pb.h"

namespace sakip::cli {
namespace {

using eventlog::v1::EventLogService;

constexpr uint64_t kPageRecords = 1000;

}  // namespace

Peer LogPeer(absl::string_view service) {
  for (const Peer peer : kPeers) {
    if (PeerName(peer) == service) return peer;
  }
  return Peer::kPlanning;
}

absl::StatusOr<std::vector<merkle::Hash>> ToHashes(
    const google::protobuf::RepeatedPtrField<std::string>& texts) {
  std::vector<merkle::Hash> hashes;
  for (const std::string& text : texts) {
    const std::optional<merkle::Hash> hash = merkle::ToHash(text);
    if (!hash.has_value()) return absl::DataLossError("a hash of the proof has not 32 bytes");
    hashes.push_back(*hash);
  }
  return hashes;
}

absl::StatusOr<std::string> LiveLog::Checkpoint(uint64_t min_size) const {
  eventlog::v1::GetCheckpointRequest request;
  request.set_min_tree_size(min_size);
  ASSIGN_OR_RETURN(const auto response,
                   session_.Call(peer_, &EventLogService::Stub::GetCheckpoint, request));
  return response.signed_note();
}

absl::StatusOr<std::vector<merkle::Hash>> LiveLog::InclusionProof(uint64_t position,
                                                                  uint64_t size) const {
  eventlog::v1::GetInclusionProofRequest request;
  request.set_position(position);
  request.set_tree_size(size);
  ASSIGN_OR_RETURN(const auto response,
                   session_.Call(peer_, &EventLogService::Stub::GetInclusionProof, request));
  return ToHashes(response.audit_path());
}

absl::StatusOr<std::vector<merkle::Hash>> LiveLog::ConsistencyProof(uint64_t first,
                                                                    uint64_t second) const {
  if (first == 0 || first >= second) return std::vector<merkle::Hash>();
  return AskConsistency(first, second);
}

absl::StatusOr<std::vector<merkle::Hash>> LiveLog::AskConsistency(uint64_t first,
                                                                  uint64_t second) const {
  eventlog::v1::GetConsistencyProofRequest request;
  request.set_first_tree_size(first);
  request.set_second_tree_size(second);
  ASSIGN_OR_RETURN(const auto response,
                   session_.Call(peer_, &EventLogService::Stub::GetConsistencyProof, request));
  return ToHashes(response.hashes());
}

absl::Status LiveLog::ReadRecords(
    uint64_t first, uint64_t end,
    absl::FunctionRef<absl::Status(const eventlog::v1::StoredRecord&)> take) const {
  eventlog::v1::ReadRecordsRequest request;
  request.set_scope("regions/-");
  for (uint64_t position = first; position < end;) {
    request.set_from_position(position);
    request.set_max_records(static_cast<uint32_t>(std::min(end - position, kPageRecords)));
    ASSIGN_OR_RETURN(const auto page,
                     session_.Call(peer_, &EventLogService::Stub::ReadRecords, request));
    const uint64_t records = static_cast<uint64_t>(page.records_size());
    if (page.next_position() <= position) {
      return absl::DataLossError(
          absl::StrCat("the server has no record at position ", position, ", and signed ", end));
    }
    if (page.next_position() != position + records) {
      return absl::FailedPreconditionError(
          absl::StrCat("the server leaves out records from position ", position, " to ",
                       page.next_position(), ": this caller may not read all of the log"));
    }
    for (const eventlog::v1::StoredRecord& record : page.records()) {
      // A page may go on beyond what was asked for.
      if (position++ >= end) break;
      RETURN_IF_ERROR(take(record));
    }
  }
  return absl::OkStatus();
}

}  // namespace sakip::cli
