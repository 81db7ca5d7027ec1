#include "common/note/key.h"

#include <openssl/sha.h>

#include <limits>
#include <optional>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/big_endian.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/note/strict_base64.h"

namespace sakip::note {
namespace {

constexpr absl::string_view kPrivatePrefix = "PRIVATE+KEY+";
constexpr size_t kKeyIdBytes = 4;
constexpr size_t kTimeBytes = 8;

absl::Status Malformed(absl::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED",
                   absl::StrCat("this is no key: ", why));
}

uint32_t KeyId(absl::string_view name, KeyType type, absl::string_view public_key) {
  const char type_byte = static_cast<char>(type);
  const std::string text = absl::StrCat(name, "\n", absl::string_view(&type_byte, 1), public_key);
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash);
  return static_cast<uint32_t>(FromBigEndian({reinterpret_cast<const char*>(hash), kKeyIdBytes}));
}

std::string EncodeKey(absl::string_view name, uint32_t key_id, KeyType type,
                      absl::string_view bytes) {
  const char type_byte = static_cast<char>(type);
  return absl::StrCat(name, "+", absl::BytesToHexString(BigEndian(key_id, kKeyIdBytes)), "+",
                      EncodeBase64(absl::StrCat(absl::string_view(&type_byte, 1), bytes)));
}

// What both kinds of key text hold.
struct KeyText {
  absl::string_view name;
  absl::string_view key_id;
  KeyType type = KeyType::kLog;
  std::string bytes;
};

// No part but the last may hold a plus, which is a digit of Base 64.
absl::StatusOr<KeyText> ParseKeyText(absl::string_view text) {
  const size_t first = text.find('+');
  const size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) return Malformed("it has not the form name+id+base64");
  KeyText key{.name = text.substr(0, first),
              .key_id = text.substr(first + 1, second - first - 1),
              .bytes = {}};
  if (!IsKeyName(key.name)) return Malformed("its name is empty or has a blank");
  const std::optional<std::string> bytes = DecodeBase64(text.substr(second + 1));
  if (!bytes.has_value()) return Malformed("it does not end in canonical Base 64");
  if (bytes->size() != 1 + kEd25519KeyBytes) return Malformed("it has not the length of Ed25519");
  key.type = static_cast<KeyType>(bytes->front());
  if (key.type != KeyType::kLog && key.type != KeyType::kWitness) {
    return Malformed("it is neither a log's Ed25519 key (type 1) nor a witness's (type 4)");
  }
  key.bytes = bytes->substr(1);
  return key;
}

std::string HexId(uint32_t key_id) {
  return absl::BytesToHexString(BigEndian(key_id, kKeyIdBytes));
}

// A witness signs for a moment, so that its signature says up to when it saw nothing amiss.
std::string WitnessMessage(absl::string_view text, uint64_t seconds) {
  return absl::StrCat("cosignature/v1\ntime ", seconds, "\n", text);
}

bool IsSpace(uint32_t code) {
  return code == 0x20 || code == 0x85 || code == 0xA0 || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
         code == 0x205F || code == 0x3000;
}

}  // namespace

bool IsKeyName(absl::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const std::optional<uint32_t> code = TakeCharacter(name);
    if (!code.has_value() || *code < 0x20 || *code == '+' || IsSpace(*code)) return false;
  }
  return true;
}

Verifier::Verifier(absl::string_view name, KeyType type, Ed25519PublicKey key)
    : name_(name), type_(type), key_(std::move(key)), key_id_(KeyId(name, type, key_.bytes())) {}

absl::StatusOr<Verifier> Verifier::Parse(absl::string_view vkey) {
  ASSIGN_OR_RETURN(const KeyText text, ParseKeyText(vkey));
  Verifier verifier(text.name, text.type, *Ed25519PublicKey::FromBytes(text.bytes));
  if (HexId(verifier.key_id()) != text.key_id) {
    return Malformed(absl::StrCat("its id is ", HexId(verifier.key_id()), ", not ", text.key_id));
  }
  return verifier;
}

bool Verifier::Verify(absl::string_view text, absl::string_view signature) const {
  if (type_ == KeyType::kLog) return key_.Verify(text, signature);
  if (signature.size() != kTimeBytes + kEd25519SignatureBytes) return false;
  const uint64_t seconds = FromBigEndian(signature.substr(0, kTimeBytes));
  if (seconds > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return false;
  return key_.Verify(WitnessMessage(text, seconds), signature.substr(kTimeBytes));
}

std::string Verifier::vkey() const { return EncodeKey(name_, key_id_, type_, key_.bytes()); }

Signer::Signer(absl::string_view name, KeyType type, Ed25519PrivateKey key)
    : key_(std::move(key)), verifier_(name, type, key_.PublicKey()) {}

absl::StatusOr<Signer> Signer::Parse(absl::string_view skey) {
  if (!absl::ConsumePrefix(&skey, kPrivatePrefix)) {
    return Malformed(absl::StrCat("a private key starts with ", kPrivatePrefix));
  }
  ASSIGN_OR_RETURN(const KeyText text, ParseKeyText(skey));
  Signer signer(text.name, text.type, *Ed25519PrivateKey::FromSeed(text.bytes));
  if (HexId(signer.verifier().key_id()) != text.key_id) {
    return Malformed("its id is not the one of its seed");
  }
  return signer;
}

std::string Signer::Sign(absl::string_view text, absl::Time now) const {
  if (verifier_.type() == KeyType::kLog) return key_.Sign(text);
  const int64_t seconds = absl::ToUnixSeconds(now);
  SAKIP_CHECK(seconds >= 0);
  return BigEndian(static_cast<uint64_t>(seconds), kTimeBytes) +
         key_.Sign(WitnessMessage(text, static_cast<uint64_t>(seconds)));
}

absl::StatusOr<std::string> GenerateKey(absl::string_view name, KeyType type) {
  if (!IsKeyName(name)) {
    return Malformed("a name is not empty and has no blank, no plus and no control character");
  }
  const std::string seed = RandomSeed();
  const std::string public_key = Ed25519PrivateKey::FromSeed(seed)->PublicKey().bytes();
  return absl::StrCat(kPrivatePrefix, EncodeKey(name, KeyId(name, type, public_key), type, seed));
}

absl::Time WitnessTime(absl::string_view signature) {
  SAKIP_CHECK(signature.size() >= kTimeBytes);
  return absl::FromUnixSeconds(
      static_cast<int64_t>(FromBigEndian(signature.substr(0, kTimeBytes))));
}

}  // namespace sakip::note
