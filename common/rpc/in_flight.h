// InFlightLimit bounds how much runs at a time: calls, or bytes that are read.
#ifndef SAKIP_COMMON_RPC_IN_FLIGHT_H_
#define SAKIP_COMMON_RPC_IN_FLIGHT_H_

#include <atomic>
#include <cstddef>
#include <utility>

#include "common/rpc/metrics.h"

namespace sakip::rpc {

// Thread-safe. Outlives its slots.
class InFlightLimit {
 public:
  // Places of what runs, given back when destroyed. Empty where the limit was reached.
  class Slot {
   public:
    Slot() = default;
    Slot(Slot&& other) noexcept
        : limit_(std::exchange(other.limit_, nullptr)), places_(other.places_) {}
    Slot& operator=(Slot&& other) noexcept {
      Release();
      limit_ = std::exchange(other.limit_, nullptr);
      places_ = other.places_;
      return *this;
    }
    ~Slot() { Release(); }

    explicit operator bool() const { return limit_ != nullptr; }

    void Release() {
      if (limit_ != nullptr) std::exchange(limit_, nullptr)->Give(places_);
    }

   private:
    friend class InFlightLimit;
    Slot(InFlightLimit* limit, size_t places) : limit_(limit), places_(places) {}

    InFlightLimit* limit_ = nullptr;
    size_t places_ = 0;
  };

  // At most `max` places at a time; `gauge` shows how many are taken.
  InFlightLimit(size_t max, Gauge& gauge) : max_(max), gauge_(gauge) {}

  Slot TryTake(size_t places = 1) {
    if (taken_.fetch_add(places, std::memory_order_relaxed) + places > max_) {
      taken_.fetch_sub(places, std::memory_order_relaxed);
      return Slot();
    }
    gauge_.Add(static_cast<double>(places));
    return Slot(this, places);
  }

  size_t max() const { return max_; }

 private:
  void Give(size_t places) {
    taken_.fetch_sub(places, std::memory_order_relaxed);
    gauge_.Add(-static_cast<double>(places));
  }

  const size_t max_;
  Gauge& gauge_;
  std::atomic<size_t> taken_{0};
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_IN_FLIGHT_H_
