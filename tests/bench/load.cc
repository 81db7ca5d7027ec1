#include "tests/bench/load.h"

#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "common/base/mutex.h"

namespace sakip::bench {
namespace {

std::vector<float> Join(const std::vector<std::vector<float>>& parts) {
  std::vector<float> all;
  for (const std::vector<float>& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

SteadyTime EndOf(const Load& load) {
  return Now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(load.time);
}

// One run; its slots are touched by one thread at a time each.
class AsyncRun {
 public:
  AsyncRun(const Load& load, const StartOperation& start)
      : end_(EndOf(load)), start_(start), begun_(load.in_flight), latencies_us_(load.in_flight) {}

  Sample Run() {
    const Stopwatch stopwatch;
    std::vector<size_t> ready(begun_.size());
    std::iota(ready.begin(), ready.end(), 0);
    size_t running = 0;
    do {
      for (const size_t slot : ready) {
        if (Now() >= end_) break;
        ++running;
        begun_[slot] = Now();
        start_(slot, [this, slot] { Finish(slot); });
      }
      if (running == 0) break;
      ready = WaitForReady();
      running -= ready.size();
    } while (true);
    return stopwatch.Stop(Join(latencies_us_));
  }

 private:
  void Finish(size_t slot) {
    latencies_us_[slot].push_back(static_cast<float>(MicrosecondsSince(begun_[slot])));
    MutexLock lock(mutex_);
    ready_.push_back(slot);
    if (waiting_) changed_.notify_one();
  }

  std::vector<size_t> WaitForReady() {
    MutexLock lock(mutex_);
    while (ready_.empty()) {
      waiting_ = true;
      changed_.wait(mutex_);
      waiting_ = false;
    }
    return std::exchange(ready_, {});
  }

  const SteadyTime end_;
  const StartOperation& start_;
  std::vector<SteadyTime> begun_;
  std::vector<std::vector<float>> latencies_us_;

  Mutex mutex_;
  ConditionVariable changed_;
  std::vector<size_t> ready_ ABSL_GUARDED_BY(mutex_);
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

Sample RunAsync(const Load& load, const StartOperation& start) {
  return AsyncRun(load, start).Run();
}

Sample RunThreads(const Load& load, const BlockingOperation& run) {
  std::vector<std::vector<float>> latencies_us(load.in_flight);
  std::vector<std::thread> threads;
  const Stopwatch stopwatch;
  const SteadyTime end = EndOf(load);
  for (size_t slot = 0; slot < load.in_flight; ++slot) {
    threads.emplace_back([&, slot] {
      while (Now() < end) {
        const SteadyTime begin = Now();
        run(slot);
        latencies_us[slot].push_back(static_cast<float>(MicrosecondsSince(begin)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return stopwatch.Stop(Join(latencies_us));
}

}  // namespace sakip::bench
