// Scoring a province: rebuilding from the logs of planning and realization beside PostgreSQL
// computing the same figures, reading scorecards beside an echo of the same bytes, and how soon a
// submission is seen in a scorecard.
//
//   scoring_bench [--agencies=1600] [--sub_activities=100] [--years=5] [--seed=1]
//
// Three programs run, as they are run; the first year alone is compared with PostgreSQL.

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/flags/flag.h"
#include "common/testing/temp_dir.h"
#include "tests/bench/figures_peer.h"
#include "tests/bench/options.h"
#include "tests/bench/province.h"
#include "tests/bench/scoring_figures.h"
#include "tests/bench/scoring_reads.h"
#include "tests/bench/suite.h"

ABSL_FLAG(size_t, agencies, 1600, "How many agencies; a province has about as many.");
ABSL_FLAG(size_t, sub_activities, 100, "How many sub-activities each has.");
ABSL_FLAG(int, years, 5, "How many years they planned and reported, at most 6.");
ABSL_FLAG(uint64_t, seed, 1, "Of the plans and submissions.");

namespace sakip::bench {
namespace {

constexpr size_t kInFlightMax = 64;  // More wait than a province has readers.

void Run(const Options& options) {
  const Province province(absl::GetFlag(FLAGS_seed),
                          options.Count(absl::GetFlag(FLAGS_agencies), 40),
                          options.Count(absl::GetFlag(FLAGS_sub_activities), 20));
  const int last_year =
      Province::kFirstYear + static_cast<int>(options.Count(absl::GetFlag(FLAGS_years), 2)) - 1;
  const sakip::testing::TempDir folder;
  const std::unique_ptr<FiguresPeer> peer = FiguresPeer::Connect(options.postgres);
  Suite suite(province, folder.path());
  suite.AddYear(Province::kFirstYear, [&](size_t agency, const AgencyYearData& data) {
    if (peer != nullptr) peer->Add(agency, data);
  });
  if (peer != nullptr) peer->Finish();
  ScoringFigures figures(province, suite, folder.path());
  figures.CompareYear(Province::kFirstYear, peer.get(), options);
  for (int year = Province::kFirstYear + 1; year <= last_year; ++year) {
    suite.AddYear(year, [](size_t, const AgencyYearData&) {});
  }
  ScoringProcess& scoring = figures.CompareGrowth(options);
  ScoringReads reads(province, suite, scoring, Province::kFirstYear, last_year);
  for (const size_t in_flight : options.in_flight) {
    if (in_flight <= kInFlightMax) reads.CompareGets(in_flight, options);
  }
  reads.CompareSubmissions(options);
  reads.MeasureLists(options);
  reads.MeasureExport(options);
  reads.CompareMemory(options);
}

}  // namespace
}  // namespace sakip::bench

int main(int argc, char** argv) {
  sakip::bench::Run(sakip::bench::ParseOptions(argc, argv));
  return 0;
}
