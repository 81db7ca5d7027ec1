// InFlightLimit bounds how many calls run at a time.
#ifndef SAKIP_COMMON_RPC_IN_FLIGHT_H_
#define SAKIP_COMMON_RPC_IN_FLIGHT_H_

#include <atomic>
#include <utility>

#include "common/rpc/metrics.h"

namespace sakip::rpc {

// Thread-safe. Outlives its slots.
class InFlightLimit {
 public:
  // One running call; gives its place back when destroyed. Empty where the limit was reached.
  class Slot {
   public:
    Slot() = default;
    Slot(Slot&& other) noexcept : limit_(std::exchange(other.limit_, nullptr)) {}
    Slot& operator=(Slot&& other) noexcept {
      Release();
      limit_ = std::exchange(other.limit_, nullptr);
      return *this;
    }
    ~Slot() { Release(); }

    explicit operator bool() const { return limit_ != nullptr; }

    void Release() {
      if (limit_ != nullptr) std::exchange(limit_, nullptr)->Give();
    }

   private:
    friend class InFlightLimit;
    explicit Slot(InFlightLimit* limit) : limit_(limit) {}

    InFlightLimit* limit_ = nullptr;
  };

  // At most `max` slots at a time; `gauge` shows how many are taken.
  InFlightLimit(int max, Gauge& gauge) : max_(max), gauge_(gauge) {}

  Slot TryTake() {
    if (taken_.fetch_add(1, std::memory_order_relaxed) >= max_) {
      taken_.fetch_sub(1, std::memory_order_relaxed);
      return Slot();
    }
    gauge_.Add(1);
    return Slot(this);
  }

  int max() const { return max_; }

 private:
  void Give() {
    taken_.fetch_sub(1, std::memory_order_relaxed);
    gauge_.Add(-1);
  }

  const int max_;
  Gauge& gauge_;
  std::atomic<int> taken_{0};
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_IN_FLIGHT_H_
