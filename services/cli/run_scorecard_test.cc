// Commands about scorecards, against servers with canned answers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/error.h"
#include "services/cli/testing_run.h"

namespace sakip::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(RunTest, AsksForTheStateBeforeTwoPositions) {
  realization_log_.GetHead_.response.set_end_position(9);

  EXPECT_EQ(RunScorecard({"--as-of", "12:34"}).code, 0);

  const auto& request = scoring_.GetScorecard_.requests.at(0);
  EXPECT_EQ(request.as_of().positions().planning(), 12u);
  EXPECT_EQ(request.as_of().positions().realization(), 34u);
  // The past does not wait for what was written a moment ago.
  EXPECT_EQ(request.at_least().realization(), 0u);
}

TEST_F(RunTest, AsksForTheStateOfAMoment) {
  realization_log_.GetHead_.response.set_end_position(9);

  EXPECT_EQ(RunScorecard({"--as-of", "2024-01-31T17:00:00+07:00"}).code, 0);

  const auto& request = scoring_.GetScorecard_.requests.at(0);
  EXPECT_EQ(request.as_of().time().seconds(), 1706695200);
  EXPECT_EQ(request.at_least().realization(), 9u);
}

TEST_F(RunTest, RefusesAStateThatIsNone) {
  for (const char* text : {"yesterday", "12", "12:", "-1:2", "2024-01-31"}) {
    const Outcome outcome = RunScorecard({std::string("--as-of=") + text});
    EXPECT_EQ(outcome.code, 2) << text;
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("--as-of"), HasSubstr("PLANNING:REALIZATION")))
        << text;
  }
  EXPECT_THAT(scoring_.GetScorecard_.requests, IsEmpty());
}

TEST_F(RunTest, AsksForVerifiedSubmissionsOnly) {
  EXPECT_EQ(RunScorecard({"--verified"}).code, 0);
  EXPECT_EQ(RunScorecard().code, 0);
  EXPECT_EQ(
      Run({"scorecards", "regions/35", "--year", "2023", "--quarter", "4", "--verified"}).code, 0);

  EXPECT_EQ(scoring_.GetScorecard_.requests.at(0).basis(), scoring::v1::Sources::BASIS_VERIFIED);
  EXPECT_EQ(scoring_.GetScorecard_.requests.at(1).basis(), scoring::v1::Sources::BASIS_UNSPECIFIED);
  EXPECT_EQ(scoring_.ListScorecards_.requests.at(0).basis(), scoring::v1::Sources::BASIS_VERIFIED);
}

TEST_F(RunTest, ListsByFilterAndOrderWithRanks) {
  auto& response = scoring_.ListScorecards_.response;
  response.add_scorecards()->set_name("regions/35.09/agencies/dinsos/scorecards/2023Q4");
  response.add_ranks(2);

  const Outcome outcome = Run({"scorecards", "regions/35", "--year", "2023", "--quarter", "4",
                               "--rating", "AA", "--rating", "A", "--not-submitted", "--level",
                               "regency", "--order-by", "achievement desc"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto& request = scoring_.ListScorecards_.requests.at(0);
  EXPECT_EQ(request.parent(), "regions/35");
  EXPECT_EQ(request.filter().ratings_size(), 2);
  EXPECT_EQ(request.filter().submission(), scoring::v1::ScorecardFilter::SUBMISSION_NOT_SUBMITTED);
  EXPECT_EQ(request.filter().region_level(), scoring::v1::ScorecardFilter::REGION_LEVEL_REGENCY);
  EXPECT_EQ(request.order_by(), "achievement desc");
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Peringkat"), HasSubstr("        2  regions/35.09")));
  EXPECT_EQ(Run({"scorecards", "regions/35", "--year", "2023", "--quarter", "4", "--submitted",
                 "--not-submitted"})
                .code,
            2);
}

TEST_F(RunTest, SumsUpARegion) {
  auto& response = scoring_.SummarizeScorecards_.response;
  response.mutable_total()->set_region("regions/35");
  response.mutable_total()->mutable_budget()->set_budget("5000000");
  auto& distribution = *response.mutable_total()->add_distributions();
  distribution.set_rating_scale("permenpanrb-53-2014");
  auto& count = *distribution.add_counts();
  count.set_rating("AA");
  count.set_agencies(3);
  response.add_governments()->set_region("regions/35.09");
  EXPECT_THAT(Run({"summary", "regions/35", "--year", "2023", "--quarter", "4"}).out,
              Not(HasSubstr("Belum menyampaikan")));
  response.add_not_submitted()->set_agency("regions/35.09/agencies/dinsos");

  const Outcome outcome =
      Run({"summary", "regions/35", "--year", "2023", "--quarter", "4", "--as-of", "12:34"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(scoring_.SummarizeScorecards_.requests.at(1).as_of().positions().planning(), 12u);
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr("Sebaran predikat"), HasSubstr("Anggaran"), HasSubstr("permenpanrb-53-2014"),
            HasSubstr("Jumlah"), HasSubstr("Rp5.000.000"), HasSubstr("regions/35.09"),
            HasSubstr("Belum menyampaikan (1)"), HasSubstr("regions/35.09/agencies/dinsos")));
}

TEST_F(RunTest, ShowsWhatAnotherPolicyWouldChange) {
  auto& response = scoring_.GetScorecard_.response;
  response.mutable_comparison()->set_own_policy("regions/35.09/scoringPolicies/2");
  EXPECT_THAT(RunScorecard({"--policy", "p"}).out, HasSubstr("Tidak ada capaian yang berbeda"));
  auto& change = *response.mutable_comparison()->add_changes();
  change.set_code("IKU1");
  change.set_target(scoring::v1::AchievementChange::TARGET_TO_DATE);
  change.mutable_before()->mutable_figure()->set_state(scoring::v1::FIGURE_STATE_FINAL);
  change.mutable_before()->mutable_figure()->set_value("90.00");
  change.mutable_before()->set_rating("AA");
  *change.mutable_after() = change.before();
  change.mutable_after()->set_rating("A");

  const Outcome outcome = RunScorecard({"--policy", "policies/x/versions/1"});

  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(scoring_.GetScorecard_.requests.at(1).policy(), "policies/x/versions/1");
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Dibandingkan dengan kebijakannya, daerah 35.09 versi 2"),
                    HasSubstr("IKU1"), HasSubstr("s.d. triwulan"), HasSubstr("90,00 A\n")));
}

TEST_F(RunTest, ComparesKeyIndicators) {
  auto& comparison = *scoring_.GetScorecard_.response.add_comparisons();
  comparison.set_code("IKU2");
  comparison.set_trend(scoring::v1::STANDING_BETTER);
  scoring_.GetScorecard_.response.mutable_scorecard()->set_name(
      "regions/35.09/agencies/dinsos/scorecards/2023Q4");
  comparison.add_years()->set_year(2021);
  auto& year = *comparison.add_years();
  year.set_year(2022);
  year.mutable_realization()->set_value("85");
  year.set_definition_changed(true);
  auto& final_target = *comparison.mutable_final_target();
  final_target.set_year(2026);
  final_target.mutable_pace()->set_value("0.1");
  final_target.mutable_pace()->set_unit("%");
  comparison.add_quarters()->set_quarter(3);
  auto& reference = *comparison.add_references();
  reference.set_level(planning::v1::ReferenceValue::LEVEL_NATIONAL);
  reference.set_standing(scoring::v1::STANDING_WORSE);
  scoring_.GetScorecard_.response.add_warnings()->set_code("WORSE_THAN_REFERENCE");

  const Outcome outcome = RunScorecard({"--compare"});

  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(scoring_.GetScorecard_.requests.at(0).with_comparisons());
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Tahun sebelumnya"), HasSubstr("berubah"), HasSubstr("lebih baik"),
                    HasSubstr("Target akhir rencana strategis"), HasSubstr("0,1 %"),
                    HasSubstr("Perjalanan tahun ini"), HasSubstr("III"), HasSubstr("nasional"),
                    HasSubstr("lebih buruk"), HasSubstr("Peringatan dini"),
                    HasSubstr("WORSE_THAN_REFERENCE")));
  // The trend is against 2022; the row of 2021 has none.
  EXPECT_EQ(outcome.out.find("lebih baik"), outcome.out.rfind("lebih baik"));
  EXPECT_THAT(RunScorecard().out, Not(HasSubstr("Tahun sebelumnya")));
}

TEST_F(RunTest, PublishesAPolicyFromAFile) {
  auto& response = scoring_policies_.PublishScoringPolicy_.response;
  response.mutable_scoring_policy()->set_name("regions/35.09/scoringPolicies/2");
  const std::string file = Write("perbup.yaml", R"(parent: regions/35.09
expected_version: 1
scoring_policy:
  legal_basis: Perbup 7/2023
  first_year: 2024
  digits: 2
  default_formula: positive
  weighting: equal
  clamps:
    - {level: objective, lower: "0", upper: "100"}
  rating_scale:
    code: perbup
    bands:
      - {rating: Baik, label: Baik, lower: "75", lower_included: true}
      - {rating: Kurang, label: Kurang}
)");

  const Outcome outcome = Run({"policy", "publish", file});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("published regions/35.09/scoringPolicies/2"));
  const auto& request = scoring_policies_.PublishScoringPolicy_.requests.at(0);
  EXPECT_EQ(request.parent(), "regions/35.09");
  EXPECT_EQ(request.expected_version(), 1u);
  EXPECT_NE(request.request_id(), "");
  EXPECT_EQ(request.scoring_policy().weighting(), types::v1::WEIGHTING_EQUAL);
  EXPECT_EQ(request.scoring_policy().clamps(0).level(), types::v1::LEVEL_OBJECTIVE);
  EXPECT_EQ(request.scoring_policy().rating_scale().bands_size(), 2);
}

TEST_F(RunTest, ShowsWhatIsWrongWithAPolicyWhereItStandsInTheFile) {
  FieldErrors errors;
  errors.Add("scoring_policy.rating_scale.code", "is wrong");
  errors.Add("scoring_policy.first_year", "is no year");
  scoring_policies_.PublishScoringPolicy_.error = errors.ToStatus();
  const std::string file = Write("perbup.yaml", R"(parent: regions/35.09
scoring_policy:
  rating_scale: {code: x}
)");

  const Outcome outcome = Run({"policy", "publish", file});

  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr(file + ":3:18: scoring_policy.rating_scale.code: is wrong\n"),
                    HasSubstr(file + ":2:1: scoring_policy.first_year: is no year\n")));
}

TEST_F(RunTest, ListsThePoliciesOfARegion) {
  auto& policy = *scoring_.ListPolicies_.response.add_policies();
  policy.set_name("regions/35.09/scoringPolicies/2");
  policy.set_first_year(2024);

  const Outcome outcome = Run({"policy", "list", "regions/35.09"});

  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("regions/35.09/scoringPolicies/2"), HasSubstr("2024")));
  EXPECT_EQ(scoring_.ListPolicies_.requests.at(0).parent(), "regions/35.09");
}

}  // namespace
}  // namespace sakip::cli
