#include "common/auth/signing_key.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include "common/auth/openssl.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"

namespace sakip::auth {
namespace {

constexpr unsigned int kRsaBits = 3072;
constexpr int kNumberBytes = 32;

absl::Status Malformed(absl::string_view what) {
  return MakeError(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED", what);
}

// The number `name` of the key, big-endian, of at least `bytes` bytes; empty where it has none.
std::string NumberOf(const EVP_PKEY* key, const char* name, int bytes) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &read) != 1) return "";
  const OwnedNumber number(read);
  std::string result(std::max(bytes, BN_num_bytes(number.get())), '\0');
  SAKIP_CHECK(BN_bn2binpad(number.get(), reinterpret_cast<unsigned char*>(result.data()),
                           static_cast<int>(result.size())) > 0);
  return result;
}

absl::StatusOr<PublicKey> PublicPart(const EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      return PublicKey::FromRsa(NumberOf(key, OSSL_PKEY_PARAM_RSA_N, 0),
                                NumberOf(key, OSSL_PKEY_PARAM_RSA_E, 0));
    case EVP_PKEY_EC:
      return PublicKey::FromP256(NumberOf(key, OSSL_PKEY_PARAM_EC_PUB_X, kNumberBytes),
                                 NumberOf(key, OSSL_PKEY_PARAM_EC_PUB_Y, kNumberBytes));
    case EVP_PKEY_ED25519: {
      std::string bytes(kNumberBytes, '\0');
      size_t size = bytes.size();
      SAKIP_CHECK(EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char*>(bytes.data()),
                                              &size) == 1);
      return PublicKey::FromEd25519(bytes);
    }
    default:
      return Malformed("it is neither RSA nor P-256 nor Ed25519");
  }
}

// A JWS has both numbers of the signature side by side; OpenSSL makes them in DER.
std::string FromDer(absl::string_view der) {
  const unsigned char* bytes = Bytes(der);
  const OwnedEcdsa numbers(
      d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));  // NOLINT
  SAKIP_CHECK(numbers != nullptr);
  std::string signature(size_t{2} * kNumberBytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  SAKIP_CHECK(BN_bn2binpad(ECDSA_SIG_get0_r(numbers.get()), out, kNumberBytes) > 0);
  SAKIP_CHECK(BN_bn2binpad(ECDSA_SIG_get0_s(numbers.get()), out + kNumberBytes, kNumberBytes) > 0);
  return signature;
}

}  // namespace

absl::StatusOr<SigningKey> SigningKey::FromKey(std::shared_ptr<EVP_PKEY> key) {
  ASSIGN_OR_RETURN(PublicKey public_key, PublicPart(key.get()));
  return SigningKey(std::move(key), std::move(public_key));
}

SigningKey SigningKey::Generate(Algorithm algorithm) {
  EVP_PKEY* made = nullptr;
  switch (algorithm) {
    case Algorithm::kRs256:
      made = EVP_RSA_gen(kRsaBits);
      break;
    case Algorithm::kEs256:
      made = EVP_EC_gen("P-256");
      break;
    case Algorithm::kEdDsa:
      made = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
      break;
  }
  SAKIP_CHECK(made != nullptr);
  absl::StatusOr<SigningKey> key = FromKey(OwnedKey(made));
  SAKIP_CHECK(key.ok());
  return *std::move(key);
}

absl::StatusOr<SigningKey> SigningKey::FromPem(absl::string_view pem) {
  const ErrorQueue queue;
  const OwnedBio text = ReadFrom(pem);
  SAKIP_CHECK(text != nullptr);
  OwnedKey key(PEM_read_bio_PrivateKey(text.get(), nullptr, &openssl::NoPassword, nullptr));
  if (key == nullptr) return Malformed("there is no private key in PEM that is not encrypted");
  return FromKey(std::move(key));
}

std::string SigningKey::ToPem() const {
  const OwnedBio text(BIO_new(BIO_s_secmem()));
  SAKIP_CHECK(PEM_write_bio_PKCS8PrivateKey(text.get(), key_.get(), nullptr, nullptr, 0, nullptr,
                                            nullptr) == 1);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);  // NOLINT: the type is OpenSSL's.
  return std::string(bytes, size);
}

std::string SigningKey::Sign(absl::string_view message) const {
  const Algorithm algorithm = public_key_.algorithm();
  const EVP_MD* digest = algorithm == Algorithm::kEdDsa ? nullptr : EVP_sha256();
  const OwnedDigest context(EVP_MD_CTX_new());
  SAKIP_CHECK(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
  std::string signature(EVP_PKEY_get_size(key_.get()), '\0');
  size_t size = signature.size();
  SAKIP_CHECK(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                             &size, Bytes(message), message.size()) == 1);
  signature.resize(size);
  return algorithm == Algorithm::kEs256 ? FromDer(signature) : signature;
}

}  // namespace sakip::auth
