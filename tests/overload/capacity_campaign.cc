// G24: the services get ten times the calls that they can answer, from as many agencies as there
// are, for --size seconds, whether they answer or not. How much they can is measured first, then
// the same clients come at 80 % of it, ten times, and at 80 % again. Services and clients have a
// processor each, where there are two.
//
//   not_told_when    a refusal without RetryInfo
//   other_errors     a call that ended otherwise than answered or refused for overload
//   none_answered    a phase in which nothing was answered
//
// The figures that depend on the machine decide nothing; they stand in the line beside what the
// goal asks: goodput at ten times at least 90 % of the peak, p99 of answers at most twice that at
// 80 %, p99 of refusals at most 5 ms, memory flat, normal again within 5 s. Times are in
// microseconds. `refused_after` are calls that were refused more than 5 s after the overload.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/faults/report.h"
#include "tests/overload/open_load.h"
#include "tests/overload/province_services.h"

namespace sakip::overload {
namespace {

using faults::Report;

constexpr uint64_t kShortSeconds = 2;
constexpr uint64_t kFullSeconds = 30;  // From here on services and clients are kept apart.
constexpr size_t kAgencies = 16;
constexpr size_t kConnections = 8;
constexpr double kNormalAfterSeconds = 5;

class Campaign {
 public:
  Campaign(const faults::Arguments& arguments, Report& report)
      : report_(report),
        seconds_(arguments.size),
        services_(arguments.seed, kAgencies, /*quotas=*/"", arguments.size >= kFullSeconds),
        load_(services_.scoring().address(), kGetScorecard, kConnections) {
    for (size_t agency = 0; agency < kAgencies; ++agency) {
      requests_.push_back(services_.ScorecardOf(agency));
    }
  }

  void Run() {
    const double peak = MeasurePeak();
    report_.Count("peak_per_second", Whole(peak));
    const std::vector<Outcome> normal = Send("normal", 0.8 * peak, Time());
    report_.Count("normal_p99_us", P99(normal, /*answered=*/true));

    const size_t memory = services_.scoring().ResidentBytes();
    const std::vector<Outcome> flood = Send("flood", 10 * peak, Time());
    report_.Count("flood_p99_us", P99(flood, /*answered=*/true));
    report_.Count("refusal_p99_us", P99(flood, /*answered=*/false));
    report_.Count("memory_before_mib", memory >> 20);
    report_.Count("memory_after_mib", services_.scoring().ResidentBytes() >> 20);

    const std::vector<Outcome> after =
        Send("after", 0.8 * peak, absl::Seconds(kNormalAfterSeconds) + Time());
    std::vector<Outcome> late;
    for (const Outcome& outcome : after) {
      if (outcome.due_seconds > kNormalAfterSeconds) late.push_back(outcome);
    }
    report_.Count("after_p99_us", P99(late, /*answered=*/true));
    report_.Count("refused_after", static_cast<uint64_t>(std::count_if(
                                       late.begin(), late.end(),
                                       [](const Outcome& outcome) { return !outcome.ok(); })));
  }

 private:
  static uint64_t Whole(double value) { return static_cast<uint64_t>(value + 0.5); }

  absl::Duration Time() const { return absl::Seconds(seconds_); }

  const Request& Next() { return requests_[next_++ % requests_.size()]; }

  // The most that is answered in a second, of loads that rise from what a few callers who wait for
  // their answers get.
  double MeasurePeak() {
    double peak = 0;
    for (double rate = 20; rate < 100'000; rate *= 1.5) {
      const double answered = Answered(Send("steps", rate, Time() / 2)) / (seconds_ / 2.0);
      peak = std::max(peak, answered);
      if (answered < 0.7 * rate) break;
    }
    return peak;
  }

  static double Answered(const std::vector<Outcome>& outcomes) {
    return static_cast<double>(std::count_if(outcomes.begin(), outcomes.end(),
                                             [](const Outcome& outcome) { return outcome.ok(); }));
  }

  std::vector<Outcome> Send(const std::string& phase, double rate, absl::Duration time) {
    std::vector<Outcome> outcomes =
        load_.Run(rate, time, [this]() -> const Request& { return Next(); });
    for (const Outcome& outcome : outcomes) Check(outcome);
    const double answered = Answered(outcomes);
    if (answered == 0) report_.Violation("none_answered", phase);
    if (phase != "steps") {
      report_.Count(phase + "_calls", outcomes.size());
      report_.Count(phase + "_answered_per_second", Whole(answered / absl::ToDoubleSeconds(time)));
    }
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

  static uint64_t P99(const std::vector<Outcome>& outcomes, bool answered) {
    std::vector<double> latencies;
    for (const Outcome& outcome : outcomes) {
      if (outcome.ok() == answered) latencies.push_back(outcome.latency_ms);
    }
    return latencies.empty() ? 0 : Whole(1000 * Percentile(std::move(latencies), 99));
  }

  Report& report_;
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
  faults::Report report("G24", arguments, {"not_told_when", "other_errors", "none_answered"});
  overload::Campaign(arguments, report).Run();
  return report.Finish();
}
