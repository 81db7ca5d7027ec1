// What a run of a benchmark is measured by. Functions are thread-safe.
#ifndef SAKIP_TESTS_BENCH_MEASURE_H_
#define SAKIP_TESTS_BENCH_MEASURE_H_

#include <chrono>
#include <cstddef>
#include <vector>

namespace sakip::bench {

using SteadyTime = std::chrono::steady_clock::time_point;

inline SteadyTime Now() { return std::chrono::steady_clock::now(); }

inline double MicrosecondsSince(SteadyTime begin) {
  return std::chrono::duration<double, std::micro>(Now() - begin).count();
}

// The outcome of one round. A value.
struct Sample {
  double value = 0;   // Operations a second, or what else the comparison is about.
  double p50_us = 0;  // Of one operation; 0 where none was timed alone.
  double p99_us = 0;
  double cpu = 0;  // CPU seconds a second, of this process.
};

// Measures from its making on. Not thread-safe.
class Stopwatch {
 public:
  Stopwatch();

  // The outcome of so many operations since then.
  Sample Stop(double operations) const;

  // The outcome of operations that took so long each.
  Sample Stop(std::vector<float> latencies_us) const;

 private:
  const SteadyTime begin_;
  const double cpu_begin_;
};

// CPU seconds that this process has used, in all its threads.
double CpuSeconds();

// Memory that this process holds, in bytes.
size_t ResidentBytes();

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_MEASURE_H_
