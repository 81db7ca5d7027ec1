// WorkQueue runs what takes the processor for longer than a glance, in turns that are fair between
// tenants (work_line.h), on threads of its own: those of gRPC stay free to answer cheap reads and
// to refuse.
#ifndef SAKIP_COMMON_RPC_WORK_QUEUE_H_
#define SAKIP_COMMON_RPC_WORK_QUEUE_H_

#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/mutex.h"
#include "common/rpc/call.h"
#include "common/rpc/metrics.h"
#include "common/rpc/work_line.h"

namespace sakip::rpc {

// Calls of methods that cost less are answered where they came in: a read of one resource takes
// less time than its turn would.
inline constexpr uint32_t kQueuedCostMin = 5;

struct WorkOptions {
  // `workers` 0 means as many as the process has processors, and two at least, so that one long
  // work does not hold up all others.
  WorkLimits limits = {.workers = 0};
  Metrics* metrics = nullptr;    // Borrowed; null means InertMetrics().
  const Clock* clock = nullptr;  // Borrowed; null means the system's. Deadlines are read by it.
};

// Thread-safe. When it is destroyed nothing may wait any more.
//
//   sakip_work_waiting               works that wait for their turn
//   sakip_work_wait_seconds          how long works waited that had their turn
//   sakip_work_refused_total{why}    `wait`: it would have waited for too long; `evicted`: it made
//                                    room for a tenant with less waiting; `deadline`: it passed
//                                    before its turn
class WorkQueue {
 public:
  using Turn = std::function<void(const absl::Status& turn)>;

  explicit WorkQueue(WorkOptions options);
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  // Calls `turn` once, with OK on a worker when it is the turn of the call, or at once where its
  // method costs less than kQueuedCostMin; or with what it is refused with, on any thread.
  //
  //   RESOURCE_EXHAUSTED  OVERLOADED       with a retry delay
  //   DEADLINE_EXCEEDED   DEADLINE_PASSED
  void InTurn(const Call& call, Turn turn) { InTurn(call, call.cost(), std::move(turn)); }

  // The same, for a part of the call that costs `cost`.
  void InTurn(const Call& call, uint32_t cost, Turn turn);

 private:
  void TakeTurns();
  void Run(const Work& work);

  const WorkLimits limits_;
  Metrics& metrics_;
  const Clock& clock_;
  const SteadyClock steady_clock_;
  Gauge& waiting_gauge_;
  Histogram& wait_seconds_;
  Counter& refused_for_wait_;
  Counter& evicted_;
  Counter& refused_for_deadline_;
  Mutex mutex_;
  ConditionVariable changed_;
  WorkLine line_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> workers_;
};

}  // namespace sakip::rpc

#endif  // SAKIP_COMMON_RPC_WORK_QUEUE_H_
