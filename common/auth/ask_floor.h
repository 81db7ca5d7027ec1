// AskFloor lets one ask pass in each stretch of time, however often somebody asks.
#ifndef SAKIP_COMMON_AUTH_ASK_FLOOR_H_
#define SAKIP_COMMON_AUTH_ASK_FLOOR_H_

#include "absl/time/time.h"

namespace sakip::auth {

// Not thread-safe.
class AskFloor {
 public:
  explicit AskFloor(absl::Duration every) : every_(every) {}

  // True where the ask at `now` passes.
  bool Pass(absl::Time now) {
    // A clock that was set back must not keep everybody out until it is where it was.
    if (passed_ <= now && now < passed_ + every_) return false;
    passed_ = now;
    return true;
  }

 private:
  const absl::Duration every_;
  absl::Time passed_ = absl::InfinitePast();
};

}  // namespace sakip::auth

#endif  // SAKIP_COMMON_AUTH_ASK_FLOOR_H_
