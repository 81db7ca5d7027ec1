#include "common/auth/signing_key.h"

#include <gtest/gtest.h>

#include <string>

#include "common/auth/test_issuer.h"
#include "common/testing/status_matchers.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using sakip::testing::StatusIs;

class SigningKeyTest : public ::testing::TestWithParam<Algorithm> {};

TEST_P(SigningKeyTest, SignsWhatItsPublicPartChecks) {
  const SigningKey& key = TestKey(GetParam());

  EXPECT_EQ(key.public_key().algorithm(), GetParam());
  EXPECT_TRUE(key.public_key().Verify("text", key.Sign("text")));
  EXPECT_FALSE(key.public_key().Verify("other", key.Sign("text")));
}

TEST_P(SigningKeyTest, IsTheSameAfterItsFile) {
  const SigningKey& key = TestKey(GetParam());
  const SigningKey again = SigningKey::FromPem(key.ToPem()).value();

  EXPECT_EQ(again.public_key().thumbprint(), key.public_key().thumbprint());
  EXPECT_TRUE(key.public_key().Verify("text", again.Sign("text")));
}

INSTANTIATE_TEST_SUITE_P(AllAlgorithms, SigningKeyTest,
                         ::testing::Values(Algorithm::kRs256, Algorithm::kEs256,
                                           Algorithm::kEdDsa));

// Both numbers of such a signature have 32 bytes, also the short ones: one in 128 has one.
TEST(SigningKey, MakesEs256SignaturesOfOneLength) {
  const SigningKey& key = TestKey(Algorithm::kEs256);
  for (int i = 0; i < 1000; ++i) {
    const std::string signature = key.Sign(std::to_string(i));
    ASSERT_EQ(signature.size(), 64u);
    ASSERT_TRUE(key.public_key().Verify(std::to_string(i), signature));
  }
}

TEST(SigningKey, IsOfNoOtherKind) {
  const auto malformed = StatusIs(StatusCode::kInvalidArgument, "KEY_MALFORMED");
  // As openssl genpkey -algorithm X25519 makes it.
  constexpr char kX25519[] =
      "-----BEGIN PRIVATE KEY-----\n"
      "MC4CAQAwBQYDK2VuBCIEIHBPcGIgmJ1zpUJmdGRbEVJSW7XWWjbPkH+Bc8kLX6xV\n"
      "-----END PRIVATE KEY-----\n";

  EXPECT_THAT(SigningKey::FromPem(kX25519).status(), malformed);
  EXPECT_THAT(SigningKey::FromPem("").status(), malformed);
  EXPECT_THAT(SigningKey::FromPem("not a key").status(), malformed);
}

}  // namespace
}  // namespace sakip::auth
