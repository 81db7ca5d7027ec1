// Mutex and MutexLock: std::mutex with the annotations of clang's -Wthread-safety.
//
// absl::Mutex is not used: Debian's Abseil is not instrumented and ThreadSanitizer reports false
// races on it.
#ifndef SAKIP_COMMON_BASE_MUTEX_H_
#define SAKIP_COMMON_BASE_MUTEX_H_

#include <condition_variable>
#include <mutex>

#include "absl/base/thread_annotations.h"

namespace sakip {

class ABSL_LOCKABLE Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() { mutex_.lock(); }
  void unlock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class ABSL_SCOPED_LOCKABLE MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) ABSL_EXCLUSIVE_LOCK_FUNCTION(mutex) : mutex_(mutex) {
    mutex_.lock();
  }
  ~MutexLock() ABSL_UNLOCK_FUNCTION() { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

// Waits with a Mutex: `condition.wait(mutex)` while the caller holds it.
using ConditionVariable = std::condition_variable_any;

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_MUTEX_H_
