// G25: fifty agencies have the same quota; one sends a hundred times of it, the others what they
// may, for --size seconds each: large reads (a whole scorecard with its derivations), small writes,
// and reads beside scans that compute a list. Meanwhile it holds the streams that it may have, and
// reads none of them.
//
//   others_over_quota   another was refused for its quota although it kept to it
//   others_failed       more than a quarter of the others' calls of a phase failed, and in the full
//                       form (bounds.h) more than one in 10,000
//   others_slow         of the full form: beside the flood the others' p99 was more than twice what
//                       it was alone
//   flood_over_quota    the flooder got more than its quota and 10 %
//   flood_under_quota   the flooder got less than its quota less 10 %
//   not_told_when       a refusal without RetryInfo
//   too_many_streams    the flooder had more streams at a time than its quota allows
//   too_few_streams     it had fewer
#include <algorithm>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/channel.h"
#include "common/rpc/identity.h"
#include "common/rpc/status_convert.h"
#include "sakip/scoring/v1/scorecard_feed_service.grpc.pb.h"
#include "tests/bench/calls.h"
#include "tests/faults/report.h"
#include "tests/overload/bounds.h"
#include "tests/overload/open_load.h"
#include "tests/overload/province_services.h"

namespace sakip::overload {
namespace {

using faults::Report;
using scoring::v1::ScorecardFeedService;

constexpr uint64_t kShortSeconds = 3;
constexpr uint64_t kFullSeconds = 30;  // From here on services and clients are kept apart.
constexpr size_t kAgencies = 50;
constexpr size_t kSubActivities = 60;
constexpr size_t kFlooder = 0;
constexpr size_t kConnections = 8;
constexpr size_t kStreams = 3;
constexpr size_t kStreamsTried = 60;  // Of more streams than an agency may hold.
// Of an agency, in cost units; a read costs 5, a write and a list 20.
constexpr double kCostPerSecond = 10;
constexpr double kCostBurst = 100;
constexpr char kQuotas[] = R"({"agencies": {"costPerSecond": 10, "costBurst": 100, "streams": 3}})";
constexpr double kReadCost = 5;
constexpr double kWriteCost = 20;
constexpr double kScanCost = 20;
// The others keep a little below what they may: their calls are not evenly spaced when they arrive.
constexpr double kOthersLoad = 0.9;
constexpr double kFailedShareMax = 0.0001;
constexpr double kFailedShareMaxShort = 0.25;

// Calls of one kind; each costs the same.
struct Kind {
  double cost = 0;
  const OpenLoad& load;
  std::function<const Request&(size_t agency)> next;
};

struct Phase {
  std::string name;
  Kind others;
  Kind flood;
};

class Campaign {
 public:
  Campaign(const faults::Arguments& arguments, Report& report)
      : report_(report),
        full_(arguments.size >= kFullSeconds),
        bounds_(report, full_),
        seconds_(static_cast<double>(arguments.size)),
        services_(arguments.seed, kAgencies, kSubActivities, kQuotas, full_),
        reads_(services_.scoring().address(), kGetScorecard, kConnections),
        writes_(services_.realization_address(), kSubmitQuarter, kConnections),
        scans_(services_.scoring().address(), kListScorecards, kConnections),
        corrections_(kAgencies) {
    for (size_t agency = 0; agency < kAgencies; ++agency) {
      scorecards_.push_back(services_.ScorecardOf(agency));
      lists_.push_back(services_.ListOf(agency));
    }
  }

  void Run() {
    const Kind reads{kReadCost, reads_,
                     [this](size_t agency) -> const Request& { return scorecards_[agency]; }};
    const Kind writes{
        kWriteCost, writes_, [this](size_t agency) -> const Request& {
          std::vector<std::unique_ptr<Request>>& sent = corrections_[agency];
          sent.push_back(std::make_unique<Request>(services_.CorrectionOf(agency, sent.size())));
          return *sent.back();
        }};
    const Kind scans{kScanCost, scans_,
                     [this](size_t agency) -> const Request& { return lists_[agency]; }};
    // First, for it takes the whole burst.
    HoldStreams();
    RunPhase({"reads", reads, reads});
    RunPhase({"writes", writes, writes});
    RunPhase({"scans", reads, scans});
    ReleaseStreams();
  }

 private:
  // Twice, alone and beside the flood, with time between for buckets to fill.
  void RunPhase(const Phase& phase) {
    const double alone_p99 = CheckOthers(phase, "_alone", SendOthers(phase), 1e9);
    std::this_thread::sleep_for(std::chrono::seconds(2));
    std::vector<Outcome> flood;
    std::thread flooding([&] {
      flood = phase.flood.load.Run(100 * kCostPerSecond / phase.flood.cost, absl::Seconds(seconds_),
                                   Arrivals::kEven,
                                   [&]() -> const Request& { return phase.flood.next(kFlooder); });
    });
    CheckOthers(phase, "", SendOthers(phase), 2 * alone_p99);
    flooding.join();
    CheckFlood(phase, flood);
  }

  std::vector<Outcome> SendOthers(const Phase& phase) {
    constexpr size_t kOthers = kAgencies - 1;
    size_t next = 0;
    const Kind& kind = phase.others;
    return kind.load.Run(kOthersLoad * kOthers * kCostPerSecond / kind.cost,
                         absl::Seconds(seconds_), Arrivals::kEven,
                         [&]() -> const Request& { return kind.next(1 + next++ % kOthers); });
  }

  // Returns their p99 in microseconds.
  double CheckOthers(const Phase& phase, const std::string& when,
                     const std::vector<Outcome>& outcomes, double p99_max) {
    std::vector<double> latencies;
    for (const Outcome& outcome : outcomes) {
      if (outcome.reason == "QUOTA_EXCEEDED") {
        report_.Violation("others_over_quota", phase.name + when);
      }
      if (outcome.ok()) latencies.push_back(outcome.latency_ms);
    }
    const std::string name = "others_" + phase.name + when;
    report_.Count(name, outcomes.size());
    const auto sent = static_cast<double>(outcomes.size());
    const double failed = sent - static_cast<double>(latencies.size());
    bounds_.AtMost("others_failed", name + "_failed", failed, kFailedShareMax * sent);
    if (failed > kFailedShareMaxShort * sent) report_.Violation("others_failed", name);
    if (latencies.empty()) return 0;
    const double p99 = 1000 * Percentile(std::move(latencies), 99);
    bounds_.AtMost("others_slow", name + "_p99_us", p99, p99_max);
    return p99;
  }

  void CheckFlood(const Phase& phase, const std::vector<Outcome>& outcomes) {
    double admitted = 0, lasted = seconds_;
    for (const Outcome& outcome : outcomes) {
      // A call that is answered late was sent late, too, where the machine is slow.
      lasted = std::max(lasted, outcome.due_seconds + outcome.latency_ms / 1000);
      if (outcome.reason != "QUOTA_EXCEEDED") ++admitted;
      const bool refused = outcome.code == grpc::StatusCode::RESOURCE_EXHAUSTED;
      if (refused && !outcome.says_when) report_.Violation("not_told_when", outcome.reason);
    }
    report_.Count("flood_" + phase.name, outcomes.size());
    report_.Count("flood_" + phase.name + "_admitted", static_cast<uint64_t>(admitted));
    const std::string what = absl::StrCat(phase.name, ": ", admitted, " in ", lasted, " s");
    const double cost = admitted * phase.flood.cost;
    if (cost > 1.1 * kCostPerSecond * lasted + kCostBurst) {
      report_.Violation("flood_over_quota", what);
    }
    if (cost < 0.9 * kCostPerSecond * seconds_) report_.Violation("flood_under_quota", what);
  }

  // Opens streams that nobody reads on: slow readers, and what holds places.
  void HoldStreams() {
    const auto stub =
        ScorecardFeedService::NewStub(bench::OwnConnection(services_.scoring().address()));
    scoring::v1::WatchScorecardsRequest request;
    request.set_parent(services_.AgencyName(kFlooder));
    request.set_year(ProvinceServices::kYear);
    request.set_quarter(4);
    size_t held = 0;
    for (size_t i = 0; i < kStreamsTried; ++i) {
      contexts_.push_back(std::make_unique<grpc::ClientContext>());
      rpc::Prepare({.dev_identity = rpc::FormatDevIdentity("head-0", {rpc::Role::kAgencyHead},
                                                           {services_.AgencyName(kFlooder)})},
                   *contexts_.back());
      auto stream = stub->WatchScorecards(contexts_.back().get(), request);
      scoring::v1::WatchScorecardsResponse message;
      if (stream->Read(&message)) {
        ++held;
        streams_.push_back(std::move(stream));
        continue;
      }
      const grpc::Status status = stream->Finish();
      if (!rpc::RetryDelay(status).has_value()) {
        report_.Violation("not_told_when", status.error_message());
      }
    }
    report_.Count("streams_tried", kStreamsTried);
    report_.Count("streams_held", held);
    if (held > kStreams) report_.Violation("too_many_streams", absl::StrCat(held));
    if (held < kStreams) report_.Violation("too_few_streams", absl::StrCat(held));
  }

  void ReleaseStreams() {
    for (const auto& context : contexts_) context->TryCancel();
    for (const auto& stream : streams_) {
      scoring::v1::WatchScorecardsResponse message;
      while (stream->Read(&message)) continue;
      stream->Finish();
    }
  }

  Report& report_;
  const bool full_;
  const Bounds bounds_;
  const double seconds_;
  const ProvinceServices services_;
  const OpenLoad reads_;
  const OpenLoad writes_;
  const OpenLoad scans_;
  std::vector<Request> scorecards_;
  std::vector<Request> lists_;
  // By agency; kept until the end. An agency's are made by one thread at a time.
  std::vector<std::vector<std::unique_ptr<Request>>> corrections_;
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts_;
  std::vector<std::unique_ptr<grpc::ClientReader<scoring::v1::WatchScorecardsResponse>>> streams_;
};

}  // namespace
}  // namespace sakip::overload

int main(int argc, char** argv) {
  using namespace sakip;
  const faults::Arguments arguments = faults::ParseArguments(argc, argv, overload::kShortSeconds);
  faults::Report report(
      "G25", arguments,
      {"others_over_quota", "others_failed", "others_slow", "flood_over_quota", "flood_under_quota",
       "not_told_when", "too_many_streams", "too_few_streams"});
  overload::Campaign(arguments, report).Run();
  return report.Finish();
}
