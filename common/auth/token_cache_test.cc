#include "common/auth/token_cache.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace sakip::auth {
namespace {

std::shared_ptr<const VerifiedToken> TokenOf(const std::string& subject) {
  auto token = std::make_shared<VerifiedToken>();
  token->principal.subject = subject;
  return token;
}

TEST(TokenCache, KeepsThoseUsedLast) {
  TokenCache cache(2);
  cache.Add("a", TokenOf("a"));
  cache.Add("b", TokenOf("b"));
  ASSERT_NE(cache.Find("a"), nullptr);

  cache.Add("c", TokenOf("c"));

  EXPECT_EQ(cache.size(), 2u);
  EXPECT_EQ(cache.Find("b"), nullptr);
  ASSERT_NE(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.Find("a")->principal.subject, "a");
  EXPECT_NE(cache.Find("c"), nullptr);
}

TEST(TokenCache, ForgetsWhatWasRemoved) {
  TokenCache cache(2);
  cache.Add("a", TokenOf("a"));

  cache.Remove("a");
  cache.Remove("b");

  EXPECT_EQ(cache.Find("a"), nullptr);
  EXPECT_EQ(cache.size(), 0u);
}

TEST(TokenCache, MayKeepNothing) {
  TokenCache cache(0);

  cache.Add("a", TokenOf("a"));

  EXPECT_EQ(cache.Find("a"), nullptr);
}

TEST(TokenCache, KeepsOneOfEach) {
  TokenCache cache(2);
  cache.Add("a", TokenOf("a"));
  cache.Add("a", TokenOf("a"));

  EXPECT_EQ(cache.size(), 1u);
}

}  // namespace
}  // namespace sakip::auth
