#include "tests/bench/comparison.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace sakip::bench {
namespace {

double Get(const Sample& sample, Measure measure) {
  switch (measure) {
    case Measure::kPerCpu:
      return sample.value / sample.cpu;
    case Measure::kP50:
      return sample.p50_us;
    case Measure::kP99:
      return sample.p99_us;
    default:
      return sample.value;
  }
}

struct Spread {
  double min = 0;
  double median = 0;
  double max = 0;
};

Spread SpreadOf(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values.front(), values[values.size() / 2], values.back()};
}

bool Reached(const Ratio& ratio, double value) {
  return ratio.bound == Bound::kAtLeast ? value >= ratio.target : value <= ratio.target;
}

}  // namespace

size_t Comparison::Add(std::string name, std::function<Sample()> round) {
  contenders_.push_back({std::move(name), std::move(round), {}});
  return contenders_.size() - 1;
}

void Comparison::Run() {
  for (int round = 0; round < rounds_; ++round) {
    for (Contender& contender : contenders_) contender.samples.push_back(contender.round());
  }
  std::printf("\n%-44s %10s %10s %10s %9s %9s %5s\n", title_.c_str(), "min", "median", "max",
              "p50 us", "p99 us", "CPU");
  for (const Contender& contender : contenders_) Print(contender);
  for (const Ratio& ratio : ratios_) Print(ratio);
  std::fflush(stdout);
}

void Comparison::Print(const Contender& contender) const {
  const auto spread = [&](const auto& get) {
    std::vector<double> values;
    for (const Sample& sample : contender.samples) values.push_back(get(sample));
    return SpreadOf(std::move(values));
  };
  const Spread value = spread([](const Sample& sample) { return sample.value; });
  std::printf("  %-42s %10.0f %10.0f %10.0f", contender.name.c_str(), value.min, value.median,
              value.max);
  const double p50 = spread([](const Sample& sample) { return sample.p50_us; }).median;
  const double p99 = spread([](const Sample& sample) { return sample.p99_us; }).median;
  if (p50 > 0) {
    std::printf(" %9.0f %9.0f", p50, p99);
  } else {
    std::printf(" %9s %9s", "", "");
  }
  const double cpu = spread([](const Sample& sample) { return sample.cpu; }).median;
  if (cpu > 0) {
    std::printf(" %5.2f  %s\n", cpu, unit_.c_str());
  } else {
    std::printf(" %5s  %s\n", "", unit_.c_str());
  }
}

double Comparison::RatioIn(size_t round, const Ratio& ratio) const {
  double beside = 0;
  for (const size_t contender : ratio.beside) {
    beside += Get(contenders_[contender].samples[round], ratio.measure);
  }
  return Get(contenders_[ratio.ours].samples[round], ratio.measure) / beside;
}

void Comparison::Print(const Ratio& ratio) const {
  std::vector<double> values;
  for (size_t round = 0; round < static_cast<size_t>(rounds_); ++round) {
    values.push_back(RatioIn(round, ratio));
  }
  const Spread spread = SpreadOf(std::move(values));
  std::printf("  ratio: %-35s %10.2f %10.2f %10.2f", ratio.what.c_str(), spread.min, spread.median,
              spread.max);
  if (ratio.bound == Bound::kNone) {
    std::printf("\n");
  } else {
    std::printf("   target %s %.2f: %s\n",
                ratio.bound == Bound::kAtLeast ? ">=" : "<=", ratio.target,
                Reached(ratio, spread.median) ? "reached" : "NOT REACHED");
  }
}

}  // namespace sakip::bench
