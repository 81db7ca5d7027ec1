#include "common/eventlog/torn_manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/eventlog/testing/event_log_test_support.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A record of RocksDB's log format with so many bytes, and a checksum of nothing.
std::string Fragment(int type, size_t bytes) {
  return absl::StrCat("crc?", std::string(1, static_cast<char>(bytes % 256)),
                      std::string(1, static_cast<char>(bytes / 256)),
                      std::string(1, static_cast<char>(type)), std::string(bytes, 'x'));
}

std::string Slurp(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

void Spill(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST(ManifestRecordEnds, AreWhereWholeRecordsEnd) {
  EXPECT_THAT(ManifestRecordEnds(""), IsEmpty());
  EXPECT_THAT(ManifestRecordEnds(Fragment(1, 10)), ElementsAre(17));
  EXPECT_THAT(ManifestRecordEnds(Fragment(1, 10) + Fragment(1, 300)), ElementsAre(17, 324));
  EXPECT_THAT(ManifestRecordEnds(Fragment(2, 10) + Fragment(3, 10) + Fragment(4, 10)),
              ElementsAre(51));
}

TEST(ManifestRecordEnds, EndAtWhatIsNoRecord) {
  const std::string whole = Fragment(1, 10);
  EXPECT_THAT(ManifestRecordEnds(whole + Fragment(1, 10).substr(0, 16)), ElementsAre(17));
  EXPECT_THAT(ManifestRecordEnds(whole + std::string(100, '\0') + whole), ElementsAre(17));
  EXPECT_THAT(ManifestRecordEnds(whole + Fragment(5, 10)), ElementsAre(17));
  EXPECT_THAT(ManifestRecordEnds(whole + "abc"), ElementsAre(17));
}

TEST(ManifestRecordEnds, SkipTheRestOfABlock) {
  const std::string first = Fragment(1, 32 * 1024 - 7 - 5) + std::string(5, '\0');
  EXPECT_THAT(ManifestRecordEnds(first + Fragment(1, 10)),
              ElementsAre(32 * 1024 - 5, 32 * 1024 + 17));
  EXPECT_THAT(ManifestRecordEnds(Fragment(1, 10) + Fragment(1, 32 * 1024 - 20)), ElementsAre(17));
}

class TornManifestTest : public ::testing::Test {
 protected:
  absl::Status Open() {
    log_ = nullptr;
    auto log = RocksEventLog::Open({.directory = directory_.path(), .write_buffer_bytes = 1});
    if (log.ok()) log_ = *std::move(log);
    return log.status();
  }

  void Append(int from, int count) {
    for (int i = from; i < from + count; ++i) {
      ASSERT_TRUE(AppendNow(*log_, TestRequest(absl::StrCat("r", i), i, kTestStream,
                                               {std::string(20'000, 'x')}))
                      .ok());
    }
  }

  // Makes a log whose records are in tables for the most part, and closes it.
  void Fill(int count) {
    ASSERT_TRUE(Open().ok());
    Append(0, count);
    log_ = nullptr;
  }

  std::string StorePath() const { return absl::StrCat(directory_.path(), "/store"); }

  std::string ManifestPath() const {
    std::string name = Slurp(absl::StrCat(StorePath(), "/CURRENT"));
    name.pop_back();
    return absl::StrCat(StorePath(), "/", name);
  }

  // Name and content of all files but what RocksDB tells about itself.
  std::map<std::string, std::string> Files() const {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_.path())) {
      const std::string name = entry.path().filename();
      if (entry.is_regular_file() && !absl::StartsWith(name, "LOG")) {
        files[entry.path()] = Slurp(entry.path());
      }
    }
    return files;
  }

  testing::TempDir directory_;
  std::unique_ptr<RocksEventLog> log_;
};

TEST_F(TornManifestTest, IsCutWhereItsEndWasNotSynced) {
  Fill(30);
  const std::string whole = Slurp(ManifestPath());
  Spill(ManifestPath(), whole + Fragment(1, 60) + Fragment(1, 20));

  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(log_->end_position(), 30u);
  EXPECT_TRUE(log_->Verify([](uint64_t, uint64_t) { return true; }).ok());
  EXPECT_FALSE(std::filesystem::exists(absl::StrCat(directory_.path(), "/mending")));
  Append(30, 5);
  EXPECT_EQ(log_->end_position(), 35u);
}

TEST_F(TornManifestTest, IsCutAlsoWhereAnEarlierAttemptWasKilled) {
  Fill(3);
  Spill(ManifestPath(), Slurp(ManifestPath()) + Fragment(1, 60));
  std::filesystem::create_directories(absl::StrCat(directory_.path(), "/mending/store"));
  Spill(absl::StrCat(directory_.path(), "/mending/store/CURRENT"), "half");

  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(log_->end_position(), 3u);
}

TEST_F(TornManifestTest, IsRefusedAndLeftAsItIsWhereRecordsWouldBeLost) {
  Fill(30);
  const std::string whole = Slurp(ManifestPath());
  int refused = 0;
  for (const uint64_t end : ManifestRecordEnds(whole)) {
    std::string damaged = whole;
    damaged[end - 1] = static_cast<char>(damaged[end - 1] ^ 1);
    Spill(ManifestPath(), damaged);
    const auto before = Files();
    const absl::Status opened = Open();
    if (opened.ok()) {
      // Nothing was lost by what was cut.
      EXPECT_EQ(log_->end_position(), 30u);
      EXPECT_TRUE(log_->Verify([](uint64_t, uint64_t) { return true; }).ok());
      break;
    }
    ++refused;
    EXPECT_EQ(ErrorReason(opened), "LOG_DAMAGED") << opened;
    EXPECT_EQ(Files(), before);
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace sakip::eventlog
