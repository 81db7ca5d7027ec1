#include "common/auth/public_key.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <string>

#include "common/auth/base64url.h"
#include "common/auth/signing_key.h"
#include "common/testing/status_matchers.h"

namespace sakip::auth {
namespace {

using absl::StatusCode;
using sakip::testing::StatusIs;

std::string Decoded(const std::string& text) { return DecodeBase64Url(text).value(); }

// RFC 7515 appendix A.2.
constexpr char kRsaN[] =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4"
    "QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdb"
    "BYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-D"
    "WNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
constexpr char kClaims[] =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
constexpr char kRsaSignature[] =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5ju"
    "jGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07"
    "Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipU"
    "TI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

TEST(PublicKey, ChecksTheRs256OfRfc7515) {
  const PublicKey key = PublicKey::FromRsa(Decoded(kRsaN), Decoded("AQAB")).value();
  const std::string message = std::string("eyJhbGciOiJSUzI1NiJ9.") + kClaims;

  EXPECT_TRUE(key.Verify(message, Decoded(kRsaSignature)));
  EXPECT_FALSE(key.Verify(message + "x", Decoded(kRsaSignature)));
  EXPECT_FALSE(key.Verify(message, Decoded(kRsaSignature) + '\0'));
  EXPECT_FALSE(key.Verify(message, ""));
}

// RFC 7515 appendix A.3.
constexpr char kP256X[] = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
constexpr char kP256Y[] = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

TEST(PublicKey, ChecksTheEs256OfRfc7515) {
  const PublicKey key = PublicKey::FromP256(Decoded(kP256X), Decoded(kP256Y)).value();
  const std::string message = std::string("eyJhbGciOiJFUzI1NiJ9.") + kClaims;
  std::string signature = Decoded(
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");

  EXPECT_TRUE(key.Verify(message, signature));
  EXPECT_FALSE(key.Verify(message, signature + '\0'));
  EXPECT_FALSE(key.Verify(message, std::string(64, '\0')));
  EXPECT_FALSE(key.Verify(message, std::string(64, '\xFF')));
  signature[40] ^= 1;
  EXPECT_FALSE(key.Verify(message, signature));
}

// RFC 8037 appendix A: key, thumbprint and signature.
TEST(PublicKey, ChecksTheEdDsaOfRfc8037) {
  const PublicKey key =
      PublicKey::FromEd25519(Decoded("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")).value();
  const std::string message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  const std::string signature = Decoded(
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

  EXPECT_EQ(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  EXPECT_TRUE(key.Verify(message, signature));
  EXPECT_FALSE(key.Verify(message + "x", signature));
  EXPECT_FALSE(key.Verify(message, signature.substr(1)));
}

// RFC 7638 section 3.1.
TEST(PublicKey, HasTheThumbprintOfRfc7638) {
  const std::string n = Decoded(
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECP"
      "ebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY"
      "368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0f"
      "M4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw");

  EXPECT_EQ(PublicKey::FromRsa(n, Decoded("AQAB")).value().thumbprint(),
            "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

TEST(PublicKey, IsNoWeakOrMalformedKey) {
  const std::string n = Decoded(kRsaN);
  const std::string e = Decoded("AQAB");
  const auto malformed = StatusIs(StatusCode::kInvalidArgument, "KEY_MALFORMED");

  EXPECT_THAT(PublicKey::FromRsa(n.substr(0, 255), e).status(), malformed);  // 2040 bits.
  EXPECT_THAT(PublicKey::FromRsa(std::string(1025, '\x81'), e).status(), malformed);
  EXPECT_THAT(PublicKey::FromRsa(n.substr(0, 255) + '\x02', e).status(), malformed);
  EXPECT_THAT(PublicKey::FromRsa('\0' + n, e).status(), malformed);
  EXPECT_THAT(PublicKey::FromRsa(n, '\0' + e).status(), malformed);
  EXPECT_THAT(PublicKey::FromRsa(n, "\x03").status(), malformed);
  EXPECT_THAT(PublicKey::FromRsa(n, std::string("\x01\x00\x02", 3)).status(), malformed);
  EXPECT_THAT(PublicKey::FromRsa(n, std::string(9, '\x01')).status(), malformed);
  EXPECT_THAT(PublicKey::FromRsa("", "").status(), malformed);
  EXPECT_THAT(PublicKey::FromP256(Decoded(kP256X), Decoded(kP256X)).status(), malformed);
  EXPECT_THAT(PublicKey::FromP256(std::string(32, '\0'), std::string(32, '\0')).status(),
              malformed);
  EXPECT_THAT(PublicKey::FromP256(Decoded(kP256X).substr(1), Decoded(kP256Y)).status(), malformed);
  EXPECT_THAT(PublicKey::FromEd25519(std::string(31, 'x')).status(), malformed);
}

// gRPC looks into the thread's queue of OpenSSL's errors to tell its own.
TEST(PublicKey, LeavesNoErrorBehind) {
  ERR_clear_error();
  const PublicKey key = PublicKey::FromRsa(Decoded(kRsaN), Decoded("AQAB")).value();

  EXPECT_FALSE(key.Verify("x", std::string(256, 'x')));
  EXPECT_FALSE(PublicKey::FromP256(Decoded(kP256X), Decoded(kP256X)).ok());
  EXPECT_FALSE(SigningKey::FromPem("-----BEGIN PRIVATE KEY-----\nnone").ok());

  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(Algorithm, IsOneOfThree) {
  for (const Algorithm algorithm : {Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa}) {
    EXPECT_EQ(ParseAlgorithm(AlgorithmName(algorithm)), algorithm);
  }
  for (const char* name : {"none", "None", "", "HS256", "RS512", "PS256", "rs256", "ES384"}) {
    EXPECT_EQ(ParseAlgorithm(name), std::nullopt) << name;
  }
}

TEST(Base64Url, HasOneTextForAValue) {
  EXPECT_EQ(DecodeBase64Url("_-8"), "\xFF\xEF");
  EXPECT_EQ(DecodeBase64Url(""), "");
  // Padded, standard alphabet, white space, bits left over, a length that none has.
  for (const char* text : {"_-8=", "/+8", "_-8 ", "_-8\n", "_-9", "_", "_-8_x"}) {
    EXPECT_EQ(DecodeBase64Url(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace sakip::auth
