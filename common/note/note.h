// Signed notes (C2SP signed-note): a text that ends in a newline, an empty line, and a line for
// each signature. Pure functions, thread-safe.
//
//   <text>
//
//   — <key name> <base64 of the key id, 4 bytes, and the signature>
#ifndef SAKIP_COMMON_NOTE_NOTE_H_
#define SAKIP_COMMON_NOTE_NOTE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/note/key.h"

namespace sakip::note {

inline constexpr size_t kNoteBytesMax = 1 << 20;
inline constexpr size_t kNoteSignaturesMax = 100;

struct NoteSignature {
  std::string name;
  uint32_t key_id = 0;
  std::string signature;  // Without the key id.
};

// A note of which at least one signature was verified.
struct OpenedNote {
  struct Verified {
    const Verifier* verifier;  // One of those given.
    std::string signature;
  };

  std::string text;
  std::vector<Verified> verified;      // In the order of the note; a key at most once.
  std::vector<NoteSignature> unknown;  // Of keys that were not given: not looked at.
};

// Opens `note` with the keys that are trusted. `verifiers` must outlive the result.
//
//   INVALID_ARGUMENT     NOTE_MALFORMED     it is no signed note: form, UTF-8, control characters,
//                                           Base 64, limits; or two of `verifiers` have one name
//                                           and id.
//   DATA_LOSS            SIGNATURE_INVALID  a trusted key's signature is not of this text.
//   FAILED_PRECONDITION  SIGNATURE_MISSING  no trusted key signed it.
absl::StatusOr<OpenedNote> OpenNote(absl::string_view note, absl::Span<const Verifier> verifiers);

// Signs `text` with every signer, at `now` where that is part of the signature.
//
//   INVALID_ARGUMENT  NOTE_MALFORMED  `text` does not end in a newline or cannot be in a note.
absl::StatusOr<std::string> SignNote(absl::string_view text, absl::Span<const Signer> signers,
                                     absl::Time now = absl::UnixEpoch());

// Adds the signer's signature to a note; the signature that the key made before is replaced.
//
//   INVALID_ARGUMENT  NOTE_MALFORMED  `note` is no signed note.
absl::StatusOr<std::string> AddSignature(absl::string_view note, const Signer& signer,
                                         absl::Time now);

}  // namespace sakip::note

#endif  // SAKIP_COMMON_NOTE_NOTE_H_
