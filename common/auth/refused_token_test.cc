// Each way in which a token can be wrong, and the reason that it is refused for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <functional>
#include <ostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/auth/openssl.h"
#include "common/auth/test_issuer.h"
#include "common/auth/token.h"
#include "common/auth/verify_token.h"
#include "common/testing/status_matchers.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using nlohmann::json;
using sakip::testing::IsOk;
using sakip::testing::StatusIs;
using ::testing::HasSubstr;

const absl::Time kNow = absl::FromUnixSeconds(1700000000);

const SigningKey& Key() { return TestKey(Algorithm::kEdDsa); }

LooseToken GoodToken() { return LooseToken(IssueToken(GoodRequest(kNow), Key())); }

absl::Status Check(const std::string& text) {
  const KeySet keys =
      KeySet::Parse(Jwks({Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa})).value();
  const absl::StatusOr<Token> token = ParseToken(text);
  if (!token.ok()) return token.status();
  return VerifyToken(*token, keys, {.issuer = kIssuer, .audience = kAudience}, kNow).status();
}

void ExpectRefused(const std::string& text, const std::string& why) {
  const absl::Status status = Check(text);
  EXPECT_THAT(status, StatusIs(StatusCode::kUnauthenticated, "IDENTITY_INVALID"));
  EXPECT_THAT(std::string(status.message()), HasSubstr(why));
}

struct Spoiled {
  const char* name;
  std::function<void(json& header, json& claims)> spoil;
  const char* why;
};

void PrintTo(const Spoiled& spoiled, std::ostream* out) { *out << spoiled.name; }

int64_t Seconds(absl::Duration from_now) { return absl::ToUnixSeconds(kNow + from_now); }

// Signed well, so that nothing else is wrong with it.
class SpoiledTokenTest : public ::testing::TestWithParam<Spoiled> {};

TEST_P(SpoiledTokenTest, IsRefused) {
  LooseToken token = GoodToken();
  ASSERT_THAT(Check(Sign(token, Key())), IsOk());

  GetParam().spoil(token.header, token.claims);

  ExpectRefused(Sign(token, Key()), GetParam().why);
}

#define SPOIL(text) [](json& header, json& claims) { (void)header, (void)claims, text; }

INSTANTIATE_TEST_SUITE_P(
    Header, SpoiledTokenTest,
    ::testing::Values(
        Spoiled{"alg none", SPOIL(header["alg"] = "none"), "another `alg` than its key's"},
        Spoiled{"alg of another key", SPOIL(header["alg"] = "ES256"), "another `alg`"},
        Spoiled{"alg in other case", SPOIL(header["alg"] = "eddsa"), "another `alg`"},
        Spoiled{"alg missing", SPOIL(header.erase("alg")), "no text `alg`"},
        Spoiled{"alg no text", SPOIL(header["alg"] = json::array({"EdDSA"})), "no text `alg`"},
        Spoiled{"kid missing", SPOIL(header.erase("kid")), "no text `kid`"},
        Spoiled{"kid empty", SPOIL(header["kid"] = ""), "no text `kid`"},
        Spoiled{"kid unknown", SPOIL(header["kid"] = "other"), "key that is not known"},
        Spoiled{"kid of another key",
                SPOIL(header["kid"] = TestKey(Algorithm::kEs256).public_key().thumbprint()),
                "another `alg`"},
        Spoiled {
          "kid and alg of another key",
              SPOIL(header["kid"] = TestKey(Algorithm::kEs256).public_key().thumbprint();
                    header["alg"] = "ES256"),
              "signature that its key did not make"
        },
        Spoiled{"typ missing", SPOIL(header.erase("typ")), "no text `typ`"},
        Spoiled{"typ of an ID token's kin", SPOIL(header["typ"] = "logout+jwt"), "has a `typ`"},
        Spoiled{"crit", SPOIL(header["crit"] = json::array({"b64"})), "not understood: `crit`"}));

INSTANTIATE_TEST_SUITE_P(
    Parties, SpoiledTokenTest,
    ::testing::Values(
        Spoiled{"iss missing", SPOIL(claims.erase("iss")), "no text `iss`"},
        Spoiled{"iss wrong", SPOIL(claims["iss"] = "https://other.example"), "another issuer"},
        Spoiled{"iss with more", SPOIL(claims["iss"] = std::string(kIssuer) + "/"),
                "another issuer"},
        Spoiled{"aud missing", SPOIL(claims.erase("aud")), "no `aud`"},
        Spoiled{"aud wrong", SPOIL(claims["aud"] = "other"), "another audience"},
        Spoiled{"aud longer", SPOIL(claims["aud"] = "sakip2"), "another audience"},
        Spoiled{"aud others", SPOIL(claims["aud"] = json::array({"a", "b"})), "another audience"},
        Spoiled{"aud none", SPOIL(claims["aud"] = json::array()), "another audience"},
        Spoiled{"aud of numbers", SPOIL(claims["aud"] = json::array({"sakip", 1})), "no `aud`"},
        Spoiled{"sub missing", SPOIL(claims.erase("sub")), "no text `sub`"},
        Spoiled{"sub empty", SPOIL(claims["sub"] = ""), "no text `sub`"},
        Spoiled{"sub with a blank", SPOIL(claims["sub"] = "siti dinsos"), "visible ASCII"},
        Spoiled{"sub with a line", SPOIL(claims["sub"] = "siti\nactor=x"), "visible ASCII"},
        Spoiled{"sub with a zero", SPOIL(claims["sub"] = std::string("a\0b", 3)), "visible ASCII"},
        Spoiled{"sub too long", SPOIL(claims["sub"] = std::string(129, 'x')), "128 bytes"}));

INSTANTIATE_TEST_SUITE_P(
    Times, SpoiledTokenTest,
    ::testing::Values(
        Spoiled{"exp missing", SPOIL(claims.erase("exp")), "no `exp`"},
        Spoiled{"exp with a fraction", SPOIL(claims["exp"] = 1700000900.5), "no `exp`"},
        Spoiled{"exp a text", SPOIL(claims["exp"] = "1700000900"), "no `exp`"},
        Spoiled{"exp below zero", SPOIL(claims["exp"] = -1), "no `exp`"},
        Spoiled{"exp in milliseconds", SPOIL(claims["exp"] = 1700000900000), "no `exp`"},
        Spoiled{"exp passed", SPOIL(claims["exp"] = Seconds(-absl::Seconds(60))), "has expired"},
        Spoiled{"exp too far", SPOIL(claims["exp"] = Seconds(absl::Seconds(901))),
                "longer than the 15m"},
        Spoiled{"nbf missing", SPOIL(claims.erase("nbf")), "no `nbf`"},
        Spoiled{"nbf to come", SPOIL(claims["nbf"] = Seconds(absl::Seconds(61))), "not valid yet"},
        Spoiled{"iat missing", SPOIL(claims.erase("iat")), "no `iat`"},
        Spoiled{"iat to come", SPOIL(claims["iat"] = Seconds(absl::Seconds(61))),
                "issued in the future"},
        Spoiled{"iat long ago", SPOIL(claims["iat"] = 0), "longer than the 15m"}));

INSTANTIATE_TEST_SUITE_P(
    Rights, SpoiledTokenTest,
    ::testing::Values(
        Spoiled{"roles missing", SPOIL(claims.erase("roles")), "no `roles`"},
        Spoiled{"roles none", SPOIL(claims["roles"] = json::array()), "no `roles`"},
        Spoiled{"roles a text", SPOIL(claims["roles"] = "planner"), "no `roles`"},
        Spoiled{"roles unknown", SPOIL(claims["roles"] = json::array({"planner", "king"})),
                "role that does not exist"},
        Spoiled{"role service", SPOIL(claims["roles"] = json::array({"planner", "service"})),
                "the role `service`"},
        Spoiled{"scopes missing", SPOIL(claims.erase("scopes")), "no `scopes`"},
        Spoiled{"scopes no names", SPOIL(claims["scopes"] = json::array({"35.09"})),
                "no region and no agency"},
        Spoiled{"scopes below an agency",
                SPOIL(claims["scopes"] =
                          json::array({"regions/35.09/agencies/dinsos/annualPlans/2023"})),
                "no region and no agency"},
        Spoiled{"scopes too many", SPOIL(claims["scopes"] = json(65, json("regions/35"))),
                "at most 64"},
        Spoiled{"cnf of a key", SPOIL((claims["cnf"] = {{"jkt", "x"}})), "has a `cnf`"},
        Spoiled{"cnf of two kinds",
                SPOIL((claims["cnf"] = {{"x5t#S256", EncodeBase64Url(std::string(32, 'x'))},
                                        {"jkt", "x"}})),
                "has a `cnf`"},
        Spoiled{"cnf too short", SPOIL((claims["cnf"] = {{"x5t#S256", EncodeBase64Url("short")}})),
                "has a `cnf`"},
        Spoiled{"cnf no object", SPOIL(claims["cnf"] = "x"), "has a `cnf`"}));

TEST(Token, MayBeOffByTheSkewOfClocks) {
  LooseToken token = GoodToken();
  token.claims["nbf"] = Seconds(absl::Seconds(60));
  token.claims["iat"] = Seconds(absl::Seconds(60));
  token.claims["exp"] = Seconds(absl::Seconds(900));
  EXPECT_THAT(Check(Sign(token, Key())), IsOk());

  token.claims["nbf"] = token.claims["iat"] = Seconds(-absl::Seconds(900));
  token.claims["exp"] = Seconds(-absl::Seconds(59));
  EXPECT_THAT(Check(Sign(token, Key())), IsOk());
}

TEST(Token, MayNameSeveralAudiencesAndNoScope) {
  LooseToken token = GoodToken();
  token.header["typ"] = "JWT";
  token.claims["aud"] = json::array({"other", kAudience});
  token.claims["roles"] = json::array({"operator"});
  token.claims["scopes"] = json::array();
  token.claims["nonce"] = {{"what", "else"}};

  EXPECT_THAT(Check(Sign(token, Key())), IsOk());
}

TEST(Token, MaySayItsTypeInAnyOfItsForms) {
  for (const std::string type : {"at+jwt", "application/at+jwt", "AT+JWT", "jwt"}) {
    LooseToken token = GoodToken();
    token.header["typ"] = type;
    EXPECT_THAT(Check(Sign(token, Key())), IsOk()) << type;
  }
}

TEST(Token, IsSignedByItsOwnKey) {
  const SigningKey other = SigningKey::Generate(Algorithm::kEdDsa);

  ExpectRefused(Sign(GoodToken(), other), "signature that its key did not make");
}

TEST(Token, IsNotWithoutSignature) {
  LooseToken token = GoodToken();
  const std::string good = Sign(token, Key());
  const std::string message = good.substr(0, good.rfind('.'));

  ExpectRefused(message + ".", "signature that its key did not make");
  ExpectRefused(message, "is no JWT");
  token.header["alg"] = "none";
  const std::string none = Sign(token, Key());
  ExpectRefused(none.substr(0, none.rfind('.') + 1), "another `alg`");
  token.header.erase("kid");
  const std::string keyless = Sign(token, Key());
  ExpectRefused(keyless.substr(0, keyless.rfind('.') + 1), "no text `kid`");
}

// CVE-2015-9235 and its kin: the public key, which all know, used as the secret of an HMAC.
TEST(Token, IsNotSignedWithAPublicKeyAsSecret) {
  const PublicKey& rsa = TestKey(Algorithm::kRs256).public_key();
  for (const std::string& secret : {rsa.jwk(), rsa.thumbprint()}) {
    LooseToken token = GoodToken();
    token.header["kid"] = rsa.thumbprint();
    for (const char* alg : {"HS256", "RS256"}) {
      token.header["alg"] = alg;
      const std::string message = absl::StrCat(EncodeBase64Url(token.header.dump()), ".",
                                               EncodeBase64Url(token.claims.dump()));
      std::string mac(32, '\0');
      unsigned int size = 0;
      HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), Bytes(message),
           message.size(), reinterpret_cast<unsigned char*>(mac.data()), &size);
      ExpectRefused(absl::StrCat(message, ".", EncodeBase64Url(mac)),
                    std::string(alg) == "HS256" ? "another `alg`" : "its key did not make");
    }
  }
}

TEST(Token, HasNoEs256SignatureInDer) {
  const std::string good = IssueToken(GoodRequest(kNow), TestKey(Algorithm::kEs256));
  ASSERT_THAT(Check(good), IsOk());
  const std::string raw = DecodeBase64Url(good.substr(good.rfind('.') + 1)).value();
  const OwnedEcdsa numbers(ECDSA_SIG_new());
  ECDSA_SIG_set0(numbers.get(), BN_bin2bn(Bytes(raw), 32, nullptr),
                 BN_bin2bn(Bytes(raw) + 32, 32, nullptr));
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(numbers.get(), &bytes);
  const std::string der(reinterpret_cast<char*>(bytes), size);
  OPENSSL_free(bytes);

  ExpectRefused(absl::StrCat(good.substr(0, good.rfind('.') + 1), EncodeBase64Url(der)),
                "its key did not make");
}

TEST(Token, SaysNothingTwice) {
  const LooseToken token = GoodToken();
  const std::string header = token.header.dump();
  const std::string claims = token.claims.dump();
  ASSERT_THAT(Check(SignTexts(header, claims, Key())), IsOk());

  ExpectRefused(
      SignTexts(header, absl::StrReplaceAll(claims, {{R"("sub":)", R"("sub":"x","sub":)"}}), Key()),
      "names a member twice");
  ExpectRefused(SignTexts(absl::StrReplaceAll(header, {{R"("alg":)", R"("alg":"none","alg":)"}}),
                          claims, Key()),
                "names a member twice");
  // The same name, written otherwise.
  ExpectRefused(
      SignTexts(header, absl::StrReplaceAll(claims, {{R"("sub":)", R"("\u0073ub":"x","sub":)"}}),
                Key()),
      "names a member twice");
}

TEST(Token, IsStrictJsonAndBase64) {
  const LooseToken token = GoodToken();
  const std::string header = token.header.dump();
  const std::string claims = token.claims.dump();
  const std::string good = SignTexts(header, claims, Key());
  ASSERT_THAT(Check(good), IsOk());

  for (const std::string& body :
       {claims + "x", claims + "{}", "[" + claims + "]", "\xEF\xBB\xBF" + claims, std::string(),
        std::string("null"), claims.substr(1), absl::StrReplaceAll(claims, {{"siti", "siti\xFF"}}),
        absl::StrReplaceAll(claims, {{R"({"aud")", R"({"a":[[[[[[[[]]]]]]]],"aud")"}})}) {
    ExpectRefused(SignTexts(header, body, Key()), "body that is no JSON object");
  }
  ExpectRefused(good + "=", "signature that is no base64url");
  ExpectRefused(good + " ", "signature that is no base64url");
  ExpectRefused(good + "\n", "signature that is no base64url");
  ExpectRefused(" " + good, "header that is no base64url");
  ExpectRefused(good + ".x", "is no JWT");
  ExpectRefused("." + good, "is no JWT");
  ExpectRefused(absl::StrReplaceAll(good, {{".", ".."}}), "is no JWT");
  ExpectRefused("", "is no JWT");
}

TEST(Token, HasAtMost8KiB) {
  LooseToken token = GoodToken();
  token.claims["pad"] = "";
  // Every 3 bytes of a claim are 4 of the token.
  const size_t room = kTokenBytesMax - Sign(token, Key()).size();
  token.claims["pad"] = std::string(room / 4 * 3, 'x');
  const std::string largest = Sign(token, Key());
  ASSERT_LE(largest.size(), kTokenBytesMax);
  EXPECT_THAT(Check(largest), IsOk());

  token.claims["pad"] = std::string(room / 4 * 3 + 6, 'x');
  const std::string larger = Sign(token, Key());
  ASSERT_GT(larger.size(), kTokenBytesMax);
  ExpectRefused(larger, "more than 8192 bytes");
}

}  // namespace
}  // namespace sakip::auth
