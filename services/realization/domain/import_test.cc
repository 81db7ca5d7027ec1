#include "services/realization/domain/import.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace sakip::realization {
namespace {

constexpr ImportStrategy kAll[] = {ImportStrategy::kCreate, ImportStrategy::kUpdate,
                                   ImportStrategy::kCreateAndUpdate};

TEST(DecideItem, CreatesWhatWasNeverSubmittedUnlessOnlyUpdatesAreWanted) {
  for (const ImportStrategy strategy : kAll) {
    const bool wanted = strategy != ImportStrategy::kUpdate;
    EXPECT_EQ(DecideItem(strategy, false, false), wanted ? ItemFate::kCreate : ItemFate::kIgnore);
  }
}

TEST(DecideItem, UpdatesWhatHasOtherContentUnlessOnlyNewOnesAreWanted) {
  for (const ImportStrategy strategy : kAll) {
    const bool wanted = strategy != ImportStrategy::kCreate;
    EXPECT_EQ(DecideItem(strategy, true, false), wanted ? ItemFate::kUpdate : ItemFate::kIgnore);
    EXPECT_EQ(DecideItem(strategy, true, true), wanted ? ItemFate::kUnchanged : ItemFate::kIgnore);
  }
}

TEST(ItemRequestId, FitsForTheLongestImportId) {
  const std::string id(kImportIdBytesMax, 'x');

  EXPECT_EQ(ItemRequestId("import-1", 7), "import-1:7");
  EXPECT_LE(ItemRequestId(id, std::numeric_limits<uint32_t>::max()).size(), 64u);
}

}  // namespace
}  // namespace sakip::realization
