#include "common/base/private_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;
using ::sakip::testing::TempDir;

std::string MakeFile(const TempDir& dir, mode_t mode) {
  const std::string path = dir.File("secret");
  std::ofstream(path) << "secret";
  chmod(path.c_str(), mode);
  return path;
}

TEST(PrivateFile, IsReadWhereItIsClosedToOthers) {
  for (const mode_t mode : {0600, 0400, 0440}) {
    TempDir dir;
    const auto text = ReadPrivateFile(MakeFile(dir, mode), 100);
    ASSERT_THAT(text, IsOk()) << mode;
    EXPECT_EQ(*text, "secret");
  }
}

TEST(PrivateFile, IsRefusedWhereOthersMayReadOrWriteIt) {
  for (const mode_t mode : {0644, 0604, 0640, 0620, 0602, 0660}) {
    TempDir dir;
    EXPECT_THAT(ReadPrivateFile(MakeFile(dir, mode), 100),
                StatusIs(absl::StatusCode::kFailedPrecondition, "KEY_FILE_EXPOSED"))
        << mode;
  }
}

TEST(PrivateFile, MustBeThereAndNotTooLarge) {
  TempDir dir;
  EXPECT_EQ(ReadPrivateFile(dir.File("none"), 100).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadPrivateFile(MakeFile(dir, 0600), 5).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace sakip
