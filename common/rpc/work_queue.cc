#include "common/rpc/work_queue.h"

#include <sched.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/thread_priority.h"

namespace sakip::rpc {
namespace {

constexpr int kWorkersMin = 2;

// That this process may use, which may be fewer than the machine has.
int Processors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) != 0) return kWorkersMin;
  return CPU_COUNT(&set);
}

WorkLimits WithWorkers(WorkLimits limits) {
  if (limits.workers == 0) limits.workers = std::max(Processors(), kWorkersMin);
  return limits;
}

Counter& RefusedCounter(Metrics& metrics, const char* why) {
  return metrics.AddCounter("sakip_work_refused_total", "Works that never had their turn, by why.",
                            {{"why", why}});
}

absl::Status DeadlinePassed() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_PASSED",
                   "the deadline passed while the call waited for its turn");
}

}  // namespace

WorkQueue::WorkQueue(WorkOptions options)
    : limits_(WithWorkers(options.limits)),
      metrics_(options.metrics == nullptr ? InertMetrics() : *options.metrics),
      clock_(OrSystemClock(options.clock)),
      waiting_gauge_(
          metrics_.AddGauge("sakip_work_waiting", "Works that wait for their turn.", {})),
      wait_seconds_(metrics_.AddHistogram(
          "sakip_work_wait_seconds", "How long works waited that had their turn, in seconds.", {},
          {0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1})),
      refused_for_wait_(RefusedCounter(metrics_, "wait")),
      evicted_(RefusedCounter(metrics_, "evicted")),
      refused_for_deadline_(RefusedCounter(metrics_, "deadline")),
      line_(limits_) {
  for (int i = 0; i < limits_.workers; ++i) workers_.emplace_back([this] { TakeTurns(); });
}

WorkQueue::~WorkQueue() {
  {
    MutexLock lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void WorkQueue::InTurn(const Call& call, uint32_t cost, Turn turn) {
  if (cost < kQueuedCostMin) return turn(absl::OkStatus());
  Work work;
  // Who reads across agencies has one turn, and not one of each of them.
  work.tenant =
      call.scope().empty() ? absl::StrCat("callers/", call.principal().subject) : call.scope();
  work.cost = cost;
  work.deadline = call.deadline();
  work.run = std::move(turn);
  std::optional<Work> evicted;
  absl::Status taken;
  {
    MutexLock lock(mutex_);
    taken = line_.Offer(work, work.deadline - clock_.Now(), steady_clock_.Now(), evicted);
    waiting_gauge_.Set(static_cast<double>(line_.size()));
  }
  if (!taken.ok()) {
    refused_for_wait_.Increment(1);
    return work.run(taken);
  }
  changed_.notify_one();
  if (!evicted.has_value()) return;
  evicted_.Increment(1);
  evicted->run(Overloaded("others have less waiting; retry after RetryInfo", absl::ZeroDuration()));
}

void WorkQueue::TakeTurns() {
  ComeLast();
  while (true) {
    std::optional<Work> work;
    {
      MutexLock lock(mutex_);
      while (line_.size() == 0 && !ending_) changed_.wait(mutex_);
      if (line_.size() == 0) return;
      work = line_.Next(steady_clock_.Now());
      waiting_gauge_.Set(static_cast<double>(line_.size()));
    }
    Run(*work);
    MutexLock lock(mutex_);
    line_.Ended(steady_clock_.Now());
  }
}

void WorkQueue::Run(const Work& work) {
  if (work.deadline <= clock_.Now()) {
    refused_for_deadline_.Increment(1);
    return work.run(DeadlinePassed());
  }
  const absl::Time begin = steady_clock_.Now();
  wait_seconds_.Observe(absl::ToDoubleSeconds(begin - work.since));
  work.run(absl::OkStatus());
  const absl::Duration took = steady_clock_.Now() - begin;
  MutexLock lock(mutex_);
  line_.Learn(work.cost, took);
}

}  // namespace sakip::rpc
