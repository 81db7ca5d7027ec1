#include "common/message/digest.h"

#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace sakip {
namespace {

TEST(Sha256, IsTheStandardFunction) {
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(absl::BytesToHexString(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, IsTheSameWhateverTheOrderInWhichAMapWasFilled) {
  google::protobuf::Struct a, b;
  for (int i = 0; i < 50; ++i) {
    (*a.mutable_fields())[std::to_string(i)].set_number_value(i);
    (*b.mutable_fields())[std::to_string(49 - i)].set_number_value(49 - i);
  }

  EXPECT_EQ(Digest(a), Digest(b));
}

TEST(Digest, DiffersWhereAnythingDiffers) {
  google::protobuf::Value a, b;
  a.set_string_value("1");
  b.set_string_value("2");

  EXPECT_NE(Digest(a), Digest(b));
  EXPECT_EQ(HexDigest(a).size(), 64u);
}

}  // namespace
}  // namespace sakip
