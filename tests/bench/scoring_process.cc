#include "tests/bench/scoring_process.h"

#include "common/rpc/test_call.h"

namespace sakip::bench {
namespace {

constexpr char kAnyPolicy[] = "policies/permenpanrb-53-2014/versions/1";

}  // namespace

ScoringProcess::ScoringProcess(const Suite& suite, const std::string& folder)
    : process_("scoringd", folder,
               {"--planning=" + suite.planning_address(),
                "--realization=" + suite.realization_address()}),
      stub_(scoring::v1::ScoringService::NewStub(OwnConnection(process_.address()))) {}

void ScoringProcess::WaitUntilRead(const Suite& suite) {
  scoring::v1::GetPolicyRequest request;
  request.set_name(kAnyPolicy);
  request.mutable_at_least()->set_planning(suite.planning_records());
  request.mutable_at_least()->set_realization(suite.realization_records());
  MustBe(rpc::CallNow(*stub_, &Stub::GetPolicy, request, "", absl::Minutes(1)));
}

scoring::v1::GetScorecardResponse ScoringProcess::GetScorecard(const std::string& name) {
  scoring::v1::GetScorecardRequest request;
  request.set_name(name);
  return MustBe(rpc::CallNow(*stub_, &Stub::GetScorecard, request));
}

}  // namespace sakip::bench
