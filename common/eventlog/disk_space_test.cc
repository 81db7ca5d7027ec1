#include "common/eventlog/disk_space.h"

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

// A disk that says how much is free, and gets back what is deleted.
class FixedDisk final : public rocksdb::EnvWrapper {
 public:
  FixedDisk() : EnvWrapper(rocksdb::Env::Default()) {}
  const char* Name() const override { return "FixedDisk"; }
  rocksdb::Status GetFreeSpace(const std::string&, uint64_t* free) override {
    *free = free_bytes;
    return rocksdb::Status::OK();
  }
  rocksdb::Status DeleteFile(const std::string& path) override {
    free_bytes += std::filesystem::file_size(path);
    return EnvWrapper::DeleteFile(path);
  }

  uint64_t free_bytes = 0;
};

class DiskSpaceTest : public ::testing::Test {
 protected:
  bool HasBallast() const {
    return std::filesystem::exists(absl::StrCat(directory_.path(), "/BALLAST"));
  }

  FixedDisk disk_;
  sakip::testing::TempDir directory_;
  DiskSpace space_{disk_, directory_.path(), {.reserve_bytes = 1000, .ballast_bytes = 4096}};
};

TEST_F(DiskSpaceTest, LeavesTheReserve) {
  disk_.free_bytes = 1500;

  EXPECT_TRUE(space_.CheckRoom(500).ok());
  EXPECT_EQ(space_.CheckRoom(501).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ErrorReason(space_.CheckRoom(501)), "DISK_FULL");
  disk_.free_bytes = 10;
  EXPECT_EQ(ErrorReason(space_.CheckRoom(0)), "DISK_FULL");
}

TEST_F(DiskSpaceTest, LaysTheBallastWhereThereIsRoomForIt) {
  disk_.free_bytes = 5000;
  space_.LayBallast();
  EXPECT_FALSE(HasBallast());

  disk_.free_bytes = 5096;
  space_.LayBallast();
  EXPECT_TRUE(HasBallast());
}

TEST_F(DiskSpaceTest, GivesTheBallastUpToOpen) {
  disk_.free_bytes = 10000;
  space_.LayBallast();
  EXPECT_TRUE(space_.MakeRoomToOpen());
  EXPECT_TRUE(HasBallast());

  disk_.free_bytes = 0;
  EXPECT_TRUE(space_.MakeRoomToOpen());
  EXPECT_FALSE(HasBallast());
  disk_.free_bytes = 0;
  EXPECT_FALSE(space_.MakeRoomToOpen());
}

}  // namespace
}  // namespace sakip::eventlog
