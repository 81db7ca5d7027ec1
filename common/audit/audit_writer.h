// AuditWriter brings entries of the audit trail to its log, in groups: one at a time is written,
// and what comes meanwhile is the next.
#ifndef SAKIP_COMMON_AUDIT_AUDIT_WRITER_H_
#define SAKIP_COMMON_AUDIT_AUDIT_WRITER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "common/rpc/metrics.h"
#include "sakip/audit/v1/audit_entry.pb.h"

namespace sakip::audit {

struct AuditWriterOptions {
  std::string actor{};            // Of the records: the service.
  size_t places_max = 32 * 1024;  // Entries that wait or have a place kept for them.
  // How long an entry that nobody waits for may wait for others to go with.
  std::chrono::milliseconds linger{20};
  std::chrono::milliseconds retry{1000};  // From one try to the next where the log takes nothing.
  rpc::Metrics* metrics = nullptr;        // Borrowed; null means InertMetrics().
};

// Thread-safe; nothing waits but the destructor. Borrows the log.
//
//   sakip_audit_entries_total   entries that are on disk
//   sakip_audit_waiting         places that are taken
//   sakip_audit_unavailable     1 while the log takes no entries, 0 otherwise
class AuditWriter {
 public:
  // Called once, on a thread of the log or of the writer: when the entry is on disk, with OK, or
  // with AUDIT_UNAVAILABLE when a try failed. The entry is not given up then.
  using Written = std::function<void(const absl::Status&)>;

  AuditWriter(eventlog::EventLog& log, AuditWriterOptions options);
  // Writes what waits, where the log takes it.
  ~AuditWriter();
  AuditWriter(const AuditWriter&) = delete;
  AuditWriter& operator=(const AuditWriter&) = delete;

  // Keeps `places` for entries to come; each entry that is written gives its own back, and GiveBack
  // those of entries that do not come.
  //   UNAVAILABLE         AUDIT_UNAVAILABLE
  //   RESOURCE_EXHAUSTED  OVERLOADED
  absl::Status Reserve(size_t places);
  void GiveBack(size_t places);

  // Writes `entry`, for which a place was kept; soon where `written` is empty, now otherwise.
  void Add(const v1::AuditEntry& entry, Written written = nullptr);

 private:
  struct Pending {
    std::string stream;
    std::string payload;
    Written written;
  };
  // kIdle: nothing is on its way. kWriting: a group is. kFailed: the group waits to be tried again.
  enum class State { kIdle, kWriting, kFailed };

  void Write() ABSL_LOCKS_EXCLUDED(mutex_);
  void OnWritten(absl::StatusOr<std::vector<eventlog::AppendResult>> results);
  void OnStored(const std::vector<eventlog::AppendResult>& results);
  void OnFailed(const absl::Status& why);
  absl::StatusOr<std::vector<eventlog::AppendRequest>> ToRequests();
  absl::StatusOr<uint64_t> RevisionOf(const std::string& stream);
  void Run();
  void WriteWhatWaits() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  eventlog::EventLog& log_;
  const AuditWriterOptions options_;
  const std::string instance_;  // Makes request ids of this process unlike those of others.
  rpc::Counter& entries_total_;
  rpc::Gauge& waiting_gauge_;
  rpc::Gauge& unavailable_gauge_;

  // Of whoever made the state kWriting, until it is another.
  std::vector<Pending> group_;
  std::vector<std::string> group_streams_;  // Of the requests, in their order.
  uint64_t group_number_ = 0;
  absl::flat_hash_map<std::string, uint64_t> revisions_;

  Mutex mutex_;
  ConditionVariable changed_;
  State state_ ABSL_GUARDED_BY(mutex_) = State::kIdle;
  std::vector<Pending> pending_ ABSL_GUARDED_BY(mutex_);
  size_t places_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);  // AUDIT_UNAVAILABLE since a try failed.
  std::chrono::steady_clock::time_point failed_time_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // Last: it uses all of the above.
};

}  // namespace sakip::audit

#endif  // SAKIP_COMMON_AUDIT_AUDIT_WRITER_H_
