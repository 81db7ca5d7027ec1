// TokenBucket bounds a rate: tokens come in steadily up to a burst, and who spends more waits.
#ifndef SAKIP_COMMON_QUOTA_TOKEN_BUCKET_H_
#define SAKIP_COMMON_QUOTA_TOKEN_BUCKET_H_

#include <algorithm>
#include <cstdint>

#include "absl/time/time.h"

namespace sakip::quota {

// Tokens a second, and how many there are after a quiet time. Neither is 0.
struct Rate {
  uint64_t per_second = 0;
  uint64_t burst = 0;

  friend bool operator==(const Rate& a, const Rate& b) {
    return a.per_second == b.per_second && a.burst == b.burst;
  }
};

// A value, not thread-safe. All it keeps is when it will be full again (GCRA, ITU-T I.371), so
// nothing runs while nobody asks. Times must not go backwards.
class TokenBucket {
 public:
  // Full.
  explicit TokenBucket(const Rate& rate) : rate_(rate) {}

  // How long until `tokens` may be spent; zero where they may be now. More than the burst may be
  // spent when the bucket is full.
  absl::Duration TimeUntil(uint64_t tokens, absl::Time now) const {
    const absl::Time there = full_at_ - TimeOf(rate_.burst - std::min(tokens, rate_.burst));
    return std::max(there - now, absl::ZeroDuration());
  }

  // How long until what was spent beyond the bucket has come in; zero where nothing was.
  absl::Duration Debt(absl::Time now) const { return TimeUntil(0, now); }

  // Spends tokens, there or not: what is not there is a debt.
  void Spend(uint64_t tokens, absl::Time now) {
    full_at_ = std::max(full_at_, now) + TimeOf(tokens);
  }

  // True where it is as if it were new.
  bool IsFull(absl::Time now) const { return full_at_ <= now; }

  // Another rate from now on; what is missing stays missing.
  void SetRate(const Rate& rate, absl::Time now) {
    const double missing =
        absl::FDivDuration(std::max(full_at_ - now, absl::ZeroDuration()), absl::Seconds(1)) *
        static_cast<double>(rate_.per_second);
    rate_ = rate;
    full_at_ = now + TimeOf(static_cast<uint64_t>(missing));
  }

  const Rate& rate() const { return rate_; }

 private:
  // How long so many tokens take to come in.
  absl::Duration TimeOf(uint64_t tokens) const {
    return absl::Seconds(static_cast<int64_t>(tokens)) / static_cast<int64_t>(rate_.per_second);
  }

  Rate rate_;
  absl::Time full_at_ = absl::InfinitePast();
};

}  // namespace sakip::quota

#endif  // SAKIP_COMMON_QUOTA_TOKEN_BUCKET_H_
