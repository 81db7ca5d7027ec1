#include "common/base/new_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "common/base/durable_file.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;

size_t FilesIn(const ::sakip::testing::TempDir& folder) {
  return static_cast<size_t>(std::distance(std::filesystem::directory_iterator(folder.path()), {}));
}

TEST(NewFile, HasItsNameWhenItIsWhole) {
  const ::sakip::testing::TempDir folder;
  const std::string path = folder.File("export");
  const std::string half(800'000, 'x');
  auto file = NewFile::Create(path);
  ASSERT_THAT(file, IsOk());

  ASSERT_THAT((*file)->Append(half), IsOk());
  ASSERT_THAT((*file)->Append(half), IsOk());
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_THAT((*file)->Finish(), IsOk());

  file->reset();
  EXPECT_EQ(*ReadFile(path, 2'000'000), half + half);
  EXPECT_EQ(FilesIn(folder), 1);
}

TEST(NewFile, IsItsOwnersAlone) {
  const ::sakip::testing::TempDir folder;
  const mode_t before = umask(0);
  const auto file = NewFile::Create(folder.File("export"));
  umask(before);
  ASSERT_THAT(file, IsOk());
  ASSERT_THAT((*file)->Finish(), IsOk());

  EXPECT_EQ(std::filesystem::status(folder.File("export")).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(NewFile, LeavesNothingWhereItIsNotFinished) {
  const ::sakip::testing::TempDir folder;
  {
    const auto file = NewFile::Create(folder.File("export"));
    ASSERT_THAT((*file)->Append("half"), IsOk());
  }
  EXPECT_EQ(FilesIn(folder), 0);
}

TEST(NewFile, WritesNoFileOver) {
  const ::sakip::testing::TempDir folder;
  std::ofstream(folder.File("export")) << "old";

  EXPECT_THAT(NewFile::Create(folder.File("export")), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(NewFile::Create(folder.File("no/folder")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(*ReadFile(folder.File("export"), 100), "old");
}

}  // namespace
}  // namespace sakip
