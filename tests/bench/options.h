// Options of a benchmark, from its command line.
#ifndef SAKIP_TESTS_BENCH_OPTIONS_H_
#define SAKIP_TESTS_BENCH_OPTIONS_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace sakip::bench {

// A value.
struct Options {
  bool brief = false;  // Only shows that the benchmark runs; its figures mean nothing.
  int rounds = 3;
  std::chrono::duration<double> time{1.5};  // Of a contender in a round.
  std::string postgres;                     // Connection string of a PostgreSQL; empty for none.
  std::vector<size_t> in_flight;            // How many operations at a time are measured.

  // `full`, or `brief_count` where the run is brief.
  size_t Count(size_t full, size_t brief_count) const { return brief ? brief_count : full; }
};

// Reads `--short --rounds=N --seconds=S --in_flight=N --postgres=CONNECTION`; ends the process
// where they are wrong.
Options ParseOptions(int argc, char** argv);

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_OPTIONS_H_
