#include "common/base/durable_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;

TEST(DurableFileTest, ReplacesAFileAndLeavesNoOther) {
  const ::sakip::testing::TempDir folder;
  const std::string path = folder.File("state");
  const std::string bytes(100'000, 'x');
  ASSERT_THAT(ReplaceFile(path, "old"), IsOk());
  ASSERT_THAT(ReplaceFile(path, bytes), IsOk());
  EXPECT_EQ(*ReadFile(path, bytes.size()), bytes);
  EXPECT_THAT(ReadFile(path, bytes.size() - 1), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(DurableFileTest, TellsWhatTheSystemSays) {
  const ::sakip::testing::TempDir folder;
  EXPECT_THAT(ReadFile(folder.File("none"), 1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(ReplaceFile(folder.File("no/folder"), "x"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(ReadFile(folder.path(), 1).ok());
}

TEST(DurableFileTest, KeepsTheOldFileWhereTheNewOneCannotBeWritten) {
  const ::sakip::testing::TempDir folder;
  const std::string path = folder.File("state");
  ASSERT_THAT(ReplaceFile(path, "old"), IsOk());
  std::filesystem::create_directory(path + ".part");
  EXPECT_FALSE(ReplaceFile(path, "new").ok());
  EXPECT_EQ(*ReadFile(path, 100), "old");
}

}  // namespace
}  // namespace sakip
