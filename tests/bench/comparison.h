// Comparison runs contenders in alternating rounds and prints what came out beside the target, so
// that what the machine does meanwhile happens to all of them.
//
//   Comparison events("events of 500 B, 64 in flight", "events/s", options);
//   const size_t limit = events.Add("file, limit", [&] { return WriteFile(); });
//   const size_t ours = events.Add("event log", [&] { return Append(); });
//   events.Expect({"of the limit", ours, {limit}, Measure::kValue, Bound::kAtLeast, 0.8});
//   events.Run();
//
// Not thread-safe. Borrows what the rounds use.
#ifndef SAKIP_TESTS_BENCH_COMPARISON_H_
#define SAKIP_TESTS_BENCH_COMPARISON_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/measure.h"
#include "tests/bench/options.h"

namespace sakip::bench {

// kPerCpu is the value by CPU seconds: it hardly changes where others use the machine too.
enum class Measure { kValue, kPerCpu, kP50, kP99 };
enum class Bound { kNone, kAtLeast, kAtMost };

// A ratio to print: `ours` by the sum of those beside it, in the same round.
struct Ratio {
  std::string what;
  size_t ours = 0;
  std::vector<size_t> beside;
  Measure measure = Measure::kValue;
  Bound bound = Bound::kNone;
  double target = 0;
};

class Comparison {
 public:
  Comparison(std::string title, std::string unit, const Options& options)
      : title_(std::move(title)), unit_(std::move(unit)), rounds_(options.rounds) {}

  // Adds a contender; returns what names it in a Ratio. `round` runs it once.
  size_t Add(std::string name, std::function<Sample()> round);

  void Expect(Ratio ratio) { ratios_.push_back(std::move(ratio)); }

  // Runs all rounds and prints the table.
  void Run();

 private:
  struct Contender {
    std::string name;
    std::function<Sample()> round;
    std::vector<Sample> samples;
  };

  void Print(const Contender& contender) const;
  void Print(const Ratio& ratio) const;
  double RatioIn(size_t round, const Ratio& ratio) const;

  const std::string title_;
  const std::string unit_;
  const int rounds_;
  std::vector<Contender> contenders_;
  std::vector<Ratio> ratios_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_COMPARISON_H_
