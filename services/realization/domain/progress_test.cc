#include "services/realization/domain/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sakip::realization {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Quarter In(State state) {
  Quarter quarter;
  quarter.state = state;
  return quarter;
}

std::vector<std::pair<std::string, uint32_t>> Counts(const std::string& parent) {
  ProgressCount count(ParseResourceName(parent).value());
  for (const char* region : {"35", "35.09", "35.09", "35.10", "36.01"}) {
    if (!ScopeCovers(ParseResourceName(parent).value(),
                     "regions/" + std::string(region) + "/agencies/a")) {
      continue;
    }
    count.Add(region, In(State::kOpen), kNow);
  }
  std::vector<std::pair<std::string, uint32_t>> counts;
  for (const auto& [region, sums] : count.Regions()) counts.emplace_back(region, sums.agencies);
  return counts;
}

TEST(ProgressCount, AddsUpFromTheLowestRegionToTheProvince) {
  EXPECT_THAT(Counts("regions/-"), ElementsAre(Pair("35.09", 2), Pair("35.10", 1), Pair("36.01", 1),
                                               Pair("35", 4), Pair("36", 1)));
  EXPECT_THAT(Counts("regions/35"), ElementsAre(Pair("35.09", 2), Pair("35.10", 1), Pair("35", 4)));
  EXPECT_THAT(Counts("regions/35.09"), ElementsAre(Pair("35.09", 2)));
  EXPECT_THAT(Counts("regions/34"), IsEmpty());
}

TEST(ProgressCount, CountsStatesTurnsAndWhatIsOverdue) {
  ProgressCount count(ParseResourceName("regions/35.09").value());
  Quarter overdue = In(State::kOpen);
  overdue.due_time = kNow - absl::Seconds(1);
  for (const Quarter& quarter : {overdue, In(State::kOpen), In(State::kReturned),
                                 In(State::kVerified), In(State::kClosed)}) {
    count.Add("35.09", quarter, kNow);
  }

  const RegionCount sums = count.Regions().at(0).second;

  EXPECT_EQ(sums.agencies, 5);
  EXPECT_EQ(sums.overdue, 1);
  EXPECT_THAT(sums.states, ElementsAre(Pair(State::kOpen, 2), Pair(State::kVerified, 1),
                                       Pair(State::kReturned, 1), Pair(State::kClosed, 1)));
  EXPECT_THAT(sums.waiting, ElementsAre(Pair("agency_head", 1), Pair("reporter", 3)));
}

}  // namespace
}  // namespace sakip::realization
