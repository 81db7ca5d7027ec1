// Progress tells how far the logs were read, and calls those who wait for a position.
#ifndef SAKIP_SERVICES_SCORING_STORE_PROGRESS_H_
#define SAKIP_SERVICES_SCORING_STORE_PROGRESS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "common/base/mutex.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Numbers of records read of each log.
struct Positions {
  uint64_t planning = 0;
  uint64_t realization = 0;

  bool Reach(const Positions& other) const {
    return planning >= other.planning && realization >= other.realization;
  }
};

// Thread-safe.
class Progress {
 public:
  using WaitId = uint64_t;

  Positions read() const;

  // From now on all wait, until Release, whatever they ask for: what is read is no state that
  // anybody was ever told, for it lacks what a store before this one had read.
  void HoldBack();
  void Release();

  // True where `at_least` is read and nothing holds back: who asks for it need not wait.
  bool Reached(const Positions& at_least) const;

  // The records before `position` of `source` are read: calls those who waited for that.
  void Advance(Source source, uint64_t position);

  // Calls `ready` once, when `at_least` is Reached or WakeAll was called: at once where that is so
  // already. `ready` must not block.
  WaitId Wait(const Positions& at_least, std::function<void()> ready);

  // Forgets a wait; its `ready` may be running, or have run.
  void Forget(WaitId id);

  // Calls all who wait, and from now on everybody at once: the service stops.
  void WakeAll();

 private:
  struct Waiter {
    Positions at_least;
    std::function<void()> ready;
  };

  bool ReachedLocked(const Positions& at_least) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !held_back_ && read_.Reach(at_least);
  }
  // Takes out those who need not wait any more.
  std::vector<std::function<void()>> TakeReady() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  Positions read_ ABSL_GUARDED_BY(mutex_);
  bool held_back_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  WaitId next_id_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<WaitId, Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_PROGRESS_H_
