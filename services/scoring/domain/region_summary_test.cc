#include "services/scoring/domain/region_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using testing::D;
using ::testing::ElementsAre;
using testing::Facts;
using ::testing::IsEmpty;
using testing::MakeIndicator;
using testing::Quantity;
using testing::R;
using testing::StateName;

// An agency that achieved `realized` of 100 and spent `spent` of `budget`.
Facts Agency(absl::string_view realized, absl::string_view spent, absl::string_view budget) {
  Facts facts;
  facts.Key(MakeIndicator("IKU1", "100"));
  facts.Output(MakeIndicator("SK1", "1"), budget);
  Submission& submission = facts.Submit(4);
  submission.indicators["IKU1"] = Quantity(realized);
  submission.budgets["SK1"].realized = D(spent);
  facts.Close(4);
  return facts;
}

RegionSummary SumOf(const std::vector<Facts>& agencies) {
  RegionTally tally;
  for (const Facts& facts : agencies) tally.Add(facts.At(4), facts.policy);
  return tally.Sum();
}

// `AA 1`, of those that anybody has.
std::vector<std::string> Counts(const RatingDistribution& distribution) {
  std::vector<std::string> counts;
  for (const RatingCount& count : distribution.counts) {
    if (count.agencies > 0) counts.push_back(absl::StrCat(count.rating, " ", count.agencies));
  }
  return counts;
}

TEST(RegionTally, RecomputesTheAbsorptionFromSumsAndNeverAveragesIt) {
  const RegionSummary summary = SumOf({Agency("90", "10", "10"), Agency("90", "0", "90")});

  EXPECT_EQ(summary.budget.budget, R("100"));
  EXPECT_EQ(*summary.budget.realized, R("10"));
  EXPECT_EQ(*summary.budget.original, R("100"));
  EXPECT_EQ(summary.budget.absorption.printed, "10.00");  // The mean would be 50.
  EXPECT_EQ(StateName(summary.budget.absorption.state), "FINAL");
}

TEST(RegionTally, IsProvisionalWhileAnyQuarterIsOpen) {
  Facts open = Agency("90", "1", "10");
  open.submissions.closed_quarters.clear();

  EXPECT_EQ(StateName(SumOf({Agency("90", "1", "10"), open}).budget.absorption.state),
            "PROVISIONAL");
}

TEST(RegionTally, CountsRatingsFromTheHighestBandDown) {
  const RegionSummary summary =
      SumOf({Agency("75", "1", "10"), Agency("90", "1", "10"), Agency("70", "1", "10")});

  ASSERT_EQ(summary.distributions.size(), 1u);
  EXPECT_EQ(summary.distributions[0].scale, "permenpanrb-53-2014");
  EXPECT_EQ(summary.distributions[0].counts.size(), 7u);
  EXPECT_THAT(Counts(summary.distributions[0]), ElementsAre("AA 1", "BB 2"));
  EXPECT_EQ(summary.agencies, 3);
  EXPECT_EQ(summary.submitted, 3);
}

TEST(RegionTally, KeepsScalesApartThatAreNotTheSame) {
  Facts other = Agency("90", "1", "10");
  other.policy.scale.bands[0].label = "Istimewa";
  Facts exclusive = Agency("90", "1", "10");
  exclusive.policy = *policy::FindBuiltIn("policies/permenpanrb-88-2021/versions/1");

  const RegionSummary summary = SumOf({exclusive, Agency("90", "1", "10"), other});

  ASSERT_EQ(summary.distributions.size(), 3u);
  EXPECT_EQ(summary.distributions[0].scale, "permenpanrb-53-2014");
  EXPECT_EQ(summary.distributions[1].counts[0].label, "Istimewa");
  EXPECT_THAT(Counts(summary.distributions[2]), ElementsAre("A 1"));
}

TEST(RegionTally, CountsThoseThatAreMissing) {
  Facts silent = Agency("90", "1", "10");
  silent.submissions = {};
  RegionTally tally;
  tally.Add(silent.At(4), silent.policy);
  tally.AddWithoutPlan();

  const RegionSummary summary = tally.Sum();

  EXPECT_EQ(summary.agencies, 1);
  EXPECT_EQ(summary.without_plan, 1);
  EXPECT_EQ(summary.submitted, 0);
  EXPECT_EQ(summary.unrated, 1);
  EXPECT_THAT(summary.distributions, IsEmpty());
  EXPECT_EQ(StateName(summary.budget.absorption.state), "MISSING");
}

TEST(RegionTally, OfNoneIsEmpty) {
  const RegionSummary summary = RegionTally().Sum();

  EXPECT_EQ(summary.agencies, 0);
  EXPECT_EQ(StateName(summary.budget.absorption.state), "MISSING");
}

}  // namespace
}  // namespace sakip::scoring
