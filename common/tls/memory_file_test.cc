#include "common/tls/memory_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "common/base/durable_file.h"
#include "common/testing/status_matchers.h"

namespace sakip::tls {
namespace {

using sakip::testing::IsOk;

std::string ContentOf(const std::string& path) {
  const auto content = ReadFile(path, 1000);
  EXPECT_THAT(content, IsOk());
  return content.value_or("");
}

TEST(MemoryFile, IsReadAtItsPathAgainAndAgain) {
  const auto file = MemoryFile::Create("first");

  ASSERT_THAT(file, IsOk());
  EXPECT_EQ(ContentOf(file->path()), "first");
  EXPECT_EQ(ContentOf(file->path()), "first");
}

TEST(MemoryFile, ShowsTheNewContentAtTheOldPath) {
  auto file = MemoryFile::Create("a longer first one");
  ASSERT_THAT(file, IsOk());
  const std::string path = file->path();

  ASSERT_THAT(file->Replace("second"), IsOk());

  EXPECT_EQ(file->path(), path);
  EXPECT_EQ(ContentOf(path), "second");
}

TEST(MemoryFile, LeavesAReaderTheFileThatItOpened) {
  auto file = MemoryFile::Create("first");
  ASSERT_THAT(file, IsOk());
  const OpenFile reader(open(file->path().c_str(), O_RDONLY | O_CLOEXEC));
  ASSERT_THAT(file->Replace("second"), IsOk());

  char bytes[6] = {};
  EXPECT_EQ(read(reader.fd(), bytes, sizeof(bytes)), 5);
  EXPECT_STREQ(bytes, "first");
}

TEST(MemoryFile, HasAnotherTimeAfterEachReplacement) {
  auto file = MemoryFile::Create("0");
  ASSERT_THAT(file, IsOk());
  std::set<time_t> times;
  for (int i = 0; i < 5; ++i) {
    struct stat status = {};
    ASSERT_EQ(stat(file->path().c_str(), &status), 0);
    times.insert(status.st_mtime);
    ASSERT_THAT(file->Replace("1"), IsOk());
  }
  EXPECT_EQ(times.size(), 5u);
}

}  // namespace
}  // namespace sakip::tls
