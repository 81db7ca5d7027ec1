#include "common/note/note.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/big_endian.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/base/text.h"
#include "common/note/strict_base64.h"

namespace sakip::note {
namespace {

constexpr absl::string_view kSignaturePrefix = "\xE2\x80\x94 ";  // Em dash, space.
constexpr size_t kKeyIdBytes = 4;

absl::Status Malformed(absl::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, "NOTE_MALFORMED",
                   absl::StrCat("this is no signed note: ", why));
}

absl::Status CheckCharacters(absl::string_view text) {
  if (text.size() > kNoteBytesMax) return Malformed("it is larger than 1 MiB");
  while (!text.empty()) {
    const std::optional<uint32_t> code = TakeCharacter(text);
    if (!code.has_value()) return Malformed("it is no valid UTF-8");
    if (*code < 0x20 && *code != '\n') return Malformed("it has a control character");
  }
  return absl::OkStatus();
}

// A note taken apart, nothing of it verified.
struct Parts {
  absl::string_view text;
  std::vector<NoteSignature> signatures;
};

absl::StatusOr<NoteSignature> ParseSignature(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kSignaturePrefix)) {
    return Malformed("a line after the last empty one is no signature");
  }
  const size_t blank = line.find(' ');
  if (blank == line.npos || !IsKeyName(line.substr(0, blank))) {
    return Malformed("a signature has no key name");
  }
  const std::optional<std::string> bytes = DecodeBase64(line.substr(blank + 1));
  if (!bytes.has_value() || bytes->size() <= kKeyIdBytes) {
    return Malformed("a signature is not in canonical Base 64, or empty");
  }
  return NoteSignature{
      .name = std::string(line.substr(0, blank)),
      .key_id = static_cast<uint32_t>(FromBigEndian(bytes->substr(0, kKeyIdBytes))),
      .signature = bytes->substr(kKeyIdBytes)};
}

absl::StatusOr<Parts> TakeApart(absl::string_view note) {
  RETURN_IF_ERROR(CheckCharacters(note));
  const size_t end_of_text = note.rfind("\n\n");
  if (end_of_text == note.npos) return Malformed("no empty line stands before its signatures");
  Parts parts{.text = note.substr(0, end_of_text + 1), .signatures = {}};
  absl::string_view lines = note.substr(end_of_text + 2);
  if (lines.empty()) return Malformed("it has no signature");
  if (!absl::ConsumeSuffix(&lines, "\n")) return Malformed("its last line has no end");
  for (const absl::string_view line : absl::StrSplit(lines, '\n')) {
    if (parts.signatures.size() == kNoteSignaturesMax) {
      return Malformed("it has more than 100 signatures");
    }
    ASSIGN_OR_RETURN(NoteSignature signature, ParseSignature(line));
    parts.signatures.push_back(std::move(signature));
  }
  return parts;
}

bool IsKeyOf(const Verifier& verifier, const NoteSignature& signature) {
  return verifier.name() == signature.name && verifier.key_id() == signature.key_id;
}

// The trusted key that claims to have made the signature; null where none does.
absl::StatusOr<const Verifier*> FindVerifier(absl::Span<const Verifier> verifiers,
                                             const NoteSignature& signature) {
  const Verifier* found = nullptr;
  for (const Verifier& verifier : verifiers) {
    if (!IsKeyOf(verifier, signature)) continue;
    // The same key twice is harmless; two keys of one id are not told apart by a note.
    if (found != nullptr && found->vkey() != verifier.vkey()) {
      return Malformed(absl::StrCat("two trusted keys are called ", signature.name));
    }
    if (found == nullptr) found = &verifier;
  }
  return found;
}

std::string SignatureLine(absl::string_view name, uint32_t key_id, absl::string_view signature) {
  return absl::StrCat(kSignaturePrefix, name, " ",
                      EncodeBase64(absl::StrCat(BigEndian(key_id, kKeyIdBytes), signature)), "\n");
}

std::string Sign(const Signer& signer, absl::string_view text, absl::Time now) {
  return SignatureLine(signer.verifier().name(), signer.verifier().key_id(),
                       signer.Sign(text, now));
}

}  // namespace

absl::StatusOr<OpenedNote> OpenNote(absl::string_view note, absl::Span<const Verifier> verifiers) {
  ASSIGN_OR_RETURN(Parts parts, TakeApart(note));
  OpenedNote opened{.text = std::string(parts.text), .verified = {}, .unknown = {}};
  for (NoteSignature& signature : parts.signatures) {
    ASSIGN_OR_RETURN(const Verifier* const verifier, FindVerifier(verifiers, signature));
    if (verifier == nullptr) {
      opened.unknown.push_back(std::move(signature));
      continue;
    }
    if (!verifier->Verify(parts.text, signature.signature)) {
      return MakeError(absl::StatusCode::kDataLoss, "SIGNATURE_INVALID",
                       absl::StrCat("the signature of ", verifier->name(),
                                    " is not of this text: one of both was changed"));
    }
    const bool repeated =
        std::any_of(opened.verified.begin(), opened.verified.end(),
                    [&](const OpenedNote::Verified& other) { return other.verifier == verifier; });
    if (!repeated) opened.verified.push_back({verifier, std::move(signature.signature)});
  }
  if (opened.verified.empty()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING",
                     "no trusted key signed this note");
  }
  return opened;
}

absl::StatusOr<std::string> SignNote(absl::string_view text, absl::Span<const Signer> signers,
                                     absl::Time now) {
  RETURN_IF_ERROR(CheckCharacters(text));
  if (text.empty() || text.back() != '\n') return Malformed("the text does not end in a newline");
  if (signers.empty()) return Malformed("nobody signs it");
  if (signers.size() > kNoteSignaturesMax) return Malformed("more than 100 keys sign it");
  std::string note = absl::StrCat(text, "\n");
  for (const Signer& signer : signers) note += Sign(signer, text, now);
  return note;
}

absl::StatusOr<std::string> AddSignature(absl::string_view note, const Signer& signer,
                                         absl::Time now) {
  ASSIGN_OR_RETURN(const Parts parts, TakeApart(note));
  std::string with = absl::StrCat(parts.text, "\n");
  size_t signatures = 1;
  for (const NoteSignature& signature : parts.signatures) {
    if (IsKeyOf(signer.verifier(), signature)) continue;
    if (++signatures > kNoteSignaturesMax) return Malformed("it has 100 signatures already");
    with += SignatureLine(signature.name, signature.key_id, signature.signature);
  }
  return with + Sign(signer, parts.text, now);
}

}  // namespace sakip::note
