// Workers are the threads that do what those of gRPC and of the log must not: wait for the disk of
// evidence, and go on with imports.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_WORKERS_H_
#define SAKIP_SERVICES_REALIZATION_STORE_WORKERS_H_

#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "common/base/fair_queue.h"
#include "common/base/mutex.h"

namespace sakip::realization {

// Thread-safe. Jobs of a tenant start in the order given, and tenants take turns: however many jobs
// one has waiting, another's is held up by one of each.
class Workers {
 public:
  explicit Workers(int threads);

  // Runs every job that was given, then ends.
  ~Workers();

  // For a call that lasts until its job is done: the gate limits how many there are.
  void Run(const std::string& tenant, std::function<void()> job);

  // For one that may end before: false, and nothing is run, where kOfferedMax of the tenant wait.
  bool Offer(const std::string& tenant, std::function<void()> job);

  static constexpr size_t kOfferedMax = 256;

 private:
  void Work();

  Mutex mutex_;
  ConditionVariable changed_;
  FairQueue<std::function<void()>> jobs_ ABSL_GUARDED_BY(mutex_){1};
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_STORE_WORKERS_H_
