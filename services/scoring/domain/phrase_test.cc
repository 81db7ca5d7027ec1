#include "services/scoring/domain/phrase.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace sakip::scoring {
namespace {

std::vector<PhraseCode> AllCodes() {
  std::vector<PhraseCode> codes;
  for (size_t i = 1; i < kPhraseCodes; ++i) codes.push_back(static_cast<PhraseCode>(i));
  return codes;
}

TEST(PhraseTable, HasEveryArgumentInEveryLanguage) {
  for (const PhraseCode code : AllCodes()) {
    for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
      const absl::string_view pattern = PatternOf(code, language);
      EXPECT_FALSE(pattern.empty()) << NameOf(code);
      for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(absl::StrContains(pattern, absl::StrCat("$", i)), i < ArgumentsOf(code))
            << NameOf(code) << ": " << pattern;
      }
    }
  }
}

TEST(PhraseTable, NamesEveryCodeOnceAndTellsItInItsOwnWords) {
  std::set<std::string> seen;
  for (const PhraseCode code : AllCodes()) {
    EXPECT_TRUE(seen.insert(std::string(NameOf(code))).second) << NameOf(code);
    if (code == PhraseCode::kVerbatim) continue;
    EXPECT_NE(PatternOf(code, Language::kIndonesian), PatternOf(code, Language::kEnglish));
  }
}

TEST(TextOf, WritesNumbersAsTheLanguageDoes) {
  const Phrase phrase(PhraseCode::kHidesMiss, {"2", "100.00"});
  EXPECT_EQ(TextOf(phrase, Language::kIndonesian),
            "dibulatkan ke 2 angka akan terbaca 100,00, padahal target tidak tercapai");
  EXPECT_EQ(TextOf(phrase, Language::kEnglish),
            "rounded to 2 digits it would read 100.00 although the target was missed");
  EXPECT_EQ(TextOf(Phrase(), Language::kIndonesian), "");
}

// A reason such as `2024.5` is no number, and an argument is never read as a pattern.
TEST(TextOf, LeavesWhatSomebodyWroteAsItIs) {
  for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
    EXPECT_EQ(TextOf(Phrase::Verbatim("2024.5"), language), "2024.5");
    EXPECT_THAT(TextOf({PhraseCode::kPartsWithNumber, {"$1", "3"}}, language),
                ::testing::StartsWith("$1 "));
  }
  EXPECT_TRUE(Phrase::Verbatim("").empty());
}

}  // namespace
}  // namespace sakip::scoring
