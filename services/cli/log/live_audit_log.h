// LiveAuditLog reads the audit trail of a service and its proofs over gRPC, as LiveLog does a log.
#ifndef SAKIP_SERVICES_CLI_LOG_LIVE_AUDIT_LOG_H_
#define SAKIP_SERVICES_CLI_LOG_LIVE_AUDIT_LOG_H_

#include <string>
#include <utility>
#include <vector>

#include "services/cli/log/live_log.h"

namespace sakip::cli {

class LiveAuditLog final : public LiveLog {
 public:
  // Entries are asked for as those of `scope`.
  LiveAuditLog(const Session& session, Peer peer, std::string scope)
      : LiveLog(session, peer), scope_(std::move(scope)) {}

  absl::StatusOr<std::string> Checkpoint(uint64_t min_size) const override;
  absl::StatusOr<std::vector<merkle::Hash>> InclusionProof(uint64_t position,
                                                           uint64_t size) const override;
  absl::Status ReadRecords(
      uint64_t first, uint64_t end,
      absl::FunctionRef<absl::Status(const eventlog::v1::StoredRecord&)> take) const override;

 private:
  absl::StatusOr<std::vector<merkle::Hash>> AskConsistency(uint64_t first,
                                                           uint64_t second) const override;

  const std::string scope_;
};

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_LOG_LIVE_AUDIT_LOG_H_
