#include "services/realization/store/workers.h"

#include <optional>
#include <utility>

namespace sakip::realization {

Workers::Workers(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

Workers::~Workers() {
  {
    MutexLock lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::Run(const std::string& tenant, std::function<void()> job) {
  {
    MutexLock lock(mutex_);
    jobs_.Push(tenant, /*cost=*/1, std::move(job));
  }
  changed_.notify_one();
}

bool Workers::Offer(const std::string& tenant, std::function<void()> job) {
  {
    MutexLock lock(mutex_);
    if (jobs_.SizeOf(tenant) >= kOfferedMax) return false;
    jobs_.Push(tenant, /*cost=*/1, std::move(job));
  }
  changed_.notify_one();
  return true;
}

void Workers::Work() {
  while (true) {
    std::optional<std::function<void()>> job;
    {
      MutexLock lock(mutex_);
      while (jobs_.empty() && !ending_) changed_.wait(mutex_);
      job = jobs_.Pop();
    }
    if (!job.has_value()) return;
    (*job)();
  }
}

}  // namespace sakip::realization
