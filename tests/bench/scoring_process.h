// ScoringProcess is a scoringd that follows a suite.
#ifndef SAKIP_TESTS_BENCH_SCORING_PROCESS_H_
#define SAKIP_TESTS_BENCH_SCORING_PROCESS_H_

#include <memory>
#include <string>

#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "tests/bench/calls.h"
#include "tests/bench/service_process.h"
#include "tests/bench/suite.h"

namespace sakip::bench {

// Not thread-safe but for its stub. Whatever fails here ends the program.
class ScoringProcess {
 public:
  using Stub = scoring::v1::ScoringService::Stub;

  // Starts it in `folder`, on what is there.
  ScoringProcess(const Suite& suite, const std::string& folder);

  // Returns once it has read both logs to their ends.
  void WaitUntilRead(const Suite& suite);

  scoring::v1::GetScorecardResponse GetScorecard(const std::string& name);

  const ServiceProcess& process() const { return process_; }
  const std::string& address() const { return process_.address(); }
  Stub& stub() { return *stub_; }

 private:
  const ServiceProcess process_;
  const std::unique_ptr<Stub> stub_;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_SCORING_PROCESS_H_
