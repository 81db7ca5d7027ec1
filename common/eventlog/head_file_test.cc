#include "common/eventlog/head_file.h"

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

const merkle::Hash kRoot = merkle::HashLeaf("root");

class HeadFileTest : public ::testing::Test {
 protected:
  HeadFileTest() { EXPECT_TRUE(HeadFile::Create(env_, path_, {.root = merkle::EmptyRoot()}).ok()); }

  std::unique_ptr<HeadFile> Open() {
    auto file = HeadFile::Open(env_, path_);
    EXPECT_TRUE(file.ok()) << file.status();
    return file.ok() ? *std::move(file) : nullptr;
  }

  std::string Bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  void SetBytes(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }

  rocksdb::Env& env_ = *rocksdb::Env::Default();
  sakip::testing::TempDir directory_;
  const std::string path_ = absl::StrCat(directory_.path(), "/HEAD");
};

TEST_F(HeadFileTest, BeginsWithAnEmptyLog) {
  EXPECT_EQ(Open()->head(),
            (Head{.sequence = 0, .epoch = 0, .size = 0, .root = merkle::EmptyRoot()}));
}

TEST_F(HeadFileTest, KeepsTheNewestNote) {
  const auto file = Open();
  ASSERT_TRUE(file->BeginEpoch(0, merkle::EmptyRoot()).ok());
  for (uint64_t size = 1; size <= 5; ++size) {
    ASSERT_TRUE(file->Write(size, kRoot).ok());
    EXPECT_EQ(Open()->head(),
              (Head{.sequence = size + 1, .epoch = 1, .size = size, .root = kRoot}));
  }
}

// Whatever byte of the newest note is lost, the one before is still there, and never a wrong one.
TEST_F(HeadFileTest, FallsBackToTheOtherSlotWhereOneIsDamaged) {
  const auto file = Open();
  ASSERT_TRUE(file->Write(1, kRoot).ok());
  const std::string one = Bytes();
  ASSERT_TRUE(file->Write(2, kRoot).ok());
  const std::string two = Bytes();
  int fallen_back = 0;
  // All of what is written, and some of the rest.
  for (size_t i = 0; i < two.size(); i += i % 4096 < 200 ? 1 : 101) {
    std::string damaged = two;
    damaged[i] ^= 1;
    SetBytes(damaged);
    const uint64_t size = Open()->head().size;
    EXPECT_TRUE(size == 2 || (size == 1 && i < 4096)) << i;
    if (size == 1) ++fallen_back;
  }
  EXPECT_EQ(fallen_back, 8 + 3 * 8 + 32 + 32);
  EXPECT_EQ(one.size(), two.size());
}

TEST_F(HeadFileTest, IsRefusedWhereBothSlotsAreDamaged) {
  std::string bytes = Bytes();
  bytes[0] ^= 1;
  SetBytes(bytes);
  EXPECT_EQ(ErrorReason(HeadFile::Open(env_, path_).status()), "LOG_DAMAGED");
  SetBytes("");
  EXPECT_EQ(ErrorReason(HeadFile::Open(env_, path_).status()), "LOG_DAMAGED");
}

TEST_F(HeadFileTest, NoticesAnotherWriter) {
  const auto first = Open();
  ASSERT_TRUE(first->Write(1, kRoot).ok());
  const auto second = Open();
  ASSERT_TRUE(second->BeginEpoch(1, kRoot).ok());

  EXPECT_EQ(ErrorReason(first->CheckOwned()), "LOG_TAKEN_OVER");
  EXPECT_EQ(ErrorReason(first->Write(2, kRoot)), "LOG_TAKEN_OVER");
  EXPECT_TRUE(second->Write(2, kRoot).ok());
}

}  // namespace
}  // namespace sakip::eventlog
