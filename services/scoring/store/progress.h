// Progress tells how far the logs were read, and calls those who wait for a position.
#ifndef SAKIP_SERVICES_SCORING_STORE_PROGRESS_H_
#define SAKIP_SERVICES_SCORING_STORE_PROGRESS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "common/base/mutex.h"
#include "services/scoring/store/positions.h"

namespace sakip::scoring {

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

  // `source` has `end` records, as far as it was heard; no fewer than are read.
  void LearnEnd(Source source, uint64_t end);

  // Nobody follows the logs for a while: what they have now is not known.
  void ForgetEnds();

  // True where the logs are known to have what `at_least` asks for, so that it will be read, or
  // where one was not heard of yet.
  bool IsKnown(const Positions& at_least) const;

  // Takes a place of those who wait for what no log is known to have, perhaps for nothing; false
  // where kUnknownPlaces are taken.
  bool TakeUnknownPlace();
  void GiveUnknownPlace();

  static constexpr int kUnknownPlaces = 128;

  // The records before `position` of `source` are read: calls those who waited for that.
  void Advance(Source source, uint64_t position);

  // Calls `ready` once, when `at_least` is Reached or WakeAll was called: at once where that is so
  // already. `ready` must not block.
  WaitId Wait(const Positions& at_least, std::function<void()> ready);

  // The same once more is read than `seen`, of any log.
  WaitId WaitForMore(const Positions& seen, std::function<void()> ready);

  // Forgets a wait; its `ready` may be running, or have run.
  void Forget(WaitId id);

  // Calls all who wait, and from now on everybody at once: the service stops.
  void WakeAll();

 private:
  struct Waiter {
    Positions positions;
    bool for_more = false;  // Than the positions; otherwise for them.
    std::function<void()> ready;

    bool IsDue(const Positions& read) const {
      return for_more ? read != positions : read.Reach(positions);
    }
  };

  WaitId Add(Waiter waiter);
  bool IsDue(const Waiter& waiter) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !held_back_ && waiter.IsDue(read_);
  }
  // Takes out those who need not wait any more.
  std::vector<std::function<void()>> TakeReady() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable Mutex mutex_;
  Positions read_ ABSL_GUARDED_BY(mutex_);
  std::optional<uint64_t> planning_end_ ABSL_GUARDED_BY(mutex_);
  std::optional<uint64_t> realization_end_ ABSL_GUARDED_BY(mutex_);
  int unknown_places_taken_ ABSL_GUARDED_BY(mutex_) = 0;
  bool held_back_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  WaitId next_id_ ABSL_GUARDED_BY(mutex_) = 1;
  std::map<WaitId, Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_PROGRESS_H_
