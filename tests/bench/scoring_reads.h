// What scoring does for those who read and wait: scorecards one at a time, lists and summaries, and
// how soon a submission is seen in a scorecard.
#ifndef SAKIP_TESTS_BENCH_SCORING_READS_H_
#define SAKIP_TESTS_BENCH_SCORING_READS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sakip/realization/v1/realization_service.grpc.pb.h"
#include "tests/bench/calls.h"
#include "tests/bench/options.h"
#include "tests/bench/province.h"
#include "tests/bench/raw_client.h"
#include "tests/bench/scoring_process.h"
#include "tests/bench/suite.h"

namespace sakip::bench {

// Corrects the last quarter of a year of some agencies, over and over. Not thread-safe.
class Corrections {
 public:
  Corrections(const Province& province, const Suite& suite, int year);

  // The agency of the next correction.
  size_t next_agency() const { return submitted_ % requests_.size(); }

  // Submits it; returns the position after it in realization's log.
  uint64_t Submit();

 private:
  const std::unique_ptr<realization::v1::RealizationService::Stub> stub_;
  std::vector<realization::v1::SubmitQuarterRequest> requests_;  // By agency.
  uint64_t submitted_ = 0;
};

// Not thread-safe. Borrows all it is given.
class ScoringReads {
 public:
  // Reads of `scoring`, about years of which `year` is the last.
  ScoringReads(const Province& province, const Suite& suite, ScoringProcess& scoring,
               int first_year, int year);

  void CompareGets(size_t in_flight, const Options& options);
  void CompareSubmissions(const Options& options);
  void MeasureLists(const Options& options);
  void MeasureExport(const Options& options);
  // Of all that was done before.
  void CompareMemory(const Options& options);

 private:
  scoring::v1::GetScorecardRequest RequestFor(size_t agency, int year, int quarter) const;
  double MeanBytes() const;
  size_t BasicBytes(RawClient& client) const;

  const Province& province_;
  const Suite& suite_;
  ScoringProcess& scoring_;
  const int first_year_;
  const int year_;
  const EchoServer echo_server_;
  double scorecard_bytes_ = 0;  // Of the last quarter of all agencies.
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_SCORING_READS_H_
