// Workers are the threads that do what those of gRPC and of the log must not: wait for the disk of
// evidence, and go on with imports.
#ifndef SAKIP_SERVICES_REALIZATION_STORE_WORKERS_H_
#define SAKIP_SERVICES_REALIZATION_STORE_WORKERS_H_

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "common/base/fair_queue.h"
#include "common/base/mutex.h"

namespace sakip::realization {

// Thread-safe. Jobs of a tenant start in the order given, and tenants take turns: however many jobs
// one has waiting, another's is held up by one of each. The queue is as long as there are calls,
// which the gate limits: each has one job at a time.
class Workers {
 public:
  explicit Workers(int threads);

  // Runs every job that was given, then ends.
  ~Workers();

  void Run(const std::string& tenant, std::function<void()> job);

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
