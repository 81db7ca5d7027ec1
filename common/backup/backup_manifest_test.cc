#include "common/backup/backup_manifest.h"

#include <gtest/gtest.h>

#include <string>

#include "common/testing/status_matchers.h"

namespace sakip::backup {
namespace {

using sakip::testing::IsOk;
using sakip::testing::StatusIs;

BackupManifest Example() {
  return {
      .id = "20231231T235959Z",
      .created_time = absl::FromUnixSeconds(1'704'067'199),
      .checkpoint = {std::string(64, 'c'), 180, ""},
      .files = {{std::string(64, 'a'), 0, "000012.sst"}, {std::string(64, 'b'), 16, "CURRENT"}}};
}

constexpr char kText[] =
    "sakip-backup/1\n"
    "20231231T235959Z\n"
    "2023-12-31T23:59:59Z\n"
    "checkpoint cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc 180\n"
    "file aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 0 000012.sst\n"
    "file bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb 16 CURRENT\n";

TEST(BackupManifest, IsWrittenAndReadAsItsHeaderShows) {
  EXPECT_EQ(ManifestText(Example()), kText);
  const auto read = ParseManifest(kText);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, Example());
  EXPECT_EQ(read->bytes(), 196u);
}

TEST(BackupManifest, IsRefusedWhereItIsNotExactlyAsWritten) {
  const std::pair<std::string, std::string> changes[] = {
      {"sakip-backup/1", "sakip-backup/2"},
      {"20231231T235959Z\n2", "../x\n2"},
      {"23:59:59Z", "23:59:60Z"},
      {" 180", " 0180"},
      {" 180", " 180 x"},
      {" CURRENT", " ../CURRENT"},
      {" CURRENT", " .hidden"},
      {" CURRENT", ""},
      {" CURRENT\n", " CURRENT"},
      {"file a", "file A"},
      {"file a", "link a"},
      {" 16 ", "  16 "},
      {" 16 ", " -16 "},
      {" CURRENT\n", " CURRENT\n\n"},
  };
  for (const auto& [from, to] : changes) {
    std::string text = kText;
    const size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    EXPECT_THAT(ParseManifest(text), StatusIs(absl::StatusCode::kDataLoss, "BACKUP_DAMAGED"))
        << text;
  }
  EXPECT_FALSE(ParseManifest("").ok());
  EXPECT_FALSE(ParseManifest("\n\n\n\n").ok());
}

}  // namespace
}  // namespace sakip::backup
