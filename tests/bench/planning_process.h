// PlanningProcess runs the planningd of this build as it is run: a process of its own, with its log
// on disk.
#ifndef SAKIP_TESTS_BENCH_PLANNING_PROCESS_H_
#define SAKIP_TESTS_BENCH_PLANNING_PROCESS_H_

#include <sys/types.h>

#include <cstddef>
#include <string>

namespace sakip::bench {

// Not thread-safe. Whatever fails here ends the program.
class PlanningProcess {
 public:
  // Starts it on the data in `folder` and returns when it serves.
  explicit PlanningProcess(std::string folder);
  ~PlanningProcess();  // Asks it to end, and waits until it has.
  PlanningProcess(const PlanningProcess&) = delete;
  PlanningProcess& operator=(const PlanningProcess&) = delete;

  const std::string& address() const { return address_; }

  // Memory that it holds now, and the most that it held.
  size_t ResidentBytes() const;
  size_t MostResidentBytes() const;
  // CPU time that it has used.
  double CpuSeconds() const;
  // Its data on disk, without the reserve that it keeps for a full disk.
  size_t DiskBytes() const;

 private:
  size_t StatusBytes(const std::string& field) const;

  const std::string folder_;
  std::string address_;
  pid_t process_ = 0;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_PLANNING_PROCESS_H_
