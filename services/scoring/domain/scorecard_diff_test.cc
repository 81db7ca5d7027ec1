#include "services/scoring/domain/scorecard_diff.h"

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

// `S1 AA -> A`, `SK1 to date 120.00 -> 100.00`.
std::vector<std::string> Told(const Scorecard& before, const Scorecard& after) {
  std::vector<std::string> told;
  const auto text = [](const Achievement* achievement) {
    return achievement == nullptr
               ? "none"
               : absl::StrCat(achievement->figure.printed, " ", achievement->rating);
  };
  for (const AchievementChange& change : ChangedAchievements(before, after)) {
    told.push_back(absl::StrCat(change.code, change.to_date ? " to date " : " ",
                                text(change.before), " -> ", text(change.after)));
  }
  return told;
}

// Exactly 90 % of the objective's indicator, 120 % of the output.
Facts NinetyPercent() {
  Facts facts;
  facts.Key(MakeIndicator("IKU1", "100"));
  facts.Output(MakeIndicator("SK1", "50"));
  Submission& submission = facts.Submit(4);
  submission.indicators["IKU1"] = Quantity("90");
  submission.indicators["SK1"] = Quantity("60");
  return facts;
}

TEST(ChangedAchievements, TellsWhichRatingsAnotherScaleChanges) {
  Facts facts = NinetyPercent();
  const Scorecard included = facts.At(4);
  facts.policy = *policy::FindBuiltIn("policies/permenpanrb-88-2021/versions/1");

  EXPECT_THAT(Told(included, facts.At(4)),
              ElementsAre("regions/35.09/agencies/dinsos 90.00 AA -> 90.00 A",
                          "regions/35.09/agencies/dinsos to date 90.00 AA -> 90.00 A",
                          "S1 90.00 AA -> 90.00 A", "S1 to date 90.00 AA -> 90.00 A",
                          "IKU1 90.00 AA -> 90.00 A", "IKU1 to date 90.00 AA -> 90.00 A"));
}

TEST(ChangedAchievements, TellsWhatAnotherClampChanges) {
  Facts facts = NinetyPercent();
  const Scorecard unclamped = facts.At(4);
  facts.policy.clamps[Level::kSubActivity] = {D("0"), D("100")};

  EXPECT_THAT(Told(unclamped, facts.At(4)),
              ElementsAre("SK1 120.00 AA -> 100.00 AA", "SK1 to date 120.00 AA -> 100.00 AA"));
}

TEST(ChangedAchievements, TellsWhatOnlyOneHas) {
  Facts facts = NinetyPercent();
  const Scorecard one = facts.At(4);
  facts.Output(MakeIndicator("SK2", "10"));
  facts.submissions.by_quarter[4].indicators["SK2"] = Quantity("9");
  const Scorecard two = facts.At(4);

  EXPECT_THAT(Told(one, two), ElementsAre("SK2 none -> 90.00 AA", "SK2 to date none -> 90.00 AA"));
  EXPECT_THAT(Told(two, one), ElementsAre("SK2 90.00 AA -> none", "SK2 to date 90.00 AA -> none"));
  EXPECT_THAT(Told(one, one), IsEmpty());
}

TEST(ChangedBudgets, TellsWhatDiffersAtEveryLevel) {
  Facts facts = NinetyPercent();
  facts.submissions.by_quarter[4].budgets["SK1"].realized = D("40");
  const Scorecard before = facts.At(4);
  facts.submissions.by_quarter[4].budgets["SK1"].realized = D("50");
  const Scorecard after = facts.At(4);

  std::vector<std::string> told;
  for (const BudgetChange& change : ChangedBudgets(before, after)) {
    told.push_back(absl::StrCat(change.code, " ", change.before->absorption.printed, " -> ",
                                change.after->absorption.printed));
  }
  EXPECT_THAT(told, ElementsAre("regions/35.09/agencies/dinsos 40.00 -> 50.00", "S1 40.00 -> 50.00",
                                "P1 40.00 -> 50.00", "K1 40.00 -> 50.00", "SK1 40.00 -> 50.00"));
  EXPECT_THAT(ChangedBudgets(after, after), IsEmpty());
}

TEST(Score, WeighsIndicatorsAsThePolicySays) {
  Facts facts;
  facts.Key(MakeIndicator("IKU1", "100")).weight = D("3");
  facts.Key(MakeIndicator("IKU2", "100"));
  Submission& submission = facts.Submit(4);
  submission.indicators["IKU1"] = Quantity("100");
  submission.indicators["IKU2"] = Quantity("60");

  EXPECT_EQ(facts.At(4).achievement.figure.printed, "90.00");  // (3 x 100 + 60) / 4
  facts.policy.weighting = policy::Weighting::kEqual;
  EXPECT_EQ(facts.At(4).achievement.figure.printed, "80.00");  // (100 + 60) / 2
}

}  // namespace
}  // namespace sakip::scoring
