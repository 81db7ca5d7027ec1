#include "common/note/key_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "absl/strings/str_cat.h"
#include "common/note/note.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::note {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;
using ::testing::HasSubstr;

std::string Vkey(const std::string& skey) { return Signer::Parse(skey)->verifier().vkey(); }

TEST(KeyRingTest, SignsWithAllPrivateKeysAndTrustsAllKeys) {
  const std::string now = *GenerateKey("log");
  const std::string next = *GenerateKey("log");
  const std::string old = Vkey(*GenerateKey("log"));
  const auto ring =
      ParseKeyRing(absl::StrCat("# of 2023\n", old, "\n\n  ", now, "\r\n", next, "\n"));
  ASSERT_THAT(ring, IsOk());
  ASSERT_EQ(ring->signers.size(), 2u);
  EXPECT_EQ(ring->signers[0].verifier().vkey(), Vkey(now));
  ASSERT_EQ(ring->verifiers.size(), 3u);
  EXPECT_EQ(ring->verifiers[1].vkey(), Vkey(next));
  EXPECT_EQ(ring->verifiers[2].vkey(), old);
}

TEST(KeyRingTest, NamesTheLineAndNotTheKey) {
  const std::string skey = *GenerateKey("log");
  const auto ring = ParseKeyRing(absl::StrCat("# one\n", skey, "x\n"));
  EXPECT_THAT(ring, StatusIs(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED"));
  EXPECT_THAT(std::string(ring.status().message()), HasSubstr("line 2: "));
  EXPECT_THAT(std::string(ring.status().message()), Not(HasSubstr(skey.substr(20, 10))));
  EXPECT_FALSE(ParseKeyRing("# nothing\n").ok());
  EXPECT_FALSE(ParseKeyRing(std::string(70'000, '#')).ok());
}

TEST(KeyFileTest, WritesAFileThatOnlyItsOwnerReadsAndNeverOverOne) {
  const ::sakip::testing::TempDir folder;
  const std::string path = folder.File("log.key");
  const std::string skey = *GenerateKey("log");
  ASSERT_THAT(WriteKeyFile(path, skey + "\n"), IsOk());
  struct stat status = {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_THAT(WriteKeyFile(path, "x"),
              StatusIs(absl::StatusCode::kAlreadyExists, "KEY_FILE_EXISTS"));
  const auto ring = ReadKeyFile(path);
  ASSERT_THAT(ring, IsOk());
  EXPECT_EQ(ring->signers.size(), 1u);
}

TEST(KeyFileTest, RefusesAPrivateKeyThatOthersCanRead) {
  const ::sakip::testing::TempDir folder;
  const std::string path = folder.File("log.key");
  ASSERT_THAT(WriteKeyFile(path, *GenerateKey("log")), IsOk());
  for (const mode_t mode : {0604, 0640, 0660, 0602, 0606, 0444, 0644, 0441, 0460}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    EXPECT_THAT(ReadKeyFile(path),
                StatusIs(absl::StatusCode::kFailedPrecondition, "KEY_FILE_EXPOSED"))
        << std::oct << mode;
  }
  for (const mode_t mode : {0400, 0600, 0700, 0440}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    EXPECT_THAT(ReadKeyFile(path), IsOk()) << std::oct << mode;
  }
}

TEST(KeyFileTest, VerifierKeysMayBeReadByAll) {
  const ::sakip::testing::TempDir folder;
  const std::string path = folder.File("log.pub");
  ASSERT_THAT(WriteKeyFile(path, Vkey(*GenerateKey("log"))), IsOk());
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  EXPECT_THAT(ReadKeyFile(path), IsOk());
  EXPECT_THAT(ReadKeyFile(folder.File("none")),
              StatusIs(absl::StatusCode::kNotFound, "KEY_FILE_MISSING"));
  EXPECT_THAT(WriteKeyFile(folder.File("no/such/folder"), "x"),
              StatusIs(absl::StatusCode::kNotFound, "KEY_FILE_MISSING"));
}

}  // namespace
}  // namespace sakip::note
