// AppendQueue holds the appends that wait for the committer, whose turns it shares fairly among
// tenants by bytes, and counts all that are in flight.
#ifndef SAKIP_COMMON_EVENTLOG_APPEND_QUEUE_H_
#define SAKIP_COMMON_EVENTLOG_APPEND_QUEUE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/fair_queue.h"
#include "common/base/mutex.h"
#include "common/eventlog/checked_append.h"
#include "common/eventlog/event_log.h"

namespace sakip::eventlog {

// Bounds what a log holds in memory for its writers. In flight is what is queued or being written.
struct AppendLimits {
  size_t in_flight_requests_max = 4096;
  size_t in_flight_bytes_max = 64 * 1024 * 1024;
  // Of them that wait of one tenant: what it has more is refused while others still find room.
  size_t tenant_requests_max = 1024;
  size_t tenant_bytes_max = 32 * 1024 * 1024;
  // A group ends with the append that reaches this many bytes: later ones wait for the next sync
  // rather than for a long write.
  size_t group_bytes_max = 4 * 1024 * 1024;
};

// Appends that are stored together or not at all.
struct PendingAppend {
  std::vector<CheckedAppend> appends;
  AppendAllCallback done;
  size_t bytes = 0;                         // Of all of them.
  absl::Time since = absl::InfinitePast();  // When it was queued; set by the queue.

  // Whose turn they take: that of the first.
  const std::string& tenant() const { return appends.front().agency; }
  absl::Time deadline() const;  // The nearest of them.
};

// UNAVAILABLE LOG_STOPPED.
absl::Status LogStopped(absl::string_view why);

// Thread-safe; Gather and what follows it by one thread, the committer.
class AppendQueue {
 public:
  explicit AppendQueue(const AppendLimits& limits);

  // Takes `pending`, or leaves it as it is and says why. A single append that is larger than a
  // limit in bytes is taken where nothing else is in flight, or waits of its tenant.
  //
  //   RESOURCE_EXHAUSTED  OVERLOADED   the limits are reached.
  //   UNAVAILABLE         LOG_STOPPED
  absl::Status Push(PendingAppend& pending);

  // Waits until there are appends and takes the next group; empty once the queue is closed and
  // empty, or stopped. Those of a tenant come in the order that they were pushed in. They stay in
  // flight until the next call of Release.
  std::vector<PendingAppend> Gather();

  // The appends gathered last are no longer in flight.
  void Release();

  // Nothing more will come; Gather returns what is left.
  void Close();

  // Refuses all later appends with LOG_STOPPED and returns those that are queued.
  std::vector<PendingAppend> Stop();

 private:
  absl::Status CheckRoom(const PendingAppend& pending) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const AppendLimits limits_;
  Mutex mutex_;
  ConditionVariable changed_;
  FairQueue<PendingAppend> queued_ ABSL_GUARDED_BY(mutex_);  // By bytes.
  size_t in_flight_requests_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t in_flight_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t gathered_requests_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t gathered_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;  // The committer needs to be woken.
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_APPEND_QUEUE_H_
