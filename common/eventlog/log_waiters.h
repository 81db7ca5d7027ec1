// LogWaiters keeps those who wait for a log to grow and calls each once.
#ifndef SAKIP_COMMON_EVENTLOG_LOG_WAITERS_H_
#define SAKIP_COMMON_EVENTLOG_LOG_WAITERS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"

namespace sakip::eventlog {

// Thread-safe; Advance and Stop by one thread at a time. No lock is held while a callback runs.
// Callbacks that still wait at destruction are dropped.
class LogWaiters {
 public:
  explicit LogWaiters(uint64_t end_position) : end_position_(end_position) {}

  // As EventLog::WaitForMore.
  WaitId Add(uint64_t position, std::function<void()> ready);

  // As EventLog::CancelWait. May be called by a callback, also about itself.
  void Cancel(WaitId id);

  // The log has `end_position` records.
  void Advance(uint64_t end_position);

  // The log takes no more records: everybody is called, now and later.
  void Stop();

 private:
  // Position waited for, and the wait: sorted, those to be called come first.
  using Key = std::pair<uint64_t, WaitId>;

  void CallReady();

  Mutex mutex_;
  ConditionVariable call_ended_;
  uint64_t end_position_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  WaitId last_id_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<Key, std::function<void()>> waits_ ABSL_GUARDED_BY(mutex_);
  std::map<WaitId, uint64_t> positions_ ABSL_GUARDED_BY(mutex_);  // Of those in waits_.
  WaitId running_ ABSL_GUARDED_BY(mutex_) = 0;                    // 0 where none runs.
  std::thread::id running_thread_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_LOG_WAITERS_H_
