#include "common/views/row_comparison.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/views/memory_view_store.h"

namespace sakip::views {
namespace {

class RowComparisonTest : public ::testing::Test {
 protected:
  // More rows than are read at a time.
  RowComparisonTest() {
    ViewBatch rows;
    for (int i = 100; i < 300; ++i) rows.Put(absl::StrCat("key", i), absl::StrCat(i));
    Put(one_, rows);
    Put(other_, rows);
  }

  static void Put(MemoryViewStore& store, const ViewBatch& batch) {
    const uint64_t position = store.Position("log").value();
    ASSERT_TRUE(store.Apply(batch, "log", position, position + 1).ok());
  }

  RowComparison Compare() const { return CompareRows(one_, other_).value(); }

  MemoryViewStore one_, other_;
};

TEST_F(RowComparisonTest, FindsEqualRowsEqual) {
  EXPECT_EQ(Compare().rows, 200u);
  EXPECT_EQ(Compare().different, 0u);
}

TEST_F(RowComparisonTest, CountsRowsThatOneLacksOrHasOtherwise) {
  ViewBatch changes;
  changes.Delete("key150");
  changes.Put("key163", "other");
  Put(one_, changes);
  ViewBatch more;
  more.Delete("key299");
  Put(other_, more);

  EXPECT_EQ(Compare().rows, 200u);
  EXPECT_EQ(Compare().different, 3u);
  EXPECT_EQ(Compare().first_different, "key150");
}

TEST_F(RowComparisonTest, ComparesWithNothing) {
  const MemoryViewStore empty;
  EXPECT_EQ(CompareRows(empty, empty)->rows, 0u);
  EXPECT_EQ(CompareRows(one_, empty)->different, 200u);
  EXPECT_EQ(CompareRows(empty, one_)->different, 200u);
}

}  // namespace
}  // namespace sakip::views
