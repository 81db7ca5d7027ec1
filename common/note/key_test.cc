#include "common/note/key.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"

namespace sakip::note {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;

// Public test vectors of golang.org/x/mod/sumdb/note and c2sp.org/signed-note.
constexpr char kPeter[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kPeterPrivate[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr char kC2sp[] = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

TEST(VerifierTest, ReadsThePublicVectors) {
  const auto peter = Verifier::Parse(kPeter);
  ASSERT_THAT(peter, IsOk());
  EXPECT_EQ(peter->name(), "PeterNeumann");
  EXPECT_EQ(peter->key_id(), 0xc74f20a3u);
  EXPECT_EQ(peter->type(), KeyType::kLog);
  EXPECT_EQ(peter->vkey(), kPeter);
  EXPECT_THAT(Verifier::Parse(kC2sp), IsOk());
}

TEST(VerifierTest, RefusesEveryPartOfAKeyAndEveryOtherCharacter) {
  const std::string vkey = kPeter;
  for (size_t i = 0; i < vkey.size(); ++i) {
    for (size_t j = i; j <= vkey.size(); ++j) {
      if (j - i < vkey.size()) {
        EXPECT_THAT(Verifier::Parse(vkey.substr(i, j - i)),
                    StatusIs(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED"));
      }
    }
    for (int other = 0; other < 256; ++other) {
      std::string changed = vkey;
      changed[i] = static_cast<char>(other);
      if (changed == vkey) continue;
      EXPECT_FALSE(Verifier::Parse(changed).ok()) << changed;
    }
  }
}

TEST(VerifierTest, RefusesAnotherLengthOrAlgorithmEvenWithARightId) {
  EXPECT_FALSE(
      Verifier::Parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")
          .ok());
  EXPECT_FALSE(
      Verifier::Parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").ok());
}

TEST(SignerTest, ReadsThePublicVectorAndSignsAsItsVerifier) {
  const auto signer = Signer::Parse(kPeterPrivate);
  ASSERT_THAT(signer, IsOk());
  EXPECT_EQ(signer->verifier().vkey(), kPeter);
  std::string signature = signer->Sign("hi", absl::UnixEpoch());
  EXPECT_TRUE(signer->verifier().Verify("hi", signature));
  EXPECT_FALSE(signer->verifier().Verify("ho", signature));
  signature[0] ^= 1;
  EXPECT_FALSE(signer->verifier().Verify("hi", signature));
}

TEST(SignerTest, RefusesEveryOtherCharacter) {
  const std::string skey = kPeterPrivate;
  for (size_t i = 0; i < skey.size(); ++i) {
    EXPECT_FALSE(Signer::Parse(skey.substr(0, i)).ok());
    EXPECT_FALSE(Signer::Parse(skey.substr(i + 1)).ok());
    std::string changed = skey;
    ++changed[i];
    EXPECT_FALSE(Signer::Parse(changed).ok()) << changed;
  }
}

TEST(GenerateKeyTest, MakesAKeyOfTheNameAndType) {
  for (const KeyType type : {KeyType::kLog, KeyType::kWitness}) {
    const auto skey = GenerateKey("inspectorate/jember", type);
    ASSERT_THAT(skey, IsOk());
    const auto signer = Signer::Parse(*skey);
    ASSERT_THAT(signer, IsOk());
    EXPECT_EQ(signer->verifier().type(), type);
    EXPECT_EQ(signer->verifier().name(), "inspectorate/jember");
    const auto verifier = Verifier::Parse(signer->verifier().vkey());
    ASSERT_THAT(verifier, IsOk());
    EXPECT_TRUE(verifier->Verify("text\n", signer->Sign("text\n", absl::FromUnixSeconds(7))));
  }
  EXPECT_NE(*GenerateKey("a"), *GenerateKey("a"));
}

TEST(GenerateKeyTest, RefusesNamesThatNoNoteCanHold) {
  for (const char* name : {"", "two words", "a+b", "tab\tbed", "line\n",
                           "no\xC2\xA0"
                           "break",
                           "\xE2\x80\xA8", "\xE3\x80\x80", "\xff"}) {
    EXPECT_FALSE(GenerateKey(name).ok()) << name;
  }
}

TEST(WitnessKeyTest, SignsTheTimeWithTheText) {
  const auto signer = Signer::Parse(*GenerateKey("witness", KeyType::kWitness));
  ASSERT_THAT(signer, IsOk());
  const absl::Time now = absl::FromUnixSeconds(1679315147);
  std::string signature = signer->Sign("log\n1\nroot\n", now);
  EXPECT_EQ(WitnessTime(signature), now);
  EXPECT_TRUE(signer->verifier().Verify("log\n1\nroot\n", signature));
  ++signature[7];  // The last byte of the time.
  EXPECT_FALSE(signer->verifier().Verify("log\n1\nroot\n", signature));
  --signature[7];
  signature[0] = '\x80';  // Beyond 2^63-1.
  EXPECT_FALSE(signer->verifier().Verify("log\n1\nroot\n", signature));
}

}  // namespace
}  // namespace sakip::note
