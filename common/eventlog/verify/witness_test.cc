#include "common/eventlog/verify/witness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_dir.h"

namespace sakip::eventlog {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;
using ::testing::HasSubstr;

constexpr char kInspectorate[] = "inspectorate.test";

class WitnessTest : public ::testing::Test {
 protected:
  WitnessTest() { history_.Grow(10); }

  std::unique_ptr<Witness> Open() {
    auto witness = Witness::Open(folder_.path(), signer_, {history_.signer().verifier()});
    EXPECT_THAT(witness, IsOk());
    return *std::move(witness);
  }

  // Shows the witness the first `size` records of `history`.
  absl::StatusOr<std::string> Show(Witness& witness, const TestHistory& history, uint64_t size) {
    std::vector<merkle::Hash> proof;
    if (witness.seen().has_value() && witness.seen()->size <= size) {
      proof = history.Consistency(witness.seen()->size, size);
    }
    return witness.Cosign(history.SignedNoteAt(size), proof, absl::FromUnixSeconds(1000 + size));
  }

  int Files() const {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder_.path()), {}));
  }

  const ::sakip::testing::TempDir folder_;
  const note::Signer signer_ = TestSigner(kInspectorate, note::KeyType::kWitness);
  TestHistory history_;
};

TEST_F(WitnessTest, CosignsALogThatGrows) {
  const auto witness = Open();
  for (const uint64_t size : {0, 1, 4, 4, 9, 10}) {
    const auto cosigned = Show(*witness, history_, size);
    ASSERT_THAT(cosigned, IsOk()) << size;
    const auto opened =
        note::OpenCheckpoint(*cosigned, {history_.signer().verifier(), signer_.verifier()});
    ASSERT_THAT(opened, IsOk());
    EXPECT_EQ(opened->checkpoint, history_.CheckpointAt(size));
    ASSERT_EQ(opened->witnesses.size(), 1u);
    EXPECT_EQ(opened->witnesses[0].time, absl::FromUnixSeconds(1000 + size));
    EXPECT_EQ(*ReadFile(folder_.File("checkpoint"), 10'000), *cosigned);
  }
  EXPECT_EQ(Files(), 1);
}

TEST_F(WitnessTest, RemembersAcrossRestarts) {
  ASSERT_THAT(Show(*Open(), history_, 7), IsOk());
  const auto witness = Open();
  ASSERT_TRUE(witness->seen().has_value());
  EXPECT_EQ(*witness->seen(), history_.CheckpointAt(7));
  EXPECT_THAT(Show(*witness, history_, 6),
              StatusIs(absl::StatusCode::kDataLoss, "LOG_ROLLED_BACK"));
  EXPECT_THAT(Show(*witness, history_, 10), IsOk());
}

TEST_F(WitnessTest, KeepsBothNotesOfAConflict) {
  const auto witness = Open();
  ASSERT_THAT(Show(*witness, history_, 7), IsOk());
  TestHistory fork(history_.signer());
  fork.Grow(7, "forged");
  const auto refused = Show(*witness, fork, 7);
  ASSERT_THAT(refused, StatusIs(absl::StatusCode::kDataLoss, "LOG_FORKED"));
  ASSERT_EQ(ErrorFacts(refused.status()).size(), 1u);
  const std::string evidence = *ReadFile(ErrorFacts(refused.status())[0].value, 10'000);
  EXPECT_THAT(evidence, HasSubstr(history_.SignedNoteAt(7)));
  EXPECT_THAT(evidence, HasSubstr(fork.SignedNoteAt(7)));
  // It stays with what it saw.
  EXPECT_EQ(*witness->seen(), history_.CheckpointAt(7));
  EXPECT_THAT(Show(*witness, history_, 8), IsOk());
}

TEST_F(WitnessTest, RefusesAProofThatIsNone) {
  const auto witness = Open();
  ASSERT_THAT(Show(*witness, history_, 7), IsOk());
  EXPECT_THAT(witness->Cosign(history_.SignedNoteAt(10), {}, absl::UnixEpoch()),
              StatusIs(absl::StatusCode::kDataLoss, "PROOF_INVALID"));
}

TEST_F(WitnessTest, CosignsNothingThatTheLogDidNotSign) {
  const auto witness = Open();
  TestHistory stranger;
  stranger.Grow(3);
  EXPECT_THAT(Show(*witness, stranger, 3),
              StatusIs(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
  EXPECT_FALSE(witness->seen().has_value());
  EXPECT_EQ(Files(), 0);
}

TEST_F(WitnessTest, FollowsTheLogThroughARotationOfItsKey) {
  ASSERT_THAT(Show(*Open(), history_, 7), IsOk());
  const note::Signer next = TestSigner();
  TestHistory rotated = history_;
  rotated.set_signer(next);
  const auto witness = Witness::Open(folder_.path(), signer_, {next.verifier()});
  ASSERT_THAT(witness, IsOk());
  EXPECT_THAT(Show(**witness, rotated, 10), IsOk());
}

TEST_F(WitnessTest, RefusesAStateThatItDidNotCosign) {
  const std::string cosigned = *Show(*Open(), history_, 7);
  for (size_t at = 0; at < cosigned.size(); ++at) {
    std::string changed = cosigned;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    ASSERT_THAT(ReplaceFile(folder_.File("checkpoint"), changed), IsOk());
    const auto witness = Witness::Open(folder_.path(), signer_, {history_.signer().verifier()});
    // Bytes of the log's own signature are not what the witness signed.
    if (witness.ok()) {
      EXPECT_EQ(*(*witness)->seen(), history_.CheckpointAt(7));
    } else {
      EXPECT_THAT(witness, StatusIs(absl::StatusCode::kDataLoss, "WITNESS_STATE_DAMAGED"));
    }
  }
}

TEST_F(WitnessTest, OneProcessAFolderAndAKeyOfTheRightKind) {
  const auto witness = Open();
  EXPECT_THAT(Witness::Open(folder_.path(), signer_, {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "WITNESS_FOLDER_IN_USE"));
  EXPECT_THAT(Witness::Open(folder_.path(), TestSigner(), {}),
              StatusIs(absl::StatusCode::kInvalidArgument, "KEY_MALFORMED"));
  EXPECT_THAT(Witness::Open("/dev/null/x", signer_, {}),
              StatusIs(absl::StatusCode::kUnknown, "WITNESS_STATE_NOT_WRITTEN"));
}

// What cannot be kept is not cosigned.
TEST_F(WitnessTest, CosignsNothingThatItCannotKeep) {
  const auto witness = Open();
  std::filesystem::create_directory(folder_.File("checkpoint.part"));
  EXPECT_THAT(Show(*witness, history_, 7),
              StatusIs(absl::StatusCode::kUnknown, "WITNESS_STATE_NOT_WRITTEN"));
  EXPECT_FALSE(witness->seen().has_value());
}

}  // namespace
}  // namespace sakip::eventlog
