#include "services/scoring/domain/ranking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring {
namespace {

using ::testing::ElementsAre;
using testing::R;

// `1 a`, in the order that Rank gives.
std::vector<std::string> Ranked(bool highest_first, std::vector<RankedAgency> standings) {
  Rank(highest_first, standings);
  std::vector<std::string> told;
  for (const RankedAgency& standing : standings) {
    told.push_back(absl::StrCat(standing.rank, " ", standing.agency));
  }
  return told;
}

TEST(Rank, EqualValuesShareARankAndTheNextIsBehindAll) {
  const std::vector<RankedAgency> standings = {
      {"d", R("50")}, {"c", R("80")}, {"a", R("90")}, {"b", R("80")}};

  EXPECT_THAT(Ranked(true, standings), ElementsAre("1 a", "2 b", "2 c", "4 d"));
}

TEST(Rank, CountsFromTheHighestWhateverTheOrder) {
  const std::vector<RankedAgency> standings = {
      {"d", R("50")}, {"c", R("80")}, {"a", R("90")}, {"b", R("80")}};

  EXPECT_THAT(Ranked(false, standings), ElementsAre("4 d", "2 b", "2 c", "1 a"));
}

TEST(Rank, GivesNoRankWithoutANumberAndPutsThoseLast) {
  const std::vector<RankedAgency> standings = {
      {"b", std::nullopt}, {"c", R("0")}, {"a", std::nullopt}, {"d", R("1")}};

  EXPECT_THAT(Ranked(true, standings), ElementsAre("1 d", "2 c", "0 a", "0 b"));
  EXPECT_THAT(Ranked(false, standings), ElementsAre("2 c", "1 d", "0 a", "0 b"));
}

TEST(Rank, ComparesExactValuesAndNotPrintedOnes) {
  EXPECT_THAT(Ranked(true, {{"a", R("199/3")}, {"b", R("200/3")}, {"c", R("66.67")}}),
              ElementsAre("1 c", "2 b", "3 a"));
}

TEST(Rank, OfNoneIsNone) { EXPECT_THAT(Ranked(true, {}), ElementsAre()); }

}  // namespace
}  // namespace sakip::scoring
