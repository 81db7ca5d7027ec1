#include "services/scoring/domain/scorecard_filter.h"

#include <gtest/gtest.h>

#include <string>

namespace sakip::scoring {
namespace {

Scorecard Card(const std::string& agency, const std::string& rating) {
  Scorecard card;
  card.agency = agency;
  card.period = {2023, 4};
  card.achievement.rating = rating;
  return card;
}

TEST(Matches, EverythingWithoutAFilter) {
  EXPECT_TRUE(Matches({}, Card("regions/35.09/agencies/dinsos", "")));
}

TEST(Matches, AnyOfTheRatings) {
  const ScorecardFilter filter{.ratings = {"AA", "A"}};
  EXPECT_TRUE(Matches(filter, Card("regions/35.09/agencies/dinsos", "A")));
  EXPECT_FALSE(Matches(filter, Card("regions/35.09/agencies/dinsos", "B")));
  EXPECT_FALSE(Matches(filter, Card("regions/35.09/agencies/dinsos", "")));
}

TEST(Matches, ThoseWhoseQuarterWasSubmittedOrNot) {
  Scorecard card = Card("regions/35.09/agencies/dinsos", "");
  card.submissions.emplace_back().name = "regions/35.09/agencies/dinsos/submissions/2023Q3";
  EXPECT_TRUE(Matches({.submitted = false}, card));
  EXPECT_FALSE(Matches({.submitted = true}, card));
  card.submissions.emplace_back().name = "regions/35.09/agencies/dinsos/submissions/2023Q4";
  EXPECT_FALSE(Matches({.submitted = false}, card));
  EXPECT_TRUE(Matches({.submitted = true}, card));
}

TEST(Matches, AgenciesOfALevelOfGovernment) {
  const Scorecard province = Card("regions/35/agencies/dinsos", "");
  const Scorecard regency = Card("regions/35.09/agencies/dinsos", "");
  EXPECT_TRUE(Matches({.level = RegionLevel::kProvince}, province));
  EXPECT_FALSE(Matches({.level = RegionLevel::kProvince}, regency));
  EXPECT_TRUE(Matches({.level = RegionLevel::kRegency}, regency));
  EXPECT_FALSE(Matches({.level = RegionLevel::kRegency}, province));
  EXPECT_FALSE(
      Matches({.level = RegionLevel::kRegency}, Card("regions/35.09.01/agencies/camat", "")));
}

}  // namespace
}  // namespace sakip::scoring
