// AuditLog is the audit trail of a service, kept in an event log of its own.
#ifndef SAKIP_COMMON_AUDIT_AUDIT_LOG_H_
#define SAKIP_COMMON_AUDIT_AUDIT_LOG_H_

#include <cstddef>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "common/audit/audit_writer.h"
#include "common/audit/refusal_counts.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/audit_trail.h"

namespace sakip::audit {

struct AuditLogOptions {
  AuditWriterOptions writer{};
  RefusalCountsOptions counts{};
  std::string policy_digest{};   // PolicyDigest of the server's methods.
  std::string looked_at_path{};  // File of RecordFound, in the folder of the log; empty for none.
};

// Thread-safe. Borrows the log, in which it alone writes. What it records, and when, is told in
// sakip/audit/v1/audit_entry.proto. Beside the metrics of AuditWriter:
//
//   sakip_audit_refusals_counted_total   refusals that got no entry of their own
class AuditLog final : public rpc::AuditTrail {
 public:
  AuditLog(eventlog::EventLog& log, AuditLogOptions options);
  // Writes what waits and what was counted, where the log takes it.
  ~AuditLog() override;

  // Records the writes that `writes`, the service's own log, has and the trail does not, and waits
  // until that is on disk. Returns their number. Called before calls are let in.
  //
  //   DATA_LOSS    RECORD_DAMAGED     one of the logs cannot be read.
  //   UNAVAILABLE  AUDIT_UNAVAILABLE
  absl::StatusOr<size_t> RecordFound(const eventlog::EventLog& writes);

  absl::StatusOr<std::unique_ptr<Record>> Admit(const rpc::Call& call,
                                                const rpc::Method& method) override;
  void Refuse(const rpc::Call& call, const rpc::Method& method,
              const rpc::Observation& observation) override;

 private:
  class AdmittedCall;

  absl::Status WriteNow(const std::vector<v1::AuditEntry>& entries);
  bool IsToBeWritten(const v1::AuditEntry& entry);
  void WriteCounted(absl::Time now) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Run();

  const eventlog::EventLog& log_;
  const AuditLogOptions options_;
  rpc::Counter& counted_total_;
  AuditWriter writer_;

  Mutex mutex_;
  ConditionVariable changed_;
  RefusalCounts counts_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_AUDIT_LOG_H_
