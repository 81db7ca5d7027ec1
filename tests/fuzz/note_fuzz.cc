// Signed notes, checkpoints, keys and receipts: texts that come from anybody.
#include "common/base/log.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/note/checkpoint.h"
#include "common/note/note.h"
#include "common/note/strict_base64.h"
#include "tests/fuzz/known_log.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

std::vector<note::Verifier> Verifiers() { return {KnownLog().signer().verifier()}; }

void TryNote(absl::string_view text) {
  const std::vector<note::Verifier> verifiers = Verifiers();
  const auto opened = note::OpenNote(text, verifiers);
  if (opened.ok()) SAKIP_CHECK(!opened->verified.empty());
  const auto checkpoint = note::OpenCheckpoint(text, verifiers);
  // What the log's key vouches for is what the log said, whatever else stands in the note.
  if (checkpoint.ok()) SAKIP_CHECK(IsOfKnownLog(checkpoint->checkpoint));
  const auto more = note::AddSignature(text, KnownLog().signer(), absl::UnixEpoch());
  if (more.ok()) SAKIP_CHECK(note::OpenNote(*more, verifiers).ok());
}

void TryCheckpoint(absl::string_view text) {
  const auto checkpoint = note::ParseCheckpoint(text);
  if (!checkpoint.ok() || !note::IsKeyName(checkpoint->origin)) return;
  const auto again = note::ParseCheckpoint(note::CheckpointText(*checkpoint));
  SAKIP_CHECK(again.ok() && *again == *checkpoint);
}

void TryReceipt(absl::string_view text) {
  const auto receipt = eventlog::ParseReceipt(text);
  if (!receipt.ok()) return;
  SAKIP_CHECK(eventlog::FormatReceipt(*receipt) == text);
  if (!eventlog::VerifyReceipt(*receipt, Verifiers()).ok()) return;
  SAKIP_CHECK(receipt->position < KnownLog().size() &&
              receipt->record == KnownLog().records()[receipt->position].record);
}

void TryKey(absl::string_view text) {
  const auto verifier = note::Verifier::Parse(text);
  if (verifier.ok()) SAKIP_CHECK(verifier->vkey() == text);
  static_cast<void>(note::Signer::Parse(text));
  const auto bytes = note::DecodeBase64(text);
  if (bytes.has_value()) SAKIP_CHECK(note::EncodeBase64(*bytes) == text);
  const auto number = note::ParseDecimal(text);
  if (number.has_value()) SAKIP_CHECK(std::to_string(*number) == text);
}

}  // namespace

void Try(absl::string_view input) {
  if (input.empty()) return;
  const absl::string_view text = input.substr(1);
  switch (input[0] % 4) {
    case 0:
      return TryNote(text);
    case 1:
      return TryCheckpoint(text);
    case 2:
      return TryReceipt(text);
    default:
      return TryKey(text);
  }
}

std::vector<std::string> Seeds() {
  const eventlog::TestHistory& history = KnownLog();
  eventlog::LogReceipt receipt;
  receipt.record = history.records()[2].record;
  receipt.position = 2;
  receipt.path = history.Inclusion(2, 5);
  receipt.checkpoint_note = history.SignedNoteAt(5);
  return {"0" + history.SignedNoteAt(3),
          "0" + history.SignedNoteAt(5),
          "1" + note::CheckpointText(history.CheckpointAt(4)),
          "2" + eventlog::FormatReceipt(receipt),
          "3" + history.signer().verifier().vkey(),
          std::string("3") + kKnownKey};
}

}  // namespace sakip::fuzz
