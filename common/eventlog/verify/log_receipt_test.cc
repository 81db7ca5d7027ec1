#include "common/eventlog/verify/log_receipt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/note/note.h"
#include "common/testing/status_matchers.h"

namespace sakip::eventlog {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;

constexpr int kEvents = 21;

class LogReceiptTest : public ::testing::Test {
 protected:
  LogReceiptTest() { history_.Grow(kEvents); }

  LogReceipt Receipt(uint64_t position, uint64_t size = kEvents) const {
    return {.record = history_.records()[position].record,
            .position = position,
            .path = history_.Inclusion(position, size),
            .checkpoint_note = history_.SignedNoteAt(size)};
  }

  absl::Status Verify(absl::string_view text) const {
    const auto receipt = ParseReceipt(text);
    if (!receipt.ok()) return receipt.status();
    return VerifyReceipt(*receipt, {history_.signer().verifier()}).status();
  }

  TestHistory history_;
};

TEST_F(LogReceiptTest, EveryRecordHasOneInEveryTree) {
  for (uint64_t size = 1; size <= kEvents; ++size) {
    for (uint64_t position = 0; position < size; ++position) {
      const std::string text = FormatReceipt(Receipt(position, size));
      ASSERT_THAT(Verify(text), IsOk()) << position << " of " << size;
      EXPECT_EQ(FormatReceipt(*ParseReceipt(text)), text);
    }
  }
}

TEST_F(LogReceiptTest, IsWrittenAsTheSpecificationSays) {
  const std::string text = FormatReceipt(Receipt(0, 1));
  EXPECT_THAT(text, ::testing::StartsWith("c2sp.org/tlog-proof@v1\nextra "));
  EXPECT_THAT(text, ::testing::HasSubstr("\nindex 0\n\nsakip.test/log\n1\n"));
}

// Every bit of the text, and every byte that is missing or there twice.
TEST_F(LogReceiptTest, EveryChangeIsRefused) {
  const std::string text = FormatReceipt(Receipt(13));
  for (size_t at = 0; at < text.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      ASSERT_FALSE(Verify(changed).ok()) << "byte " << at << " bit " << bit;
    }
    std::string changed = text;
    ASSERT_FALSE(Verify(changed.erase(at, 1)).ok()) << "without byte " << at;
    changed = text;
    ASSERT_FALSE(Verify(changed.insert(at, 1, text[at])).ok()) << "byte " << at << " twice";
    ASSERT_FALSE(Verify(text.substr(0, at)).ok()) << "cut at " << at;
  }
}

TEST_F(LogReceiptTest, RefusesWhatIsNoReceipt) {
  const std::string text = FormatReceipt(Receipt(13));
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"@v1", "@v2"},
                                                        {"extra ", "extra  "},
                                                        {"\nindex 13\n", "\n"},
                                                        {"index 13", "index 013"},
                                                        {"index 13", "index -13"},
                                                        {"index 13\n", "index 13\nAAAA\n"},
                                                        {"index 13\n", "index 13\n\n"}}) {
    EXPECT_FALSE(Verify(absl::StrReplaceAll(text, {{from, to}})).ok()) << from << " -> " << to;
  }
  LogReceipt longer = Receipt(13);
  longer.path.resize(65);
  EXPECT_THAT(ParseReceipt(FormatReceipt(longer)),
              StatusIs(absl::StatusCode::kInvalidArgument, "RECEIPT_MALFORMED"));
}

// Right texts that prove something else.
TEST_F(LogReceiptTest, RefusesTheProofOfAnother) {
  const std::vector<note::Verifier> keys = {history_.signer().verifier()};
  LogReceipt receipt = Receipt(13);
  receipt.record = Receipt(12).record;
  EXPECT_THAT(VerifyReceipt(receipt, keys), StatusIs(absl::StatusCode::kDataLoss, "PROOF_INVALID"));
  receipt = Receipt(13);
  receipt.position = 12;
  EXPECT_THAT(VerifyReceipt(receipt, keys), StatusIs(absl::StatusCode::kDataLoss, "PROOF_INVALID"));
  receipt = Receipt(13);
  receipt.checkpoint_note = history_.SignedNoteAt(kEvents - 1);
  EXPECT_THAT(VerifyReceipt(receipt, keys), StatusIs(absl::StatusCode::kDataLoss, "PROOF_INVALID"));
  EXPECT_THAT(VerifyReceipt(Receipt(13), {TestSigner().verifier()}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
}

// The log signs a tree with a record where it does not belong: no honest log does.
TEST_F(LogReceiptTest, RefusesARecordThatSaysItStandsElsewhere) {
  const std::string record = history_.records()[13].record;
  const note::Checkpoint head = {.origin = kTestOrigin,
                                 .size = 1,
                                 .root = std::string(merkle::View(merkle::HashLeaf(record)))};
  const LogReceipt receipt = {
      .record = record,
      .position = 0,
      .path = {},
      .checkpoint_note = *note::SignNote(note::CheckpointText(head), {history_.signer()})};
  EXPECT_THAT(VerifyReceipt(receipt, {history_.signer().verifier()}),
              StatusIs(absl::StatusCode::kDataLoss, "PROOF_INVALID"));
}

}  // namespace
}  // namespace sakip::eventlog
