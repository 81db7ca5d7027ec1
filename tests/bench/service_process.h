// ServiceProcess runs a program of this build as it is run: a process of its own, with its data on
// disk.
#ifndef SAKIP_TESTS_BENCH_SERVICE_PROCESS_H_
#define SAKIP_TESTS_BENCH_SERVICE_PROCESS_H_

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace sakip::bench {

// Not thread-safe. Whatever fails here ends the program.
class ServiceProcess {
 public:
  // Starts `program`, such as planningd, on the data in `folder`, and returns when it serves.
  ServiceProcess(const std::string& program, std::string folder,
                 const std::vector<std::string>& more_flags = {});
  ~ServiceProcess();  // Asks it to end, and waits until it has.
  ServiceProcess(const ServiceProcess&) = delete;
  ServiceProcess& operator=(const ServiceProcess&) = delete;

  const std::string& address() const { return address_; }

  // Where it keeps its data.
  std::string data_dir() const { return folder_ + "/data"; }

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

#endif  // SAKIP_TESTS_BENCH_SERVICE_PROCESS_H_
