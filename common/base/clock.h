// Clock tells the time, so that tests can set it.
#ifndef SAKIP_COMMON_BASE_CLOCK_H_
#define SAKIP_COMMON_BASE_CLOCK_H_

#include <chrono>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace sakip {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

class SystemClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

// `given`, or where that is null one that lives as long as the process.
inline const Clock& OrSystemClock(const Clock* given) {
  static const Clock& clock = *new SystemClock;
  return given == nullptr ? clock : *given;
}

// Tells times that only their differences mean something of: it is never set, so it never goes
// backwards.
class SteadyClock : public Clock {
 public:
  absl::Time Now() const override {
    return absl::UnixEpoch() +
           absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
  }
};

// The same, of a clock that is never set.
inline const Clock& OrSteadyClock(const Clock* given) {
  static const Clock& clock = *new SteadyClock;
  return given == nullptr ? clock : *given;
}

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_CLOCK_H_
