#include "services/cli/session/token_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::cli {
namespace {

using ::absl::StatusCode;
using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

class TokenFileTest : public ::testing::Test {
 protected:
  void Write(const std::string& text, mode_t mode = 0600) const {
    std::ofstream(path_) << text;
    chmod(path_.c_str(), mode);
  }

  const sakip::testing::TempDir dir_;
  const std::string path_ = dir_.File("token");
};

TEST_F(TokenFileTest, IsReadWithoutWhatSurroundsTheToken) {
  Write("\n eyJhbGciOi.J9-_.x \n");
  const auto token = TokenFile::Open(path_);

  ASSERT_THAT(token, IsOk());
  EXPECT_EQ(token->Current(), "eyJhbGciOi.J9-_.x");
}

TEST_F(TokenFileTest, IsReadAgainForEachCallAndKeptWhereThatFails) {
  Write("first");
  const auto token = TokenFile::Open(path_);
  ASSERT_THAT(token, IsOk());

  Write("second");
  EXPECT_EQ(token->Current(), "second");
  Write("");
  EXPECT_EQ(token->Current(), "first");
}

TEST_F(TokenFileTest, IsRefusedWithoutShowingIt) {
  for (const char* text :
       {"", " \n", "secret secret", "secret\nsecret", "secret\x01", "secr\xc3\xa9t"}) {
    Write(text);
    const auto token = TokenFile::Open(path_);
    EXPECT_THAT(token, StatusIs(StatusCode::kInvalidArgument)) << text;
    EXPECT_THAT(std::string(token.status().message()), Not(HasSubstr("secr"))) << text;
  }
  Write(std::string(8 * 1024 + 1, 'x'));
  EXPECT_THAT(TokenFile::Open(path_), StatusIs(StatusCode::kInvalidArgument));
}

TEST_F(TokenFileTest, MustBeClosedToOthers) {
  Write("token", 0644);
  EXPECT_THAT(TokenFile::Open(path_),
              StatusIs(StatusCode::kFailedPrecondition, "KEY_FILE_EXPOSED"));
}

}  // namespace
}  // namespace sakip::cli
