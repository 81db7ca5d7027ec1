#include "tests/bench/scoring_reads.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/rpc/test_call.h"
#include "sakip/scoring/v1/scorecard_feed_service.grpc.pb.h"
#include "tests/bench/comparison.h"
#include "tests/bench/load.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

using realization::v1::RealizationService;
using scoring::v1::ExportScorecardsRequest;
using scoring::v1::GetScorecardRequest;
using scoring::v1::ListScorecardsRequest;
using scoring::v1::ScorecardFeedService;
using scoring::v1::ScorecardView;
using Stub = ScoringProcess::Stub;

constexpr char kEcho[] = "/sakip.bench.v1.EchoService/Echo";
constexpr char kAnswer[] = "/sakip.bench.v1.EchoService/Answer";
constexpr char kGetScorecard[] = "/sakip.scoring.v1.ScoringService/GetScorecard";
constexpr size_t kInFlightOfTargets = 64;
constexpr size_t kCorrectedAgencies = 64;
// Most of any quarter have to be computed: of more at a time the server refuses some, rather than
// let all wait (rpc/work_line.h).
constexpr size_t kComputedInFlightMax = 8;

Bound BoundAt(size_t in_flight, Bound bound) {
  return in_flight == kInFlightOfTargets ? bound : Bound::kNone;
}

}  // namespace

Corrections::Corrections(const Province& province, const Suite& suite, int year)
    : stub_(RealizationService::NewStub(OwnConnection(suite.realization_address()))) {
  for (size_t agency = 0; agency < std::min(kCorrectedAgencies, province.agencies()); ++agency) {
    realization::v1::SubmitQuarterRequest& request = requests_.emplace_back();
    *request.mutable_submission() =
        province.Submission(agency, province.Plan(agency, year), kQuarters);
    request.mutable_submission()->set_reason("Koreksi");
  }
  // So that realization knows all the plans.
  for (size_t agency = 0; agency < requests_.size(); ++agency) Submit();
}

uint64_t Corrections::Submit() {
  realization::v1::SubmitQuarterRequest& request = requests_[next_agency()];
  const uint64_t corrected = submitted_++;
  request.set_request_id(absl::StrCat("correction-", corrected));
  request.set_expected_revision(request.expected_revision() + 1);
  request.mutable_submission()->mutable_budgets(0)->set_realized(absl::StrCat(1000 + corrected));
  return MustBe(rpc::CallNow(*stub_, &RealizationService::Stub::SubmitQuarter, request))
             .receipt()
             .position() +
         1;
}

ScoringReads::ScoringReads(const Province& province, const Suite& suite, ScoringProcess& scoring,
                           int first_year, int year)
    : province_(province), suite_(suite), scoring_(scoring), first_year_(first_year), year_(year) {
  RawClient client(scoring.address(), 1, kGetScorecard);
  std::vector<float> latencies_us;
  const Stopwatch watch;
  for (size_t agency = 0; agency < province.agencies(); ++agency) {
    const SteadyTime begin = Now();
    scorecard_bytes_ += static_cast<double>(client.Call(0, RequestFor(agency, year_, kQuarters)));
    latencies_us.push_back(static_cast<float>(MicrosecondsSince(begin)));
  }
  const Sample sample = watch.Stop(std::move(latencies_us));
  std::printf(
      "\nscorecards of %zu agencies, each for the first time: %.0f/s, p50 %.0f us, p99 %.0f "
      "us, %.0f KiB each\n",
      province.agencies(), sample.value, sample.p50_us, sample.p99_us, MeanBytes() / 1024);
}

GetScorecardRequest ScoringReads::RequestFor(size_t agency, int year, int quarter) const {
  GetScorecardRequest request;
  request.set_name(absl::StrCat(province_.AgencyName(agency), "/scorecards/", year, "Q", quarter));
  return request;
}

double ScoringReads::MeanBytes() const {
  return scorecard_bytes_ / static_cast<double>(province_.agencies());
}

void ScoringReads::CompareGets(size_t in_flight, const Options& options) {
  const Load load = {.in_flight = in_flight, .time = options.time};
  Comparison comparison(absl::StrCat("scoring: GetScorecard, ", in_flight, " in flight"), "/s",
                        options);
  RawClient echo_client(echo_server_.address(), in_flight, kEcho);
  v1::EchoRequest echo_request;
  echo_request.set_payload(Text(static_cast<size_t>(MeanBytes()), 1));
  RawClient answer_client(echo_server_.address(), in_flight, kAnswer);
  v1::AnswerRequest answer_request;
  answer_request.set_bytes(static_cast<uint64_t>(MeanBytes()));
  RawClient client(scoring_.address(), in_flight, kGetScorecard);

  const auto run = [&](RawClient& called, const std::function<GetScorecardRequest()>& next) {
    return RunAsync(load, [&](size_t slot, auto done) {
      called.Start(slot, next(), [done = std::move(done)](size_t) { done(); });
    });
  };
  const auto run_same = [&](RawClient& called, const google::protobuf::Message& request) {
    return RunAsync(load, [&](size_t slot, auto done) {
      called.Start(slot, request, [done = std::move(done)](size_t) { done(); });
    });
  };
  const size_t echo = comparison.Add("limit: echo of the same bytes",
                                     [&] { return run_same(echo_client, echo_request); });
  const size_t answer = comparison.Add("limit: answer of the same bytes",
                                       [&] { return run_same(answer_client, answer_request); });
  std::mt19937_64 random(in_flight);  // One thread starts all calls.
  const size_t ours = comparison.Add("GetScorecard, last quarter of any agency", [&] {
    return run(client,
               [&] { return RequestFor(random() % province_.agencies(), year_, kQuarters); });
  });
  const auto years = static_cast<uint64_t>(year_ - first_year_ + 1);
  const auto any_quarter = [&] {
    return run(client, [&] {
      return RequestFor(random() % province_.agencies(),
                        first_year_ + static_cast<int>(random() % years),
                        static_cast<int>(random() % kQuarters) + 1);
    });
  };
  if (in_flight <= kComputedInFlightMax) {
    comparison.Add("GetScorecard, any quarter of any agency", any_quarter);
  }
  comparison.Expect({.what = "last quarter, of the echo",
                     .ours = ours,
                     .beside = {echo},
                     .bound = BoundAt(in_flight, Bound::kAtLeast),
                     .target = 0.85});
  comparison.Expect({.what = "its p99 to the echo's",
                     .ours = ours,
                     .beside = {echo},
                     .measure = Measure::kP99,
                     .bound = BoundAt(in_flight, Bound::kAtMost),
                     .target = 1.3});
  comparison.Expect({.what = "last quarter, of the answer", .ours = ours, .beside = {answer}});
  comparison.Run();
}

void ScoringReads::CompareSubmissions(const Options& options) {
  const Load load = {.in_flight = 1, .time = options.time};
  Comparison comparison("scoring: a submission until it is seen", "/s", options);
  RawClient echo_client(echo_server_.address(), 1, kEcho);
  v1::EchoRequest echo_request;
  echo_request.set_payload(Text(static_cast<size_t>(MeanBytes()), 1));
  RawClient client(scoring_.address(), 1, kGetScorecard);
  Corrections corrections(province_, suite_, year_);

  const size_t echo = comparison.Add("limit: echo of a scorecard's bytes", [&] {
    return RunThreads(load, [&](size_t slot) { echo_client.Call(slot, echo_request); });
  });
  const size_t submit = comparison.Add("limit: SubmitQuarter", [&] {
    return RunThreads(load, [&](size_t) { corrections.Submit(); });
  });
  const auto submit_and_see = [&](ScorecardView view) {
    return RunThreads(load, [&](size_t slot) {
      GetScorecardRequest request = RequestFor(corrections.next_agency(), year_, kQuarters);
      request.mutable_at_least()->set_realization(corrections.Submit());
      request.set_view(view);
      client.Call(slot, request);
    });
  };
  const size_t visible = comparison.Add("SubmitQuarter, then GetScorecard with it", [&] {
    return submit_and_see(scoring::v1::SCORECARD_VIEW_FULL);
  });
  v1::EchoRequest small_request;
  small_request.set_payload(Text(BasicBytes(client), 1));
  const size_t small_echo = comparison.Add("limit: echo of the bytes of its BASIC view", [&] {
    return RunThreads(load, [&](size_t slot) { echo_client.Call(slot, small_request); });
  });
  const size_t seen = comparison.Add("SubmitQuarter, then its BASIC view", [&] {
    return submit_and_see(scoring::v1::SCORECARD_VIEW_BASIC);
  });
  comparison.Expect({.what = "p50 to those of submit and two echoes",
                     .ours = visible,
                     .beside = {submit, echo, echo},
                     .measure = Measure::kP50,
                     .bound = Bound::kAtMost,
                     .target = 1.5});
  comparison.Expect({.what = "the same of the BASIC view",
                     .ours = seen,
                     .beside = {submit, small_echo, small_echo},
                     .measure = Measure::kP50});
  comparison.Run();
}

size_t ScoringReads::BasicBytes(RawClient& client) const {
  GetScorecardRequest request = RequestFor(0, year_, kQuarters);
  request.set_view(scoring::v1::SCORECARD_VIEW_BASIC);
  return client.Call(0, request);
}

void ScoringReads::MeasureLists(const Options& options) {
  const auto agencies = static_cast<double>(province_.agencies());
  Comparison comparison("scoring: lists of a province", "agencies/s", options);
  const auto list = [&](const char* order_by, int pages_max) {
    ListScorecardsRequest request;
    request.set_parent("regions/35");
    request.set_year(year_);
    request.set_quarter(kQuarters);
    request.set_order_by(order_by);
    request.set_page_size(100);
    const Stopwatch watch;
    do {
      const auto page = MustBe(
          rpc::CallNow(scoring_.stub(), &Stub::ListScorecards, request, "", absl::Minutes(1)));
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty() && --pages_max > 0);
    return watch.Stop(agencies);
  };
  comparison.Add("ListScorecards by name, all pages of 100", [&] { return list("", INT32_MAX); });
  comparison.Add("ListScorecards by achievement, first page",
                 [&] { return list("achievement desc", 1); });
  comparison.Add("SummarizeScorecards", [&] {
    scoring::v1::SummarizeScorecardsRequest request;
    request.set_parent("regions/35");
    request.set_year(year_);
    request.set_quarter(kQuarters);
    const Stopwatch watch;
    MustBe(
        rpc::CallNow(scoring_.stub(), &Stub::SummarizeScorecards, request, "", absl::Minutes(1)));
    return watch.Stop(agencies);
  });
  comparison.Run();
}

void ScoringReads::MeasureExport(const Options& options) {
  const auto stub = ScorecardFeedService::NewStub(OwnConnection(scoring_.address()));
  const auto run = [&](ScorecardView view, const std::function<double(size_t, double)>& rate) {
    ExportScorecardsRequest request;
    request.set_parent("regions/35");
    request.set_year(year_);
    request.set_view(view);
    grpc::ClientContext context;
    rpc::Prepare({.deadline = rpc::CallDeadline(absl::Minutes(10))}, context);
    const Stopwatch watch;
    const auto reader = stub->ExportScorecards(&context, request);
    scoring::v1::ExportScorecardsResponse response;
    size_t scorecards = 0;
    double bytes = 0;
    while (reader->Read(&response)) {
      scorecards += static_cast<size_t>(response.scorecards_size());
      bytes += static_cast<double>(response.ByteSizeLong());
    }
    SAKIP_CHECK(reader->Finish().ok() && scorecards == province_.agencies() * kQuarters);
    return watch.Stop(rate(scorecards, bytes));
  };
  const auto megabytes = [](size_t, double bytes) { return bytes / 1e6; };
  const auto number = [](size_t scorecards, double) { return static_cast<double>(scorecards); };
  Comparison size("scoring: export of a province's year, four quarters", "MB/s", options);
  size.Add("whole scorecards", [&] { return run(scoring::v1::SCORECARD_VIEW_FULL, megabytes); });
  size.Add("as in lists", [&] { return run(scoring::v1::SCORECARD_VIEW_BASIC, megabytes); });
  size.Run();
  Comparison rate("scoring: the same export", "scorecards/s", options);
  rate.Add("whole scorecards", [&] { return run(scoring::v1::SCORECARD_VIEW_FULL, number); });
  rate.Add("as in lists", [&] { return run(scoring::v1::SCORECARD_VIEW_BASIC, number); });
  rate.Run();
}

void ScoringReads::CompareMemory(const Options& options) {
  Options once = options;
  once.rounds = 1;
  Comparison comparison("scoring: memory for all these years", "KiB", once);
  const size_t scorecards = comparison.Add("scorecards of one quarter, all agencies", [&] {
    return Sample{.value = scorecard_bytes_ / 1024};
  });
  const size_t memory = comparison.Add("scoringd, at most", [&] {
    return Sample{.value = static_cast<double>(scoring_.process().MostResidentBytes()) / 1024};
  });
  comparison.Expect({.what = "memory to the scorecards served",
                     .ours = memory,
                     .beside = {scorecards},
                     .bound = Bound::kAtMost,
                     .target = 2});
  comparison.Run();
}

}  // namespace sakip::bench
