#include "common/base/private_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "common/testing/temp_dir.h"

namespace sakip {
namespace {

namespace fs = std::filesystem;
using ::testing::ContainsRegex;

class PrivateFolderTest : public ::testing::Test {
 protected:
  std::string Make(const std::string& name, mode_t mode) {
    const std::string path = directory_.File(name);
    fs::create_directory(path);
    chmod(path.c_str(), mode);
    return path;
  }

  static mode_t ModeOf(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
  }

  // What is logged meanwhile.
  static std::string Close(const std::string& folder) {
    ::testing::internal::CaptureStderr();
    CloseToOthers(folder);
    return ::testing::internal::GetCapturedStderr();
  }

  sakip::testing::TempDir directory_;
};

TEST_F(PrivateFolderTest, ClosesAFolder) {
  const std::string folder = Make("log", 0755);
  const std::string file = folder + "/file";
  std::ofstream(file) << "text";
  chmod(file.c_str(), 0644);

  const std::string logged = Close(folder);

  EXPECT_EQ(ModeOf(folder), 0700);
  EXPECT_EQ(ModeOf(file), 0644);
  EXPECT_THAT(logged, ContainsRegex("info.*folder_closed_to_others.*/log\""));
}

TEST_F(PrivateFolderTest, TakesOnlyWhatOthersMay) {
  const std::string folder = Make("log", 02777);
  Close(folder);
  EXPECT_EQ(ModeOf(folder), 02700);
}

TEST_F(PrivateFolderTest, ClosesWhatALinkLeadsTo) {
  const std::string elsewhere = Make("elsewhere", 0755);
  fs::create_directory_symlink(elsewhere, directory_.File("log"));

  Close(directory_.File("log"));

  EXPECT_EQ(ModeOf(elsewhere), 0700);
}

TEST_F(PrivateFolderTest, LeavesWhatALinkWithinLeadsTo) {
  const std::string elsewhere = Make("elsewhere", 0755);
  const std::string link = directory_.File("log");
  fs::create_directory_symlink(elsewhere, link);

  ::testing::internal::CaptureStderr();
  CloseToOthersWithin(link);
  const std::string logged = ::testing::internal::GetCapturedStderr();

  EXPECT_EQ(ModeOf(elsewhere), 0755);
  EXPECT_THAT(logged, ContainsRegex("warning.*folder_open_to_others.*/log\".*a link"));
  CloseToOthersWithin(elsewhere);
  EXPECT_EQ(ModeOf(elsewhere), 0700);
}

TEST_F(PrivateFolderTest, LeavesAFolderOfAnotherAccount) {
  std::string folder = "/usr";  // Where this account is not the one that may give folders away.
  if (geteuid() == 0) {
    folder = Make("log", 0755);
    ASSERT_EQ(chown(folder.c_str(), 65534, 65534), 0);
  }

  const std::string logged = Close(folder);

  EXPECT_EQ(ModeOf(folder), 0755);
  EXPECT_THAT(logged, ContainsRegex("warning.*folder_open_to_others.*another account"));
}

TEST_F(PrivateFolderTest, LeavesAFolderThatAllShare) {
  const std::string folder = Make("shared", 01777);

  const std::string logged = Close(folder);

  EXPECT_EQ(ModeOf(folder), 01777);
  EXPECT_THAT(logged, ContainsRegex("warning.*folder_open_to_others.*shared"));
}

TEST_F(PrivateFolderTest, SaysNothingWhereAllIsWell) {
  EXPECT_EQ(Close(Make("log", 0500)), "");
  EXPECT_EQ(Close(directory_.File("none")), "");
}

// Not even root changes the mode of a folder of /proc.
TEST_F(PrivateFolderTest, WarnsOfAFolderThatStaysOpen) {
  fs::create_directory_symlink("/proc/self/task", directory_.File("log"));

  const std::string logged = Close(directory_.File("log"));

  EXPECT_THAT(logged, ContainsRegex("warning.*folder_open_to_others.*/log\".*0555"));
}

}  // namespace
}  // namespace sakip
