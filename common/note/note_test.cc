#include "common/note/note.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"

namespace sakip::note {
namespace {

using ::sakip::testing::IsOk;
using ::sakip::testing::StatusIs;

// Public test vectors of golang.org/x/mod/sumdb/note and c2sp.org/signed-note.
constexpr char kPeter[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kPeterPrivate[] =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr char kEnoch[] = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
constexpr char kText[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr char kPeterLine[] =
    "\xE2\x80\x94 PeterNeumann x08go/"
    "ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
constexpr char kEnochLine[] =
    "\xE2\x80\x94 EnochRoot "
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+"
    "vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

std::vector<Verifier> Keys(std::initializer_list<const char*> vkeys) {
  std::vector<Verifier> verifiers;
  for (const char* vkey : vkeys) verifiers.push_back(*Verifier::Parse(vkey));
  return verifiers;
}

std::string BothSigned() { return absl::StrCat(kText, "\n", kPeterLine, kEnochLine); }

TEST(SignNoteTest, MakesTheSignatureOfThePublicVector) {
  const auto note = SignNote(kText, {*Signer::Parse(kPeterPrivate)});
  ASSERT_THAT(note, IsOk());
  EXPECT_EQ(*note, absl::StrCat(kText, "\n", kPeterLine));
}

TEST(SignNoteTest, RefusesTextThatNoNoteCanHold) {
  const Signer peter = *Signer::Parse(kPeterPrivate);
  for (const char* text : {"", "no end", "tab\t\n", "\xff\n", "\r\n"}) {
    EXPECT_THAT(SignNote(text, {peter}),
                StatusIs(absl::StatusCode::kInvalidArgument, "NOTE_MALFORMED"));
  }
  EXPECT_FALSE(SignNote(kText, {}).ok());
  EXPECT_FALSE(SignNote(std::string(kNoteBytesMax + 1, '\n'), {peter}).ok());
}

TEST(OpenNoteTest, OpensThePublicExample) {
  const auto keys = Keys({"example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"});
  const auto opened = OpenNote(
      "This is an example message.\n\n\xE2\x80\x94 example.com/foo "
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
      "\n",
      keys);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->text, "This is an example message.\n");
}

TEST(OpenNoteTest, TellsVerifiedFromUnknown) {
  const auto both = Keys({kPeter, kEnoch});
  const auto opened = OpenNote(BothSigned(), both);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->text, kText);
  ASSERT_EQ(opened->verified.size(), 2u);
  EXPECT_EQ(opened->verified[0].verifier->name(), "PeterNeumann");
  EXPECT_EQ(opened->verified[1].verifier->name(), "EnochRoot");

  const auto peter = Keys({kPeter});
  const auto one = OpenNote(BothSigned(), peter);
  ASSERT_THAT(one, IsOk());
  EXPECT_EQ(one->verified.size(), 1u);
  ASSERT_EQ(one->unknown.size(), 1u);
  EXPECT_EQ(one->unknown[0].name, "EnochRoot");
  EXPECT_EQ(one->unknown[0].key_id, 0xaf0cfe78u);
}

TEST(OpenNoteTest, RefusesANoteThatNoTrustedKeySigned) {
  EXPECT_THAT(OpenNote(BothSigned(), {}),
              StatusIs(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
  // The same name with another key, and the same id with another name, are other keys.
  const auto namesake =
      Keys({"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"});
  std::string renamed = absl::StrCat(kText, "\n", kPeterLine);
  renamed.replace(renamed.find("Peter"), 5, "Pavel");
  EXPECT_THAT(OpenNote(renamed, namesake),
              StatusIs(absl::StatusCode::kFailedPrecondition, "SIGNATURE_MISSING"));
}

TEST(OpenNoteTest, AKnownKeyWithABadSignatureSpoilsTheNote) {
  const auto keys = Keys({kPeter, kEnoch});
  std::string line = kPeterLine;
  line[40] = line[40] == 'A' ? 'B' : 'A';
  EXPECT_THAT(OpenNote(absl::StrCat(kText, "\n", kEnochLine, line), keys),
              StatusIs(absl::StatusCode::kDataLoss, "SIGNATURE_INVALID"));
  // Also where a good one of the same key stands before it.
  EXPECT_THAT(OpenNote(absl::StrCat(kText, "\n", kPeterLine, line), keys),
              StatusIs(absl::StatusCode::kDataLoss, "SIGNATURE_INVALID"));
  line.insert(60, "ABCD");
  EXPECT_FALSE(OpenNote(absl::StrCat(kText, "\n", line), keys).ok());
}

TEST(OpenNoteTest, CountsAKeyOnce) {
  const auto keys = Keys({kPeter});
  const auto opened = OpenNote(absl::StrCat(kText, "\n", kPeterLine, kPeterLine), keys);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->verified.size(), 1u);
}

TEST(OpenNoteTest, RefusesWhatIsNoNote) {
  const auto keys = Keys({kPeter});
  const std::string line = kPeterLine;
  const std::string text = kText;
  std::string many = text + "\n";
  for (int i = 0; i < 101; ++i) many += line;
  const std::string notes[] = {"",
                               text,
                               text + "\n",
                               text + line,
                               text + "\n" + line.substr(0, line.size() - 1),
                               text + "\n" + line + "Unexpected line.\n",
                               text + "\n" + line + "\n",
                               "\x01" + text + "\n" + line,
                               "\xff" + text + "\n" + line,
                               text + "\n" + line.substr(0, line.size() - 2) + "\n",
                               text + "\n" + line.substr(0, line.size() - 1) + " \n",
                               text + "\n" + line.substr(0, line.size() - 1) + "\r\n",
                               text + "\n- PeterNeumann AAAAAAAA\n" + line,
                               text + "\n\xE2\x80\x94 Bad Name AAAAAAAA\n" + line,
                               text + "\n\xE2\x80\x94 Short AAAA\n" + line,
                               text + "\n\xE2\x80\x94 Loose AAAAAAB=\n" + line,
                               many,
                               std::string(kNoteBytesMax, 'x') + "\n\n" + line};
  for (const std::string& note : notes) {
    EXPECT_THAT(OpenNote(note, keys),
                StatusIs(absl::StatusCode::kInvalidArgument, "NOTE_MALFORMED"))
        << note.substr(0, 300);
  }
}

// No change of a byte, and no missing or doubled byte, is accepted with another text; where the
// note still opens, what changed is the line of a key that is not trusted.
TEST(OpenNoteTest, NoChangeOfAByteChangesTheText) {
  const auto keys = Keys({kPeter});
  const std::string note = BothSigned();
  const size_t trusted_end = note.find("EnochRoot") - 4;
  int refused = 0;
  const auto expect_unchanged = [&](const std::string& changed, size_t at) {
    const auto opened = OpenNote(changed, keys);
    if (!opened.ok()) return void(++refused);
    EXPECT_EQ(opened->text, kText) << "byte " << at;
    EXPECT_GE(at, trusted_end) << changed;
  };
  for (size_t at = 0; at < note.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = note;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      expect_unchanged(changed, at);
    }
    std::string shorter = note;
    shorter.erase(at, 1);
    expect_unchanged(shorter, at);
    std::string longer = note;
    longer.insert(at, 1, note[at]);
    if (longer != note) expect_unchanged(longer, at);
  }
  EXPECT_GT(refused, static_cast<int>(trusted_end) * 9);
}

TEST(AddSignatureTest, AddsAWitnessAndReplacesItsEarlierSignature) {
  const Signer witness = *Signer::Parse(*GenerateKey("witness", KeyType::kWitness));
  const std::string note = absl::StrCat(kText, "\n", kPeterLine);
  const auto once = AddSignature(note, witness, absl::FromUnixSeconds(1));
  ASSERT_THAT(once, IsOk());
  EXPECT_THAT(*once, ::testing::StartsWith(note));
  const auto twice = AddSignature(*once, witness, absl::FromUnixSeconds(2));
  ASSERT_THAT(twice, IsOk());
  const std::vector<Verifier> keys = {*Verifier::Parse(kPeter), witness.verifier()};
  const auto opened = OpenNote(*twice, keys);
  ASSERT_THAT(opened, IsOk());
  ASSERT_EQ(opened->verified.size(), 2u);
  EXPECT_EQ(WitnessTime(opened->verified[1].signature), absl::FromUnixSeconds(2));
  EXPECT_EQ(opened->unknown.size(), 0u);
  EXPECT_FALSE(AddSignature(kText, witness, absl::UnixEpoch()).ok());
}

}  // namespace
}  // namespace sakip::note
