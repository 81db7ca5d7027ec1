// WorkLine decides which work waits for the processor, which is refused, and whose turn it is.
//
// Why it refuses by time and not by number: what overload spoils is the wait, so that is what is
// bounded. The line knows how long a unit of cost takes (measured) and so, at the door, how long
// newly come work would wait; what would wait for too long is refused at once, while refusing is
// all that was spent on it. A line that stands delays everyone and speeds up nobody (Nichols and
// Jacobson, "Controlling queue delay", CACM 2012), so work waits for `wait_target` and no more, but
// for bursts: time in which workers idled is credit, up to `burst_max`, which time in which none
// did uses up. A limit on work in flight that adapts (as TCP Vegas does) was the other choice; it
// must guess the best latency from a mix of methods that differ a hundredfold, and finds out about
// an overload from calls that were slow already. Between tenants turns go by deficit round robin,
// and where the line is full, who had much lately makes room for who had less: a flood is refused,
// and not what comes beside it.
#ifndef SAKIP_COMMON_RPC_WORK_LINE_H_
#define SAKIP_COMMON_RPC_WORK_LINE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/fair_queue.h"

namespace sakip::rpc {

// What a call has to do. A value.
struct Work {
  std::string tenant{};  // Whose turn it takes.
  uint32_t cost = 1;
  absl::Time deadline = absl::InfiniteFuture();
  // Called once: with OK when it is its turn, or with why that never comes.
  std::function<void(const absl::Status& turn)> run{};
  absl::Time since{};  // When it came; set by the line.
};

struct WorkLimits {
  int workers = 1;                                      // That take turns.
  absl::Duration wait_target = absl::Milliseconds(10);  // One work may wait for longer.
  absl::Duration burst_max = absl::Milliseconds(150);   // Beyond wait_target.
  size_t waiting_max = 4096;                            // Whatever they cost.
};

// What tenants had lately: of what was long ago counts less and less. Not thread-safe.
class RecentUse {
 public:
  void Add(const std::string& tenant, uint32_t cost, absl::Time now);
  double Of(const std::string& tenant, absl::Time now) const;

  size_t size() const { return used_.size(); }

 private:
  struct Used {
    double cost = 0;
    absl::Time at;
  };

  static double At(const Used& used, absl::Time now);
  void Forget(absl::Time now);

  std::unordered_map<std::string, Used> used_;
  size_t forget_at_ = kForgetAtMin;  // Size at which what is long ago is forgotten.
  static constexpr size_t kForgetAtMin = 64;
};

// Not thread-safe. Times are those of a clock that does not go backwards, but for deadlines.
class WorkLine {
 public:
  explicit WorkLine(const WorkLimits& limits);

  // Takes `work`, of whose deadline `left` is left, or leaves it as it is and says why. `evicted`
  // is set to work that makes room for it.
  //   RESOURCE_EXHAUSTED  OVERLOADED  it would wait for too long, or beyond its deadline.
  absl::Status Offer(Work& work, absl::Duration left, absl::Time now, std::optional<Work>& evicted);

  // Whose turn it is; nothing where none waits.
  std::optional<Work> Next(absl::Time now);

  // Work of so many cost units took so long.
  void Learn(uint32_t cost, absl::Duration took);

  // Work that had its turn has ended: its worker is idle.
  void Ended(absl::Time now);

  // How long what waits now will take to be begun.
  absl::Duration Wait() const { return TimeOf(waiting_.cost()); }

  size_t size() const { return waiting_.size(); }

 private:
  absl::Duration TimeOf(uint64_t cost) const;
  // What is done until work of `tenant` that comes now is, where all who wait take turns.
  uint64_t OwnTurns(const std::string& tenant, uint32_t cost) const;
  void CountIdle(absl::Time now);
  bool MakeRoom(const Work& work, absl::Time now, std::optional<Work>& evicted);

  const WorkLimits limits_;
  FairQueue<Work> waiting_;
  int running_ = 0;                               // Works that have their turn.
  absl::Duration burst_;                          // How much a burst may have now.
  absl::Time counted_at_ = absl::InfinitePast();  // Until when idle time was counted.
  // Sums of which older work counts less and less: their ratio is the time of a unit.
  double seconds_ = 0;
  double units_ = 0;
  RecentUse recent_;
};

// OVERLOADED, with when to try again.
absl::Status Overloaded(absl::string_view why, absl::Duration delay);

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_WORK_LINE_H_
