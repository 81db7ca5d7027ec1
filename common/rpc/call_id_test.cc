#include "common/rpc/call_id.h"

#include <gtest/gtest.h>

namespace sakip::rpc {
namespace {

TEST(IsRequestId, TakesOneTo64CharactersOfTheContract) {
  EXPECT_TRUE(IsRequestId("a"));
  EXPECT_TRUE(IsRequestId("0b5c2f6e-59a0-4f53-9c0c-4f1f5a3b2c1d"));
  EXPECT_TRUE(IsRequestId("A.b_c:d-9"));
  EXPECT_TRUE(IsRequestId(std::string(64, 'x')));
  EXPECT_FALSE(IsRequestId(""));
  EXPECT_FALSE(IsRequestId(std::string(65, 'x')));
  EXPECT_FALSE(IsRequestId("a b"));
  EXPECT_FALSE(IsRequestId("a/b"));
  EXPECT_FALSE(IsRequestId("\xc3\xa9"));
}

TEST(NewCallId, IsARequestIdAndNewEachTime) {
  EXPECT_TRUE(IsRequestId(NewCallId()));
  EXPECT_NE(NewCallId(), NewCallId());
}

}  // namespace
}  // namespace sakip::rpc
