// Keys of signed notes (C2SP signed-note, tlog-cosignature): a Signer signs the text of a note, a
// Verifier knows whether a signature is its key's.
//
//   verifier key (vkey)  <name>+<key id, 8 hex digits>+<base64 of type byte and 32 bytes>
//   signer key (skey)    PRIVATE+KEY+<the same, with the 32 bytes of the seed>
//
// The key id is the first 4 bytes of SHA-256(name, newline, type byte, public key): a name and an
// id tell a key from all others. Values, thread-safe.
#ifndef SAKIP_COMMON_NOTE_KEY_H_
#define SAKIP_COMMON_NOTE_KEY_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/note/ed25519.h"

namespace sakip::note {

// The type byte. A log signs the text itself; a witness signs it with the time ("cosignature/v1").
enum class KeyType : uint8_t { kLog = 0x01, kWitness = 0x04 };

class Verifier {
 public:
  //   INVALID_ARGUMENT  KEY_MALFORMED  `vkey` is no verifier key, or its id is not its own.
  static absl::StatusOr<Verifier> Parse(absl::string_view vkey);

  const std::string& name() const { return name_; }
  uint32_t key_id() const { return key_id_; }
  KeyType type() const { return type_; }

  // True where `signature` (without the key id; a witness's starts with its time) is this key's
  // over `text`.
  bool Verify(absl::string_view text, absl::string_view signature) const;

  std::string vkey() const;

 private:
  friend class Signer;
  Verifier(absl::string_view name, KeyType type, Ed25519PublicKey key);

  std::string name_;
  KeyType type_;
  Ed25519PublicKey key_;
  uint32_t key_id_;
};

class Signer {
 public:
  //   INVALID_ARGUMENT  KEY_MALFORMED  `skey` is no signer key, or its id is not its own.
  static absl::StatusOr<Signer> Parse(absl::string_view skey);

  const Verifier& verifier() const { return verifier_; }

  // Signature over `text` as Verifier::Verify takes it. `now` is what a witness states; a log's
  // signature does not hold it.
  std::string Sign(absl::string_view text, absl::Time now) const;

 private:
  Signer(absl::string_view name, KeyType type, Ed25519PrivateKey key);

  Ed25519PrivateKey key_;
  Verifier verifier_;
};

// The text of a new private key. Whoever has it signs as `name`.
//
//   INVALID_ARGUMENT  KEY_MALFORMED  `name` cannot name a key.
absl::StatusOr<std::string> GenerateKey(absl::string_view name, KeyType type = KeyType::kLog);

// True for what may name a key: UTF-8, not empty, no control character, no Unicode space, no plus.
bool IsKeyName(absl::string_view name);

// When a witness signed: the time at the head of its signature, which is verified.
absl::Time WitnessTime(absl::string_view signature);

}  // namespace sakip::note

#endif  // SAKIP_COMMON_NOTE_KEY_H_
