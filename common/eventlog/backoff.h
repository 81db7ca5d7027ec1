// Backoff tells how long to wait before the next attempt: twice as long each time, with jitter, so
// that many clients of one server do not come back at the same moment.
#ifndef SAKIP_COMMON_EVENTLOG_BACKOFF_H_
#define SAKIP_COMMON_EVENTLOG_BACKOFF_H_

#include <algorithm>
#include <cstdint>
#include <random>

#include "absl/time/time.h"

namespace sakip::eventlog {

// Not thread-safe.
class Backoff {
 public:
  Backoff(absl::Duration min, absl::Duration max, uint64_t seed)
      : min_(min), max_(std::max(min, max)), random_(seed) {}

  // Between half and all of a time that starts at the minimum and doubles up to the maximum.
  absl::Duration Next() {
    const absl::Duration longest = next_;
    next_ = std::min(next_ * 2, max_);
    return longest * std::uniform_real_distribution<double>(0.5, 1.0)(random_);
  }

  // The last attempt was good: the next wait is the shortest again.
  void Reset() { next_ = min_; }

 private:
  const absl::Duration min_;
  const absl::Duration max_;
  absl::Duration next_ = min_;
  std::mt19937_64 random_;
};

}  // namespace sakip::eventlog

#endif  // SAKIP_COMMON_EVENTLOG_BACKOFF_H_
