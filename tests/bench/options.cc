#include "tests/bench/options.h"

#include <cstdlib>
#include <iostream>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"

ABSL_FLAG(bool, short, false, "Run each contender once and shortly: a check that all of it works.");
ABSL_FLAG(int, rounds, 3, "How often each contender runs; they take turns.");
ABSL_FLAG(double, seconds, 1.5, "How long a contender runs in a round.");
ABSL_FLAG(size_t, in_flight, 0, "Measure only this many operations at a time; 0 for all of them.");
ABSL_FLAG(std::string, postgres, "", "Connection string of a PostgreSQL to compare with.");

namespace sakip::bench {

Options ParseOptions(int argc, char** argv) {
  absl::ParseCommandLine(argc, argv);
  Options options;
  options.brief = absl::GetFlag(FLAGS_short);
  options.rounds = options.brief ? 1 : absl::GetFlag(FLAGS_rounds);
  options.time = std::chrono::duration<double>(options.brief ? 0.05 : absl::GetFlag(FLAGS_seconds));
  if (const size_t only = absl::GetFlag(FLAGS_in_flight); only > 0) {
    options.in_flight = {only};
  } else if (options.brief) {
    options.in_flight = {1, 8};
  } else {
    options.in_flight = {1, 8, 64, 256};
  }
  options.postgres = absl::GetFlag(FLAGS_postgres);
  if (options.rounds < 1 || options.time.count() <= 0) {
    std::cerr << "--rounds and --seconds must be positive\n";
    std::exit(2);
  }
  return options;
}

}  // namespace sakip::bench
