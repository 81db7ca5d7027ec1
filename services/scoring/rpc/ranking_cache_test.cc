#include "services/scoring/rpc/ranking_cache.h"

#include <gtest/gtest.h>

namespace sakip::scoring {
namespace {

Ranking OfSize(size_t places) {
  return std::make_shared<const std::vector<Place>>(places, Place{"regions/35/agencies/a", 1});
}

TEST(RankingCache, FindsWhatItKeeps) {
  RankingCache cache;
  const Ranking ranking = OfSize(2);

  cache.Keep("list", ranking);

  EXPECT_EQ(cache.Find("list"), ranking);
  EXPECT_EQ(cache.Find("another"), nullptr);
}

TEST(RankingCache, ForgetsWhatWasUsedLongestAgo) {
  RankingCache cache(/*places_max=*/10);
  cache.Keep("first", OfSize(4));
  cache.Keep("second", OfSize(4));
  EXPECT_NE(cache.Find("first"), nullptr);

  cache.Keep("third", OfSize(3));

  EXPECT_NE(cache.Find("first"), nullptr);
  EXPECT_EQ(cache.Find("second"), nullptr);
  EXPECT_NE(cache.Find("third"), nullptr);
}

TEST(RankingCache, KeepsNothingThatIsTooLarge) {
  RankingCache cache(/*places_max=*/10);

  cache.Keep("large", OfSize(10));

  EXPECT_EQ(cache.Find("large"), nullptr);
}

}  // namespace
}  // namespace sakip::scoring
