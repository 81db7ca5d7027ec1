// FakeClock is a Clock that tests set.
#ifndef SAKIP_COMMON_TESTING_FAKE_CLOCK_H_
#define SAKIP_COMMON_TESTING_FAKE_CLOCK_H_

#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"

namespace sakip::testing {

// Thread-safe. Stands still unless told otherwise.
class FakeClock : public Clock {
 public:
  explicit FakeClock(absl::Time now = absl::FromCivil(absl::CivilDay(2023, 11, 21),
                                                      absl::UTCTimeZone()))
      : now_(now) {}

  absl::Time Now() const override {
    MutexLock lock(mutex_);
    return now_;
  }

  void Set(absl::Time now) {
    MutexLock lock(mutex_);
    now_ = now;
  }

  void Advance(absl::Duration by) {
    MutexLock lock(mutex_);
    now_ += by;
  }

 private:
  mutable Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace sakip::testing

#endif  // SAKIP_COMMON_TESTING_FAKE_CLOCK_H_
