#include "common/paging/page.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace sakip {
namespace {

TEST(PageSize, HasAStandardAndAMost) {
  EXPECT_EQ(*PageSize(0, {}), 100);
  EXPECT_EQ(*PageSize(1, {}), 1);
  EXPECT_EQ(*PageSize(1000, {}), 1000);
  EXPECT_EQ(*PageSize(1001, {}), 1000);
  EXPECT_EQ(FieldViolations(PageSize(-1, {}).status()).at(0).field, "page_size");
}

TEST(PageToken, GivesItsKeyBack) {
  EXPECT_EQ(*ParsePageToken("list", MakePageToken("list", "regions/35.09/agencies/dinsos")),
            "regions/35.09/agencies/dinsos");
  EXPECT_EQ(*ParsePageToken("list", ""), "");
}

TEST(PageToken, IsRefusedByAnotherListOrWhereItIsNone) {
  const std::string token = MakePageToken("list regions/35", "x");

  for (const auto& result :
       {ParsePageToken("list regions/36", token), ParsePageToken("list regions/35", "garbage"),
        ParsePageToken("list regions/35", "%%%"),
        ParsePageToken("list regions/35", MakePageToken("list regions/35", ""))}) {
    EXPECT_EQ(FieldViolations(result.status()).at(0).field, "page_token");
  }
}

}  // namespace
}  // namespace sakip
