#include "common/views/view_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::views {
namespace {

using sakip::testing::IsOk;
using ::testing::UnorderedElementsAre;

class ViewFolderTest : public ::testing::Test {
 protected:
  ViewFolder Open(const std::string& version = "test/1",
                  const std::vector<std::string>& older_versions = {}) {
    auto folder = ViewFolder::Open(path_, version, older_versions);
    EXPECT_THAT(folder, IsOk());
    return *std::move(folder);
  }

  // As if a store were there.
  static void MakeStore(const ViewGeneration& generation) {
    std::filesystem::create_directories(generation.directory);
    std::ofstream(generation.directory + "/CURRENT") << "rows\n";
  }

  std::vector<std::string> Entries() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  sakip::testing::TempDir directory_;
  const std::string path_ = directory_.path() + "/views";
};

TEST_F(ViewFolderTest, ServesNothingUntilAStoreWasBuilt) {
  MakeStore(Open().next());
  const ViewFolder again = Open();

  EXPECT_FALSE(again.serving().has_value());
  EXPECT_EQ(again.next().directory, path_ + "/1");
  EXPECT_THAT(Entries(), UnorderedElementsAre("1"));  // What was begun goes on.
}

TEST_F(ViewFolderTest, ServesTheNewStoreOnceSwitched) {
  ViewFolder folder = Open();
  MakeStore(folder.next());
  ASSERT_THAT(folder.Switch(), IsOk());
  EXPECT_EQ(folder.next().number, 2);

  ViewFolder again = Open();
  ASSERT_TRUE(again.serving().has_value());
  EXPECT_EQ(again.serving()->number, 1);
  EXPECT_EQ(again.serving()->version, "test/1");
  EXPECT_EQ(again.next().number, 2);
}

TEST_F(ViewFolderTest, KeepsWhatServesAndWhatIsBuiltAndRemovesTheRest) {
  ViewFolder folder = Open();
  MakeStore(folder.next());
  ASSERT_THAT(folder.Switch(), IsOk());
  MakeStore(folder.next());
  ASSERT_THAT(folder.Switch(), IsOk());  // The process ends here: 1 is left over.
  MakeStore(folder.next());
  std::ofstream(path_ + "/serving.part") << "half a li";

  Open();

  EXPECT_THAT(Entries(), UnorderedElementsAre("serving", "2", "3"));
}

TEST_F(ViewFolderTest, ServesAnOlderVersionThatItIsToldOfAndRemovesAnyOther) {
  ViewFolder folder = Open("test/1");
  MakeStore(folder.next());
  ASSERT_THAT(folder.Switch(), IsOk());

  const ViewFolder readable = Open("test/2", {"test/0", "test/1"});
  ASSERT_TRUE(readable.serving().has_value());
  EXPECT_EQ(readable.serving()->version, "test/1");
  EXPECT_EQ(readable.next().version, "test/2");

  const ViewFolder unreadable = Open("test/3", {"test/2"});
  EXPECT_FALSE(unreadable.serving().has_value());
  EXPECT_EQ(unreadable.next().number, 2);
  EXPECT_THAT(Entries(), UnorderedElementsAre("serving"));
}

TEST_F(ViewFolderTest, ForgetsWhatWasBegun) {
  const ViewFolder folder = Open();
  MakeStore(folder.next());

  ASSERT_THAT(folder.ClearNext(), IsOk());
  ASSERT_THAT(folder.ClearNext(), IsOk());

  EXPECT_FALSE(std::filesystem::exists(folder.next().directory));
}

TEST_F(ViewFolderTest, IsRefusedWhereItDoesNotSayWhatServes) {
  Open();
  std::ofstream(path_ + "/serving") << "one\n";
  MakeStore({1, "test/1", path_ + "/1"});

  EXPECT_EQ(ErrorReason(ViewFolder::Open(path_, "test/1", {}).status()), "VIEW_DAMAGED");
  EXPECT_TRUE(std::filesystem::exists(path_ + "/1"));
}

TEST_F(ViewFolderTest, IsRefusedWhereTheFolderCannotBeMade) {
  std::ofstream(path_) << "a file\n";

  EXPECT_EQ(ErrorReason(ViewFolder::Open(path_, "test/1", {}).status()), "VIEW_NOT_OPENED");
}

}  // namespace
}  // namespace sakip::views
