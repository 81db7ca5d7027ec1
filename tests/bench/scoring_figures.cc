#include "tests/bench/scoring_figures.h"

#include <atomic>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/log.h"
#include "common/base/period.h"
#include "common/rpc/test_call.h"
#include "tests/bench/comparison.h"
#include "tests/bench/scorecard_figures.h"

namespace sakip::bench {
namespace {

using scoring::v1::ListScorecardsRequest;
using Stub = ScoringProcess::Stub;

constexpr double kMebibyte = 1024.0 * 1024.0;
constexpr size_t kClients = 2;
constexpr int kPageSize = 500;
constexpr size_t kCheckedAgencies = 20;
// The peer's quotients have 16 digits after the point or more, ours are exact and cut off after 12.
constexpr double kTolerance = 1e-9;

// All scorecards of a region, computed in full; little of them is sent.
void ListAll(Stub& stub, const std::string& region, int year) {
  ListScorecardsRequest request;
  request.set_parent(region);
  request.set_year(year);
  request.set_quarter(kQuarters);
  request.set_page_size(kPageSize);
  request.mutable_read_mask()->add_paths("name");
  request.mutable_read_mask()->add_paths("achievement.figure");
  do {
    const auto page =
        MustBe(rpc::CallNow(stub, &Stub::ListScorecards, request, "", absl::Minutes(1)));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
}

}  // namespace

Sample ScoringFigures::Rebuild() {
  scoring_.reset();
  const std::string folder = absl::StrCat(folder_, "/scoring");
  std::filesystem::remove_all(folder);
  const Stopwatch watch;
  scoring_.emplace(suite_, folder);
  scoring_->WaitUntilRead(suite_);
  Sample sample =
      watch.Stop(static_cast<double>(suite_.planning_records() + suite_.realization_records()));
  rebuild_seconds_ =
      static_cast<double>(suite_.planning_records() + suite_.realization_records()) / sample.value;
  sample.cpu = scoring_->process().CpuSeconds() / rebuild_seconds_;
  return sample;
}

Sample ScoringFigures::ComputeAll(int year) {
  std::atomic<size_t> next{1};
  const auto list = [&] {
    for (size_t regency = next++; regency <= Province::kRegencies; regency = next++) {
      ListAll(scoring_->stub(), absl::StrFormat("regions/35.%02d", regency), year);
    }
  };
  const Stopwatch watch;
  std::vector<std::thread> clients;
  for (size_t i = 0; i < kClients; ++i) clients.emplace_back(list);
  for (std::thread& client : clients) client.join();
  return watch.Stop(static_cast<double>(province_.agencies()));
}

void ScoringFigures::CompareYear(int year, FiguresPeer* peer, const Options& options) {
  const auto agencies = static_cast<double>(province_.agencies());
  Comparison comparison(absl::StrCat("scoring: a year of ", province_.agencies(), " agencies"),
                        "agencies/s", options);
  comparison.Add("rebuild: follow both logs to the end", [&] {
    Sample sample = Rebuild();
    rebuilds_of_year_.push_back(sample);
    sample.value = agencies / rebuild_seconds_;
    return sample;
  });
  double figures_seconds = 0;
  const size_t figures = comparison.Add("all figures of the fourth quarter", [&] {
    const Sample sample = ComputeAll(year);
    figures_seconds = agencies / sample.value;
    return sample;
  });
  const size_t both = comparison.Add("rebuild, then all figures", [&] {
    return Sample{.value = agencies / (rebuild_seconds_ + figures_seconds)};
  });
  if (peer != nullptr) {
    const size_t sql = comparison.Add("peer: PostgreSQL, rows are loaded", [&] {
      const Stopwatch watch;
      peer->Compute(year, kQuarters);
      return watch.Stop(agencies);
    });
    comparison.Expect({.what = "rebuild and figures to PostgreSQL",
                       .ours = both,
                       .beside = {sql},
                       .bound = Bound::kAtLeast,
                       .target = 1});
    comparison.Expect({.what = "figures alone to PostgreSQL", .ours = figures, .beside = {sql}});
  }
  comparison.Run();
  if (peer != nullptr) CheckFigures(year, *peer);
  PrintStore();
}

void ScoringFigures::CheckFigures(int year, FiguresPeer& peer) {
  const size_t step = std::max<size_t>(1, province_.agencies() / kCheckedAgencies);
  size_t compared = 0;
  for (size_t agency = 0; agency < province_.agencies(); agency += step) {
    const std::string name = absl::StrCat(province_.AgencyName(agency), "/scorecards/", year, "Q4");
    const Figures ours = FiguresOf(scoring_->GetScorecard(name).scorecard());
    const Figures theirs = peer.Of(agency);
    SAKIP_CHECK(!ours.empty() && ours.size() == theirs.size());
    for (const auto& [figure, value] : ours) {
      const auto it = theirs.find(figure);
      const bool same = it != theirs.end() && std::abs(value - it->second) < kTolerance;
      if (!same) std::cerr << name << " " << figure << ": " << value << "\n";
      SAKIP_CHECK(same);
      ++compared;
    }
  }
  std::printf("  %zu figures compared with those of PostgreSQL: equal\n", compared);
}

ScoringProcess& ScoringFigures::CompareGrowth(const Options& options) {
  Comparison comparison("scoring: rebuild as the logs grow", "events/s", options);
  size_t round = 0;
  const size_t year = comparison.Add("a year of them, before", [&] {
    return rebuilds_of_year_[round++ % rebuilds_of_year_.size()];
  });
  const size_t all = comparison.Add("all years", [&] { return Rebuild(); });
  comparison.Expect({.what = "all years to one: linear",
                     .ours = all,
                     .beside = {year},
                     .bound = Bound::kAtLeast,
                     .target = 0.9});
  comparison.Run();
  PrintStore();
  return *scoring_;
}

void ScoringFigures::PrintStore() const {
  const ServiceProcess& process = scoring_->process();
  std::printf(
      "  %.1f s for %zu events of %.0f MiB (%.0f MiB/s); %.0f MiB on disk, memory at most "
      "%.0f MiB\n",
      rebuild_seconds_,
      static_cast<size_t>(suite_.planning_records() + suite_.realization_records()),
      static_cast<double>(suite_.bytes()) / kMebibyte,
      static_cast<double>(suite_.bytes()) / kMebibyte / rebuild_seconds_,
      static_cast<double>(process.DiskBytes()) / kMebibyte,
      static_cast<double>(process.MostResidentBytes()) / kMebibyte);
}

}  // namespace sakip::bench
