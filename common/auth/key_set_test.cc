#include "common/auth/key_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/auth/test_issuer.h"
#include "common/testing/status_matchers.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using nlohmann::json;
using sakip::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

json Jwk(Algorithm algorithm = Algorithm::kEdDsa) {
  return json::parse(Jwks({algorithm})).at("keys").at(0);
}

KeySet SetOf(const json& jwk) {
  return KeySet::Parse(json{{"keys", json::array({jwk})}}.dump()).value();
}

// Why a set of this one key has none.
std::string LeftOut(const json& jwk) {
  const KeySet set = SetOf(jwk);
  EXPECT_THAT(set.keys(), IsEmpty());
  return set.left_out().empty() ? "" : set.left_out().at(0);
}

TEST(KeySet, FindsKeysByNameAndByThumbprint) {
  const KeySet set =
      KeySet::Parse(Jwks({Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa})).value();

  EXPECT_THAT(set.keys(), SizeIs(3));
  EXPECT_THAT(set.left_out(), IsEmpty());
  for (const Algorithm algorithm : {Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa}) {
    const std::string& thumbprint = TestKey(algorithm).public_key().thumbprint();
    ASSERT_NE(set.Find(thumbprint), nullptr);
    EXPECT_EQ(set.Find(thumbprint)->algorithm(), algorithm);
    EXPECT_TRUE(set.Has(thumbprint));
  }
  EXPECT_EQ(set.Find("other"), nullptr);
  EXPECT_FALSE(set.Has("other"));
}

TEST(KeySet, TakesAnEmptySetAtItsWord) {
  EXPECT_THAT(KeySet::Parse(R"({"keys":[]})").value().keys(), IsEmpty());
}

TEST(KeySet, MindsWhatAKeyIsFor) {
  json jwk = Jwk();
  jwk["use"] = "enc";
  EXPECT_THAT(LeftOut(jwk), HasSubstr("not for checking signatures"));
  jwk.erase("use");
  jwk["key_ops"] = {"sign", "encrypt"};
  EXPECT_THAT(LeftOut(jwk), HasSubstr("not for checking signatures"));
  jwk["key_ops"] = "verify";
  EXPECT_THAT(LeftOut(jwk), HasSubstr("not for checking signatures"));
  jwk["key_ops"] = {"verify"};
  EXPECT_THAT(SetOf(jwk).keys(), SizeIs(1));
  jwk["alg"] = "RS256";
  EXPECT_THAT(LeftOut(jwk), HasSubstr("`alg` is not EdDSA"));
  jwk.erase("alg");
  EXPECT_THAT(SetOf(jwk).keys(), SizeIs(1));
}

TEST(KeySet, LeavesOutWhatItCannotUse) {
  json jwk = Jwk();
  jwk.erase("kid");
  EXPECT_THAT(LeftOut(jwk), HasSubstr("`kid` is missing"));
  jwk["kid"] = 7;
  EXPECT_THAT(LeftOut(jwk), HasSubstr("`kid` is missing"));
  EXPECT_THAT(LeftOut({{"kty", "oct"}, {"kid", "a"}, {"k", "c2VjcmV0"}}), HasSubstr("neither RSA"));
  EXPECT_THAT(LeftOut({{"kty", "PQ"}, {"kid", "a"}}), HasSubstr("neither RSA"));
  EXPECT_THAT(LeftOut({{"kty", "OKP"}, {"crv", "X25519"}, {"kid", "a"}}), HasSubstr("neither RSA"));
  EXPECT_THAT(LeftOut({{"kty", "EC"}, {"crv", "P-384"}, {"kid", "a"}}), HasSubstr("neither RSA"));
  jwk = Jwk();
  jwk["x"] = jwk.at("x").get<std::string>() + "=";
  EXPECT_THAT(LeftOut(jwk), HasSubstr("`x` is missing or no base64url"));
  jwk = Jwk(Algorithm::kRs256);
  jwk["n"] = jwk.at("n").get<std::string>().substr(0, 340);  // 2040 bits.
  EXPECT_THAT(LeftOut(jwk), HasSubstr("RSA keys have 2048 to 8192 bits"));
}

TEST(KeySet, GoesOnWithTheOtherKeys) {
  json jwks = json::parse(Jwks({Algorithm::kEdDsa, Algorithm::kEs256}));
  jwks.at("keys").at(0)["use"] = "enc";

  const KeySet set = KeySet::Parse(jwks.dump()).value();

  EXPECT_THAT(set.keys(), SizeIs(1));
  EXPECT_THAT(set.left_out(), ElementsAre(HasSubstr("keys[0]: ")));
}

TEST(KeySet, IsNoneWithTwoKeysOfOneName) {
  json jwks = json::parse(Jwks({Algorithm::kEdDsa, Algorithm::kEs256}));
  jwks.at("keys").at(1)["kid"] = jwks.at("keys").at(0).at("kid");

  const absl::Status status = KeySet::Parse(jwks.dump()).status();

  EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "JWKS_MALFORMED"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("keys[1] has the `kid` of another key"));
}

// The first that is kept would be taken for the other one, whichever stands first.
TEST(KeySet, IsNoneWithTwoKeysOfOneNameAlsoWhereOneIsLeftOut) {
  json jwks = json::parse(Jwks({Algorithm::kEdDsa, Algorithm::kEs256}));
  jwks.at("keys").at(1)["kid"] = jwks.at("keys").at(0).at("kid");
  for (const size_t left_out : {0, 1}) {
    json some = jwks;
    some.at("keys").at(left_out)["use"] = "enc";
    EXPECT_THAT(KeySet::Parse(some.dump()).status(),
                StatusIs(StatusCode::kInvalidArgument, "JWKS_MALFORMED"))
        << left_out;
  }
}

TEST(KeySet, IsNoneWithAPrivateKey) {
  json jwk = Jwk();
  jwk["d"] = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

  const absl::Status status = KeySet::Parse(json{{"keys", {jwk}}}.dump()).status();

  EXPECT_THAT(status, StatusIs(StatusCode::kInvalidArgument, "JWKS_MALFORMED"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("private key"));
}

TEST(KeySet, IsStrictJson) {
  const std::string good = Jwks({Algorithm::kEdDsa});
  const auto malformed = StatusIs(StatusCode::kInvalidArgument, "JWKS_MALFORMED");

  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), std::string("null"),
        std::string(R"({"keys":{}})"), std::string(R"({"keys":[1]})"),
        std::string(R"({"keys":[],"keys":[]})"), good + "x", good + "{}", "\xEF\xBB\xBF" + good,
        good.substr(1), std::string("{\"keys\":[],\"a\":\"\xFF\"}"),
        R"({"keys":[],"a":)" + std::string(8, '[') + std::string(8, ']') + "}",
        absl::StrCat(R"({"keys":[],"a":")", std::string(kJwksBytesMax, 'x'), R"("})"),
        R"({"keys":[],"a":)" + std::string(200000, '[')}) {
    EXPECT_THAT(KeySet::Parse(text).status(), malformed) << text.substr(0, 80);
  }
  EXPECT_TRUE(
      KeySet::Parse(R"({"keys":[],"a":)" + std::string(7, '[') + std::string(7, ']') + "}").ok());
}

}  // namespace
}  // namespace sakip::auth
