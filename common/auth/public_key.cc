#include "common/auth/public_key.h"

#include <openssl/core_names.h>

#include "absl/strings/str_cat.h"
#include "common/auth/base64url.h"
#include "common/auth/openssl.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/message/digest.h"

namespace sakip::auth {
namespace {

constexpr int kRsaBitsMin = 2048;
constexpr int kRsaBitsMax = 8192;  // A check takes longer with every bit.
constexpr size_t kNumberBytes = 32;
constexpr size_t kEs256Bytes = 64;

absl::Status Malformed(absl::string_view what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED", what);
}

OwnedNumber Number(absl::string_view bytes) {
  OwnedNumber number(BN_bin2bn(Bytes(bytes), static_cast<int>(bytes.size()), nullptr));
  SAKIP_CHECK(number != nullptr);
  return number;
}

// The public key of `type` with these parameters; null where there is none.
OwnedKey MakeKey(const char* type, OSSL_PARAM_BLD* builder) {
  const OwnedParameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  SAKIP_CHECK(parameters != nullptr && context != nullptr);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return OwnedKey(key);
}

// The signature of a JWS is both numbers side by side; OpenSSL wants them in DER.
std::string ToDer(absl::string_view signature) {
  const OwnedEcdsa numbers(ECDSA_SIG_new());
  SAKIP_CHECK(ECDSA_SIG_set0(numbers.get(), Number(signature.substr(0, kNumberBytes)).release(),
                             Number(signature.substr(kNumberBytes)).release()) == 1);
  unsigned char* der = nullptr;
  const int size = i2d_ECDSA_SIG(numbers.get(), &der);
  SAKIP_CHECK(size > 0);
  std::string result(reinterpret_cast<char*>(der), size);
  OPENSSL_free(der);
  return result;
}

}  // namespace

absl::string_view AlgorithmName(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kRs256:
      return "RS256";
    case Algorithm::kEs256:
      return "ES256";
    case Algorithm::kEdDsa:
      return "EdDSA";
  }
  return "";
}

std::optional<Algorithm> ParseAlgorithm(absl::string_view name) {
  for (const Algorithm algorithm : {Algorithm::kRs256, Algorithm::kEs256, Algorithm::kEdDsa}) {
    if (AlgorithmName(algorithm) == name) return algorithm;
  }
  return std::nullopt;
}

PublicKey::PublicKey(Algorithm algorithm, std::shared_ptr<EVP_PKEY> key, std::string jwk)
    : algorithm_(algorithm),
      key_(std::move(key)),
      jwk_(std::move(jwk)),
      thumbprint_(EncodeBase64Url(Sha256(jwk_))) {}

absl::StatusOr<PublicKey> PublicKey::FromRsa(absl::string_view n, absl::string_view e) {
  const ErrorQueue queue;
  if (n.empty() || e.empty() || n[0] == '\0' || e[0] == '\0') {
    return Malformed("`n` and `e` are numbers without leading zeros");
  }
  // Small exponents make mistakes of others into forgeries; larger ones cost only time.
  if (e.size() < 3 || e.size() > 4 || e.back() % 2 == 0) {
    return Malformed("`e` is odd and between 65537 and 2^32");
  }
  const OwnedNumber modulus = Number(n);
  const int bits = BN_num_bits(modulus.get());
  if (bits < kRsaBitsMin || bits > kRsaBitsMax) {
    return Malformed(
        absl::StrCat("RSA keys have ", kRsaBitsMin, " to ", kRsaBitsMax, " bits; this has ", bits));
  }
  if (n.back() % 2 == 0) return Malformed("`n` is even");
  const OwnedNumber exponent = Number(e);
  const OwnedParameterBuilder builder(OSSL_PARAM_BLD_new());
  SAKIP_CHECK(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) == 1);
  SAKIP_CHECK(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) == 1);
  OwnedKey key = MakeKey("RSA", builder.get());
  if (key == nullptr) return Malformed("`n` and `e` are no RSA key");
  return PublicKey(Algorithm::kRs256, std::move(key),
                   absl::StrCat(R"({"e":")", EncodeBase64Url(e), R"(","kty":"RSA","n":")",
                                EncodeBase64Url(n), R"("})"));
}

absl::StatusOr<PublicKey> PublicKey::FromP256(absl::string_view x, absl::string_view y) {
  const ErrorQueue queue;
  if (x.size() != kNumberBytes || y.size() != kNumberBytes) {
    return Malformed("`x` and `y` have 32 bytes");
  }
  const std::string point = absl::StrCat("\x04", x, y);  // Not compressed.
  const OwnedParameterBuilder builder(OSSL_PARAM_BLD_new());
  SAKIP_CHECK(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME,
                                              "prime256v1", 0) == 1);
  SAKIP_CHECK(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                               point.size()) == 1);
  OwnedKey key = MakeKey("EC", builder.get());  // Null also where the point is not on the curve.
  if (key == nullptr) return Malformed("`x` and `y` are no point of P-256");
  return PublicKey(Algorithm::kEs256, std::move(key),
                   absl::StrCat(R"({"crv":"P-256","kty":"EC","x":")", EncodeBase64Url(x),
                                R"(","y":")", EncodeBase64Url(y), R"("})"));
}

absl::StatusOr<PublicKey> PublicKey::FromEd25519(absl::string_view x) {
  const ErrorQueue queue;
  if (x.size() != kNumberBytes) return Malformed("`x` has 32 bytes");
  OwnedKey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, Bytes(x), x.size()));
  SAKIP_CHECK(key != nullptr);
  return PublicKey(
      Algorithm::kEdDsa, std::move(key),
      absl::StrCat(R"({"crv":"Ed25519","kty":"OKP","x":")", EncodeBase64Url(x), R"("})"));
}

bool PublicKey::Verify(absl::string_view message, absl::string_view signature) const {
  const ErrorQueue queue;
  std::string der;
  if (algorithm_ == Algorithm::kEs256) {
    if (signature.size() != kEs256Bytes) return false;
    der = ToDer(signature);
    signature = der;
  }
  const EVP_MD* digest = algorithm_ == Algorithm::kEdDsa ? nullptr : EVP_sha256();
  const OwnedDigest context(EVP_MD_CTX_new());
  SAKIP_CHECK(EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
  return EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                          message.size()) == 1;
}

}  // namespace sakip::auth
