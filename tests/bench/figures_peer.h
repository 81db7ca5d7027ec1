// FiguresPeer is PostgreSQL with the plans and submissions of a province in its tables, computing
// by SQL what scorecards tell: the achievement of each indicator against the year's target and the
// one to date, the means of objectives and agency, and the absorption of each level.
#ifndef SAKIP_TESTS_BENCH_FIGURES_PEER_H_
#define SAKIP_TESTS_BENCH_FIGURES_PEER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "tests/bench/suite.h"

namespace sakip::bench {

// Figures of one agency, in percent, by kind and code: `year SK1`, `to_date IKU1`, `absorption K2`.
// The code of the agency's own is empty.
using Figures = std::map<std::string, double>;

// Add is thread-safe, the rest is not. An error of PostgreSQL ends the process.
class FiguresPeer {
 public:
  virtual ~FiguresPeer() = default;

  // Makes empty tables of its own. Null where `connection` is empty or the benchmark was built
  // without libpq.
  static std::unique_ptr<FiguresPeer> Connect(const std::string& connection);

  // Takes the rows of an agency; they are stored by Finish.
  virtual void Add(size_t agency, const AgencyYearData& data) = 0;

  // Loads and indexes the rows.
  virtual void Finish() = 0;

  // Computes the figures of all agencies for a year at the end of a quarter, by one statement.
  virtual void Compute(int year, int quarter) = 0;

  // The figures of an agency that were computed last.
  virtual Figures Of(size_t agency) = 0;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_FIGURES_PEER_H_
