#include "common/note/checkpoint.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/error.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/note/note.h"
#include "common/note/strict_base64.h"

namespace sakip::note {
namespace {

absl::Status Malformed(absl::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, "NOTE_MALFORMED",
                   absl::StrCat("this is no checkpoint: ", why));
}

}  // namespace

std::string CheckpointText(const Checkpoint& checkpoint) {
  SAKIP_CHECK(checkpoint.root.size() == kRootBytes && IsKeyName(checkpoint.origin));
  return absl::StrCat(checkpoint.origin, "\n", checkpoint.size, "\n", EncodeBase64(checkpoint.root),
                      "\n");
}

absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view text) {
  if (!absl::ConsumeSuffix(&text, "\n")) return Malformed("its last line has no end");
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  if (lines.size() < 3) return Malformed("it has fewer than three lines");
  for (const absl::string_view line : lines) {
    if (line.empty()) return Malformed("it has an empty line");
  }
  const std::optional<uint64_t> size = ParseDecimal(lines[1]);
  if (!size.has_value()) return Malformed("its second line is no size");
  const std::optional<std::string> root = DecodeBase64(lines[2]);
  if (!root.has_value() || root->size() != kRootBytes) {
    return Malformed("its third line is no root hash");
  }
  return Checkpoint{.origin = std::string(lines[0]), .size = *size, .root = *root};
}

absl::StatusOr<SignedCheckpoint> OpenCheckpoint(absl::string_view note,
                                                absl::Span<const Verifier> verifiers) {
  ASSIGN_OR_RETURN(const OpenedNote opened, OpenNote(note, verifiers));
  SignedCheckpoint result;
  ASSIGN_OR_RETURN(result.checkpoint, ParseCheckpoint(opened.text));
  bool log_signed = false;
  for (const OpenedNote::Verified& verified : opened.verified) {
    const Verifier& verifier = *verified.verifier;
    if (verifier.type() == KeyType::kWitness) {
      result.witnesses.push_back({verifier.name(), WitnessTime(verified.signature)});
    } else if (verifier.name() == result.checkpoint.origin) {
      log_signed = true;
    }
  }
  if (!log_signed) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING",
                     absl::StrCat("no trusted key of the log ", result.checkpoint.origin,
                                  " signed this checkpoint"));
  }
  return result;
}

}  // namespace sakip::note
