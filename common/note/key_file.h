// KeyFile: the keys that a program signs with and those that it trusts, one a line.
//
//   # comment
//   PRIVATE+KEY+sakip/realization+...    signs, and is trusted
//   sakip/realization+1f2e3d4c+...       is trusted: a key that signed earlier, a witness
//
// To rotate: add the new private key, let the old one sign beside it until every client trusts the
// new one, then keep only the old one's verifier key. Old checkpoints stay verifiable. Functions
// are thread-safe; errors name the line, never a private key.
#ifndef SAKIP_COMMON_NOTE_KEY_FILE_H_
#define SAKIP_COMMON_NOTE_KEY_FILE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/note/key.h"

namespace sakip::note {

struct KeyRing {
  std::vector<Signer> signers;
  std::vector<Verifier> verifiers;  // All that are trusted, those of the signers first.
};

//   INVALID_ARGUMENT  KEY_MALFORMED  naming the line; or there is no key at all.
absl::StatusOr<KeyRing> ParseKeyRing(absl::string_view text);

// Reads a key file. One with a private key must be closed to others: readable by its owner alone,
// or 0440, as Kubernetes mounts a secret for a group.
//
//   NOT_FOUND            KEY_FILE_MISSING  it cannot be read.
//   FAILED_PRECONDITION  KEY_FILE_EXPOSED  others may read a private key, or write it.
//   INVALID_ARGUMENT     KEY_MALFORMED     as ParseKeyRing; or it is larger than 64 KiB.
absl::StatusOr<KeyRing> ReadKeyFile(const std::string& path);

// OK where others than those who sign with it may neither read nor write the key file.
//
//   NOT_FOUND            KEY_FILE_MISSING  there is none.
//   FAILED_PRECONDITION  KEY_FILE_EXPOSED
absl::Status CheckKeyFileClosed(const std::string& path);

// Writes a new file that only its owner may read.
//
//   ALREADY_EXISTS  KEY_FILE_EXISTS   a key is never written over.
//   NOT_FOUND       KEY_FILE_MISSING  it cannot be written.
absl::Status WriteKeyFile(const std::string& path, absl::string_view text);

}  // namespace sakip::note

#endif  // SAKIP_COMMON_NOTE_KEY_FILE_H_
