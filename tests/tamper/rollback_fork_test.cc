// G6: a log that goes back, forks or signs again is caught by its witness and by whoever holds a
// receipt. Random histories; honest ones raise no alarm.
#include <gtest/gtest.h>

#include <iostream>
#include <random>
#include <string>

#include "common/base/error.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/eventlog/verify/history_check.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/eventlog/verify/witness.h"
#include "common/merkle/verify.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using ::sakip::testing::IsOk;

constexpr int kCases = 250;  // Of each of the five; a witness syncs its disk in each.
constexpr uint32_t kSeed = 20231121;
constexpr int kEventsMax = 60;

class RollbackForkTest : public ::testing::Test {
 protected:
  void SetUp() override { std::cout << "seed " << kSeed << "\n"; }

  uint64_t Pick(uint64_t from, uint64_t to) {  // Both included.
    return std::uniform_int_distribution<uint64_t>(from, to)(random_);
  }

  // What a witness with a new folder that saw `history` at `seen` says to `shown` at `size`.
  absl::Status Witnessed(const TestHistory& history, uint64_t seen, const TestHistory& shown,
                         uint64_t size, const std::vector<merkle::Hash>& proof) {
    const ::sakip::testing::TempDir folder;
    const auto witness = Witness::Open(folder.path(), witness_key_, {history.signer().verifier()});
    if (!witness.ok()) return witness.status();
    const auto first = (*witness)->Cosign(history.SignedNoteAt(seen), {}, absl::UnixEpoch());
    if (!first.ok()) return absl::InternalError("refused the first head");
    return (*witness)->Cosign(shown.SignedNoteAt(size), proof, absl::UnixEpoch()).status();
  }

  // A log that agrees with `history` up to `until` and then tells something else.
  TestHistory Fork(const TestHistory& history, uint64_t until, uint64_t size) {
    TestHistory fork(history.signer());
    fork.Grow(static_cast<int>(until));
    fork.Grow(static_cast<int>(size - until), "forged");
    return fork;
  }

  std::mt19937 random_{kSeed};
  const note::Signer log_key_ = TestSigner();
  const note::Signer witness_key_ = TestSigner("witness.test", note::KeyType::kWitness);
};

TEST_F(RollbackForkTest, AWitnessAcceptsEveryHonestContinuation) {
  for (int i = 0; i < kCases; ++i) {
    TestHistory history(log_key_);
    history.Grow(static_cast<int>(Pick(0, kEventsMax)));
    const uint64_t seen = Pick(0, history.size());
    const uint64_t next = Pick(seen, history.size());
    ASSERT_THAT(Witnessed(history, seen, history, next, history.Consistency(seen, next)), IsOk())
        << "case " << i << ": " << seen << " then " << next;
  }
}

TEST_F(RollbackForkTest, AWitnessCatchesEveryRollback) {
  for (int i = 0; i < kCases; ++i) {
    TestHistory history(log_key_);
    history.Grow(static_cast<int>(Pick(1, kEventsMax)));
    const uint64_t seen = Pick(1, history.size());
    const uint64_t back = Pick(0, seen - 1);
    const absl::Status status =
        Witnessed(history, seen, history, back, history.Consistency(back, seen));
    ASSERT_EQ(ErrorReason(status), "LOG_ROLLED_BACK") << "case " << i;
  }
}

// The fork is signed with the log's own key, and offers its best proof or one of the true log.
TEST_F(RollbackForkTest, AWitnessCatchesEveryFork) {
  int forked = 0, unproved = 0;
  for (int i = 0; i < kCases; ++i) {
    TestHistory history(log_key_);
    history.Grow(static_cast<int>(Pick(1, kEventsMax)));
    const uint64_t seen = Pick(1, history.size());
    const uint64_t size = Pick(seen, kEventsMax + 5);
    const TestHistory fork = Fork(history, Pick(0, seen - 1), size);
    std::vector<merkle::Hash> proof = fork.Consistency(seen, size);
    if (size <= history.size() && Pick(0, 1) == 1) proof = history.Consistency(seen, size);
    const std::string reason = ErrorReason(Witnessed(history, seen, fork, size, proof));
    ASSERT_EQ(reason, size == seen ? "LOG_FORKED" : "PROOF_INVALID") << "case " << i;
    ++(size == seen ? forked : unproved);
  }
  EXPECT_GT(forked, 0);
  EXPECT_GT(unproved, 0);
}

TEST_F(RollbackForkTest, AWitnessRefusesHeadsOfAnotherKey) {
  for (int i = 0; i < kCases; ++i) {
    TestHistory history(log_key_);
    history.Grow(static_cast<int>(Pick(1, kEventsMax)));
    const uint64_t seen = Pick(0, history.size());
    TestHistory resigned = history;
    resigned.set_signer(TestSigner());
    const absl::Status status = Witnessed(history, seen, resigned, history.size(),
                                          history.Consistency(seen, history.size()));
    ASSERT_EQ(ErrorReason(status), "SIGNATURE_MISSING") << "case " << i;
  }
}

// The holder of a receipt compares the log that is shown with the checkpoint in the receipt.
TEST_F(RollbackForkTest, AReceiptHolderCatchesEveryForkAndRollback) {
  const std::vector<note::Verifier> keys = {log_key_.verifier()};
  for (int i = 0; i < kCases; ++i) {
    TestHistory history(log_key_);
    history.Grow(static_cast<int>(Pick(1, kEventsMax)));
    const uint64_t size = Pick(1, history.size());
    const uint64_t position = Pick(0, size - 1);
    const LogReceipt receipt = {.record = history.records()[position].record,
                                .position = position,
                                .path = history.Inclusion(position, size),
                                .checkpoint_note = history.SignedNoteAt(size)};
    const auto held = VerifyReceipt(receipt, keys);
    ASSERT_THAT(held, IsOk());
    ASSERT_THAT(CheckContinues(held->checkpoint, history.CheckpointAt(history.size()),
                               history.Consistency(size, history.size())),
                IsOk());

    const uint64_t until = Pick(0, position);
    const uint64_t shown = Pick(position + 1, kEventsMax + 5);
    const TestHistory fork = Fork(history, until, shown);
    std::vector<merkle::Hash> proof;
    if (shown >= size) proof = fork.Consistency(size, shown);
    ASSERT_FALSE(CheckContinues(held->checkpoint, fork.CheckpointAt(shown), proof).ok());
    // Nor is the record in it.
    const note::Checkpoint head = fork.CheckpointAt(shown);
    ASSERT_FALSE(merkle::VerifyInclusion(merkle::HashLeaf(receipt.record), position, shown,
                                         fork.Inclusion(position, shown),
                                         *merkle::ToHash(head.root)));
    if (size > 1) {
      const uint64_t back = Pick(0, size - 1);
      ASSERT_EQ(ErrorReason(CheckContinues(held->checkpoint, history.CheckpointAt(back),
                                           history.Consistency(back, size))),
                "LOG_ROLLED_BACK");
    }
  }
}

}  // namespace
}  // namespace sakip::eventlog
