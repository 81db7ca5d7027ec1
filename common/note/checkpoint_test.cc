#include "common/note/checkpoint.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/note/note.h"
#include "common/testing/status_matchers.h"

namespace sakip::note {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;

Signer NewKey(absl::string_view name, KeyType type = KeyType::kLog) {
  return *Signer::Parse(*GenerateKey(name, type));
}

Checkpoint Sample() {
  return {.origin = "sakip/realization", .size = 20852163, .root = std::string(32, '\x7f')};
}

TEST(CheckpointTest, ReadsTheExampleOfTheSpecification) {
  const std::string text =
      "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const auto checkpoint = ParseCheckpoint(text);
  ASSERT_THAT(checkpoint, IsOk());
  EXPECT_EQ(checkpoint->origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint->size, 20852163u);
  EXPECT_EQ(absl::BytesToHexString(checkpoint->root),
            "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
  EXPECT_EQ(CheckpointText(*checkpoint), text);
  EXPECT_EQ(*ParseCheckpoint(text + "extension\n"), *checkpoint);
}

TEST(CheckpointTest, RefusesOtherWaysToWriteIt) {
  const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  for (const std::string& text :
       {std::string(), std::string("log\n1\n"), "log\n1\n" + root, "\n1\n" + root + "\n",
        "log\n01\n" + root + "\n", "log\n+1\n" + root + "\n", "log\n-1\n" + root + "\n",
        "log\n 1\n" + root + "\n", "log\n\n" + root + "\n", "log\n1e3\n" + root + "\n",
        "log\n18446744073709551616\n" + root + "\n", "log\n1\n" + root.substr(1) + "\n",
        "log\n1\n" + root.substr(0, 43) + "\n", std::string("log\n1\nAAAA\n"),
        "log\n1\n" + root + "\n\nx\n"}) {
    EXPECT_THAT(ParseCheckpoint(text),
                StatusIs(absl::StatusCode::kInvalidArgument, "NOTE_MALFORMED"))
        << text;
  }
  EXPECT_THAT(ParseCheckpoint("log\n0\n" + root + "\n"), IsOk());
  EXPECT_THAT(ParseCheckpoint("log\n18446744073709551615\n" + root + "\n"), IsOk());
}

TEST(OpenCheckpointTest, NamesTheWitnessesThatAreTrusted) {
  const Signer log = NewKey("sakip/realization");
  const Signer trusted = NewKey("inspectorate", KeyType::kWitness);
  const Signer other = NewKey("somebody", KeyType::kWitness);
  std::string note = *SignNote(CheckpointText(Sample()), {log});
  note = *AddSignature(note, other, absl::FromUnixSeconds(5));
  note = *AddSignature(note, trusted, absl::FromUnixSeconds(6));
  const auto opened = OpenCheckpoint(note, {log.verifier(), trusted.verifier()});
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->checkpoint, Sample());
  ASSERT_EQ(opened->witnesses.size(), 1u);
  EXPECT_EQ(opened->witnesses[0].name, "inspectorate");
  EXPECT_EQ(opened->witnesses[0].time, absl::FromUnixSeconds(6));
}

// An old key stays trusted after the log signs with a new one, and the other way round.
TEST(OpenCheckpointTest, SurvivesTheRotationOfTheKey) {
  const Signer old_key = NewKey("sakip/realization");
  const Signer new_key = NewKey("sakip/realization");
  const std::string text = CheckpointText(Sample());
  const std::vector<Verifier> both = {new_key.verifier(), old_key.verifier()};
  EXPECT_THAT(OpenCheckpoint(*SignNote(text, {old_key}), both), IsOk());
  EXPECT_THAT(OpenCheckpoint(*SignNote(text, {new_key}), both), IsOk());
  const std::string by_both = *SignNote(text, {new_key, old_key});
  EXPECT_THAT(OpenCheckpoint(by_both, {old_key.verifier()}), IsOk());
  EXPECT_THAT(OpenCheckpoint(by_both, {new_key.verifier()}), IsOk());
}

TEST(OpenCheckpointTest, WantsTheSignatureOfTheLogItself) {
  const Signer log = NewKey("sakip/realization");
  const Signer planning = NewKey("sakip/planning");
  const Signer witness = NewKey("sakip/realization", KeyType::kWitness);
  const std::string text = CheckpointText(Sample());
  // A witness, even one of the log's name, and another log do not stand in for it.
  for (const Signer& signer : {planning, witness}) {
    EXPECT_THAT(OpenCheckpoint(*SignNote(text, {signer}), {log.verifier(), signer.verifier()}),
                StatusIs(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
  }
}

}  // namespace
}  // namespace sakip::note
