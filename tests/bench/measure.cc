#include "tests/bench/measure.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "common/base/log.h"

namespace sakip::bench {
namespace {

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double Percentile(const std::vector<float>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<size_t>(share * last)];
}

}  // namespace

double CpuSeconds() {
  rusage usage{};
  SAKIP_CHECK(getrusage(RUSAGE_SELF, &usage) == 0);
  return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
}

size_t ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  size_t total_pages = 0;
  size_t resident_pages = 0;
  SAKIP_CHECK(static_cast<bool>(file >> total_pages >> resident_pages));
  return resident_pages * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

Stopwatch::Stopwatch() : begin_(Now()), cpu_begin_(CpuSeconds()) {}

Sample Stopwatch::Stop(double operations) const {
  const double seconds = MicrosecondsSince(begin_) / 1e6;
  Sample sample;
  sample.value = operations / seconds;
  sample.cpu = (CpuSeconds() - cpu_begin_) / seconds;
  return sample;
}

Sample Stopwatch::Stop(std::vector<float> latencies_us) const {
  Sample sample = Stop(static_cast<double>(latencies_us.size()));
  std::sort(latencies_us.begin(), latencies_us.end());
  sample.p50_us = Percentile(latencies_us, 0.50);
  sample.p99_us = Percentile(latencies_us, 0.99);
  return sample;
}

}  // namespace sakip::bench
