// G24: scoring gets ten times the calls that it can answer, from the inspectors of forty regencies
// who have theirs summed up, for --size seconds, whether it answers or not. How much it can is
// measured first, then the same clients come at 80 % of it, ten times, and at 80 % again. Services
// and clients have a processor each, where there are two.
//
// A call that is refused costs about 0.15 ms of a processor, nearly all of it gRPC's. So of what
// takes T ms nine in ten can be refused at ten times the capacity for a share of 9 * 0.15 / T of
// it: that is what is left of goodput, and why a summary is asked for and not a name.
//
//   not_told_when    a refusal without RetryInfo
//   other_errors     a call that ended otherwise than answered or refused for overload
//   none_answered    a phase in which nothing was answered
//
// Of the full form (bounds.h) also:
//
//   low_goodput      less than 90 % of the peak was answered at ten times the capacity
//   slow_answers     their p99 was more than twice that at 80 %
//   slow_refusals    the p99 of refusals was more than 5 ms
//   memory_grew      it was more than a fifth larger after the flood than before
//   not_normal_soon  from 5 s after the flood on the p99 was more than twice that before, or the
//                    part of calls that is refused, as crowds come at random, was more than twice
//                    that before and a hundredth (`refused_after`)
//
// Times are in microseconds.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/faults/report.h"
#include "tests/overload/bounds.h"
#include "tests/overload/open_load.h"
#include "tests/overload/province_services.h"

namespace sakip::overload {
namespace {

using faults::Report;

constexpr uint64_t kShortSeconds = 2;
constexpr uint64_t kFullSeconds = 30;  // From here on services and clients are kept apart.
constexpr size_t kSubActivities = 100;
constexpr size_t kRegencies = bench::Province::kRegencies;
// Of a regency; a real one has about forty.
constexpr size_t kShortAgencies = 2;
constexpr size_t kFullAgencies = 24;
constexpr size_t kConnections = 8;
constexpr double kNormalAfterSeconds = 5;
constexpr double kRefusalMaxUs = 5'000;
constexpr double kMemoryGrowthMax = 1.2;

class Campaign {
 public:
  Campaign(const faults::Arguments& arguments, Report& report)
      : report_(report),
        bounds_(report, IsFull(arguments)),
        seconds_(arguments.size),
        services_(arguments.seed, kRegencies * (IsFull(arguments) ? kFullAgencies : kShortAgencies),
                  kSubActivities, /*quotas=*/"", /*apart=*/IsFull(arguments)),
        load_(services_.scoring().address(), kSummarizeScorecards, kConnections) {
    // The first agencies are of all regencies.
    for (size_t regency = 0; regency < kRegencies; ++regency) {
      requests_.push_back(services_.SummaryFor(regency));
    }
  }

  void Run() {
    const double peak = MeasurePeak();
    report_.Count("peak_per_second", Whole(peak));
    const std::vector<Outcome> normal = Send("normal", 0.8 * peak, Time());
    report_.Count("normal_p99_us", Whole(P99(normal, /*answered=*/true)));
    report_.Count("normal_refused", Whole(Refused(normal)));
    Flood(peak, P99(normal, /*answered=*/true));
    ReturnToNormal(peak, normal);
  }

 private:
  static bool IsFull(const faults::Arguments& arguments) { return arguments.size >= kFullSeconds; }

  static uint64_t Whole(double value) { return static_cast<uint64_t>(value + 0.5); }

  void Flood(double peak, double normal_p99) {
    const double memory = ResidentMib();
    const std::vector<Outcome> flood = Send("flood", 10 * peak, Time());
    bounds_.AtLeast("low_goodput", "flood_answered_per_second", AnsweredPerSecond(flood, Time()),
                    0.9 * peak);
    report_.Count("flood_p50_us", Whole(LatencyOf(flood, /*answered=*/true, 50)));
    report_.Count("flood_p90_us", Whole(LatencyOf(flood, /*answered=*/true, 90)));
    bounds_.AtMost("slow_answers", "flood_p99_us", P99(flood, /*answered=*/true), 2 * normal_p99);
    bounds_.AtMost("slow_refusals", "refusal_p99_us", P99(flood, /*answered=*/false),
                   kRefusalMaxUs);
    report_.Count("memory_before_mib", Whole(memory));
    bounds_.AtMost("memory_grew", "memory_after_mib", ResidentMib(), kMemoryGrowthMax * memory);
  }

  void ReturnToNormal(double peak, const std::vector<Outcome>& normal) {
    const std::vector<Outcome> after =
        Send("after", 0.8 * peak, absl::Seconds(kNormalAfterSeconds) + Time());
    report_.Count("after_answered_per_second",
                  Whole(AnsweredPerSecond(after, absl::Seconds(kNormalAfterSeconds) + Time())));
    std::vector<Outcome> late;
    for (const Outcome& outcome : after) {
      if (outcome.due_seconds > kNormalAfterSeconds) late.push_back(outcome);
    }
    bounds_.AtMost("not_normal_soon", "after_p99_us", P99(late, /*answered=*/true),
                   2 * P99(normal, /*answered=*/true));
    const double share = Refused(normal) / static_cast<double>(normal.size());
    bounds_.AtMost("not_normal_soon", "refused_after", Refused(late),
                   (2 * share + 0.01) * static_cast<double>(late.size()));
  }

  static double Refused(const std::vector<Outcome>& outcomes) {
    return static_cast<double>(std::count_if(outcomes.begin(), outcomes.end(),
                                             [](const Outcome& outcome) { return !outcome.ok(); }));
  }

  double ResidentMib() const {
    return static_cast<double>(services_.scoring().ResidentBytes()) / (1 << 20);
  }

  absl::Duration Time() const { return absl::Seconds(seconds_); }
  absl::Duration StepTime() const { return std::min(Time() / 2, absl::Seconds(5)); }

  const Request& Next() { return requests_[next_++ % requests_.size()]; }

  // The most that is answered in a second, of loads that rise from what a few callers who wait for
  // their answers get.
  double MeasurePeak() {
    double peak = 0;
    for (double rate = 10; rate < 100'000; rate *= 1.5) {
      const double answered = AnsweredPerSecond(Send("steps", rate, StepTime()), StepTime());
      peak = std::max(peak, answered);
      if (answered < 0.5 * rate) break;
    }
    return peak;
  }

  // While calls came: what still waited then would count for more in a short time.
  static double AnsweredPerSecond(const std::vector<Outcome>& outcomes, absl::Duration time) {
    const double seconds = absl::ToDoubleSeconds(time);
    const auto answered =
        std::count_if(outcomes.begin(), outcomes.end(), [seconds](const Outcome& outcome) {
          return outcome.ok() && outcome.due_seconds + outcome.latency_ms / 1000 <= seconds;
        });
    return static_cast<double>(answered) / seconds;
  }

  std::vector<Outcome> Send(const std::string& phase, double rate, absl::Duration time) {
    std::vector<Outcome> outcomes =
        load_.Run(rate, time, Arrivals::kRandom, [this]() -> const Request& { return Next(); });
    for (const Outcome& outcome : outcomes) Check(outcome);
    if (AnsweredPerSecond(outcomes, time) == 0) report_.Violation("none_answered", phase);
    if (phase != "steps") report_.Count(phase + "_calls", outcomes.size());
    return outcomes;
  }

  void Check(const Outcome& outcome) {
    if (outcome.ok()) return;
    if (outcome.reason != "OVERLOADED") {
      return report_.Violation("other_errors",
                               absl::StrCat("code ", outcome.code, " ", outcome.reason));
    }
    if (!outcome.says_when) report_.Violation("not_told_when", outcome.reason);
  }

  static double P99(const std::vector<Outcome>& outcomes, bool answered) {
    return LatencyOf(outcomes, answered, 99);
  }

  // In microseconds; 0 where there is none.
  static double LatencyOf(const std::vector<Outcome>& outcomes, bool answered, double percent) {
    std::vector<double> latencies;
    for (const Outcome& outcome : outcomes) {
      if (outcome.ok() == answered) latencies.push_back(outcome.latency_ms);
    }
    return latencies.empty() ? 0 : 1000 * Percentile(std::move(latencies), percent);
  }

  Report& report_;
  const Bounds bounds_;
  const uint64_t seconds_;
  const ProvinceServices services_;
  const OpenLoad load_;
  std::vector<Request> requests_;
  size_t next_ = 0;
};

}  // namespace
}  // namespace sakip::overload

int main(int argc, char** argv) {
  using namespace sakip;
  const faults::Arguments arguments = faults::ParseArguments(argc, argv, overload::kShortSeconds);
  faults::Report report("G24", arguments,
                        {"not_told_when", "other_errors", "none_answered", "low_goodput",
                         "slow_answers", "slow_refusals", "memory_grew", "not_normal_soon"});
  overload::Campaign(arguments, report).Run();
  return report.Finish();
}
