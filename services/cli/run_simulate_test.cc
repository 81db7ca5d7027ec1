// Simulating, against servers with canned answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kWhatIf[] = R"(targets:
  - {indicator_code: IKU1, value: 80}
quarters:
  - quarter: 4
    indicators:
      - {indicator_code: IKU2, percentage: 90.2}
    budgets:
      - {sub_activity_code: SK1, realized: 1000000}
    withdrawn_indicators: [IKU4]
)";

class RunSimulateTest : public RunTest {
 protected:
  Outcome Simulate(const std::string& yaml, const std::vector<std::string>& more = {}) {
    file_ = Write("what-if.yaml", yaml);
    std::vector<std::string> args = {"simulate", kDinsos,     file_, "--year",
                                     "2023",     "--quarter", "4"};
    args.insert(args.end(), more.begin(), more.end());
    return Run(args);
  }

  std::string file_;
};

TEST_F(RunSimulateTest, SendsTheChangesOfAFile) {
  realization_log_.GetHead_.response.set_end_position(9);

  EXPECT_EQ(Simulate(kWhatIf, {"--verified"}).code, 0);

  const auto& request = scoring_.SimulateScorecard_.requests.at(0);
  EXPECT_EQ(request.name(), std::string(kDinsos) + "/scorecards/2023Q4");
  EXPECT_EQ(request.basis(), scoring::v1::Sources::BASIS_VERIFIED);
  EXPECT_EQ(request.at_least().realization(), 9u);
  EXPECT_EQ(request.targets(0).value(), "80");
  EXPECT_EQ(request.quarters(0).indicators(0).percentage(), "90.2");
  EXPECT_EQ(request.quarters(0).budgets(0).realized(), "1000000");
  EXPECT_EQ(request.quarters(0).withdrawn_indicators(0), "IKU4");
}

TEST_F(RunSimulateTest, ShowsWhatWouldDiffer) {
  auto& response = scoring_.SimulateScorecard_.response;
  response.mutable_scorecard()->set_agency_display_name("Dinas Sosial");
  response.mutable_scorecard()->mutable_sources()->set_policy("regions/35/scoringPolicies/1");
  auto& change = *response.add_changes();
  change.set_code(kDinsos);
  change.mutable_before()->mutable_figure()->set_state(scoring::v1::FIGURE_STATE_FINAL);
  change.mutable_before()->mutable_figure()->set_value("99.78");
  auto& money = *response.add_budget_changes();
  money.set_code("SK1");
  money.mutable_after()->set_realized("1000000");

  const Outcome outcome = Simulate(kWhatIf);

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Dinas Sosial\nSimulasi: tidak disimpan\n"),
                    HasSubstr("kebijakan daerah 35 versi 1\n"), HasSubstr("kebijakan rancangan\n"),
                    HasSubstr("Perangkat daerah"), HasSubstr("99,78"),
                    HasSubstr("Anggaran yang berbeda"), HasSubstr("Rp1.000.000")));
  response.clear_changes();
  response.clear_budget_changes();
  EXPECT_THAT(Simulate(kWhatIf).out, AllOf(HasSubstr("Tidak ada capaian yang berbeda"),
                                           Not(HasSubstr("Anggaran yang berbeda"))));
}

TEST_F(RunSimulateTest, ShowsWhatIsWrongWhereItStandsInTheFile) {
  scoring_.SimulateScorecard_.error =
      InvalidField("quarters[0].indicators[0].indicator_code", "is IKU2, no indicator of the plan");

  const Outcome outcome = Simulate(kWhatIf);

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr(file_ + ":6:10: quarters[0].indicators[0].indicator_code: is "
                                             "IKU2, no indicator of the plan\n"));
}

TEST_F(RunSimulateTest, RefusesFilesThatAreNone) {
  EXPECT_THAT(Simulate("name: x\ntargets: []\n").err,
              HasSubstr("name: is said on the command line; leave it out"));
  EXPECT_THAT(Simulate("coverage: quarter\n").err,
              HasSubstr("is a submission and not a simulation; `sakipctl submit` takes it"));
  EXPECT_EQ(Simulate("targets: []\n", {"--as-of=x"}).code, 2);
  EXPECT_THAT(scoring_.SimulateScorecard_.requests, IsEmpty());
}

}  // namespace
}  // namespace sakip::cli
