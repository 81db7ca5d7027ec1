#include "common/eventlog/verify/log_receipt.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/verify/record_links.h"
#include "common/merkle/verify.h"
#include "common/note/strict_base64.h"

namespace sakip::eventlog {
namespace {

constexpr absl::string_view kMagic = "c2sp.org/tlog-proof@v1";
constexpr size_t kPathMax = 64;  // Levels of a tree of 2^64 leaves.

absl::Status Malformed(absl::string_view why) {
  return MakeError(absl::StatusCode::kInvalidArgument, "RECEIPT_MALFORMED",
                   absl::StrCat("this is no receipt: ", why));
}

// Takes the first line off; absent where no line ends.
std::optional<absl::string_view> TakeLine(absl::string_view& text) {
  const size_t end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const absl::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// The rest of the first line where it starts with `word` and a space.
std::optional<absl::string_view> TakeField(absl::string_view& text, absl::string_view word) {
  std::optional<absl::string_view> line = TakeLine(text);
  if (!line.has_value() || !absl::ConsumePrefix(&*line, word)) return std::nullopt;
  if (!absl::ConsumePrefix(&*line, " ")) return std::nullopt;
  return line;
}

// Takes the hashes and the empty line after them.
absl::StatusOr<std::vector<merkle::Hash>> TakePath(absl::string_view& text) {
  std::vector<merkle::Hash> path;
  while (true) {
    const std::optional<absl::string_view> line = TakeLine(text);
    if (!line.has_value()) return Malformed("no empty line ends the proof");
    if (line->empty()) return path;
    const std::optional<std::string> bytes = note::DecodeBase64(*line);
    const auto hash = bytes.has_value() ? merkle::ToHash(*bytes) : std::nullopt;
    if (!hash.has_value()) return Malformed("a line of the proof is no hash");
    if (path.size() == kPathMax) return Malformed("the proof is longer than any can be");
    path.push_back(*hash);
  }
}

}  // namespace

absl::Status ProofInvalid(absl::string_view why) {
  return MakeError(absl::StatusCode::kDataLoss, "PROOF_INVALID", why);
}

std::string FormatReceipt(const LogReceipt& receipt) {
  std::string text = absl::StrCat(kMagic, "\nextra ", note::EncodeBase64(receipt.record),
                                  "\nindex ", receipt.position, "\n");
  for (const merkle::Hash& hash : receipt.path) {
    absl::StrAppend(&text, note::EncodeBase64(merkle::View(hash)), "\n");
  }
  return absl::StrCat(text, "\n", receipt.checkpoint_note);
}

absl::StatusOr<LogReceipt> ParseReceipt(absl::string_view text) {
  if (text.size() > kReceiptBytesMax) return Malformed("it is larger than 64 MiB");
  if (TakeLine(text) != kMagic) return Malformed(absl::StrCat("it does not start with ", kMagic));
  const auto extra = TakeField(text, "extra");
  const auto record = extra.has_value() ? note::DecodeBase64(*extra) : std::nullopt;
  if (!record.has_value()) return Malformed("its second line is not `extra` and the record");
  const auto index = TakeField(text, "index");
  const auto position = index.has_value() ? note::ParseDecimal(*index) : std::nullopt;
  if (!position.has_value()) return Malformed("its third line is not `index` and the position");
  LogReceipt receipt = {
      .record = *record, .position = *position, .path = {}, .checkpoint_note = {}};
  ASSIGN_OR_RETURN(receipt.path, TakePath(text));
  receipt.checkpoint_note = std::string(text);
  return receipt;
}

absl::StatusOr<note::SignedCheckpoint> VerifyReceipt(const LogReceipt& receipt,
                                                     absl::Span<const note::Verifier> verifiers) {
  ASSIGN_OR_RETURN(note::SignedCheckpoint head,
                   note::OpenCheckpoint(receipt.checkpoint_note, verifiers));
  const auto links = ScanRecord(receipt.record);
  if (!links.has_value() || links->position != receipt.position) {
    return ProofInvalid(
        absl::StrCat("the record does not say that it stands at position ", receipt.position));
  }
  if (!merkle::VerifyInclusion(merkle::HashLeaf(receipt.record), receipt.position,
                               head.checkpoint.size, receipt.path,
                               *merkle::ToHash(head.checkpoint.root))) {
    return ProofInvalid(absl::StrCat("the proof does not lead from the record to the root that ",
                                     head.checkpoint.origin, " signed"));
  }
  return head;
}

}  // namespace sakip::eventlog
