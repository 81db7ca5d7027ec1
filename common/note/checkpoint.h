// Checkpoint: what a log says of itself at a size (C2SP tlog-checkpoint), as the text of a signed
// note. Values and pure functions, thread-safe.
//
//   <origin: the log's name, which is also the name of its key>
//   <number of records>
//   <base64 of the root hash of the RFC 6962 tree over them>
#ifndef SAKIP_COMMON_NOTE_CHECKPOINT_H_
#define SAKIP_COMMON_NOTE_CHECKPOINT_H_

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

inline constexpr size_t kRootBytes = 32;

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;  // Number of records.
  std::string root;   // 32 bytes.

  friend bool operator==(const Checkpoint& a, const Checkpoint& b) {
    return a.origin == b.origin && a.size == b.size && a.root == b.root;
  }
};

// A witness that is trusted and signed, and when.
struct Witnessed {
  std::string name;
  absl::Time time;
};

// A checkpoint that its log signed.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  std::vector<Witnessed> witnesses;
};

// The text of the note, to be signed. Requires a root of 32 bytes and an origin that IsKeyName.
std::string CheckpointText(const Checkpoint& checkpoint);

// Reads the text of a note. Lines after the third are tolerated and not kept; no line is empty.
//
//   INVALID_ARGUMENT  NOTE_MALFORMED  it is no checkpoint.
absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view text);

// Opens a note with the keys that are trusted. The signature of a witness alone does not do: one
// of `verifiers` must be the log's, that is a log's key whose name is the origin.
//
//   Those of OpenNote and ParseCheckpoint.
absl::StatusOr<SignedCheckpoint> OpenCheckpoint(absl::string_view note,
                                                absl::Span<const Verifier> verifiers);

}  // namespace sakip::note

#endif  // SAKIP_COMMON_NOTE_CHECKPOINT_H_
