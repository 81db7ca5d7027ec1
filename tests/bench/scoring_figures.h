// What it takes scoring to get from nothing to all figures of a province, beside PostgreSQL that
// has them in its tables.
#ifndef SAKIP_TESTS_BENCH_SCORING_FIGURES_H_
#define SAKIP_TESTS_BENCH_SCORING_FIGURES_H_

#include <optional>
#include <string>
#include <vector>

#include "tests/bench/figures_peer.h"
#include "tests/bench/measure.h"
#include "tests/bench/options.h"
#include "tests/bench/province.h"
#include "tests/bench/scoring_process.h"
#include "tests/bench/suite.h"

namespace sakip::bench {

// Not thread-safe. Borrows all it is given.
class ScoringFigures {
 public:
  // Scoring is built anew in folders below `folder`.
  ScoringFigures(const Province& province, const Suite& suite, std::string folder)
      : province_(province), suite_(suite), folder_(std::move(folder)) {}

  // Compares rebuilding all that the suite has and computing the figures of `year` with `peer`,
  // which may be null; and the figures of some agencies.
  void CompareYear(int year, FiguresPeer* peer, const Options& options);

  // Compares rebuilding what the suite has now with what it had in CompareYear. Returns scoring, as
  // it was rebuilt.
  ScoringProcess& CompareGrowth(const Options& options);

 private:
  Sample Rebuild();
  Sample ComputeAll(int year);
  void CheckFigures(int year, FiguresPeer& peer);
  void PrintStore() const;

  const Province& province_;
  const Suite& suite_;
  const std::string folder_;
  int rebuilt_ = 0;  // Times.
  double rebuild_seconds_ = 0;
  std::optional<ScoringProcess> scoring_;
  std::vector<Sample> rebuilds_of_year_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_SCORING_FIGURES_H_
