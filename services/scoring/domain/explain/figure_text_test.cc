#include "services/scoring/domain/explain/figure_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/scoring/domain/explain/expression_text.h"

namespace sakip::scoring::explain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language kLanguages[] = {Language::kIndonesian, Language::kEnglish};

Explanation Iku2() {
  Explanation explanation;
  explanation.key = {{FigureLevel::kIndicator, "IKU2"}, FigureKind::kAchievement};
  explanation.name = "Persentase PMKS";
  explanation.figure = {FigureState::kFinal, *Divide(Rational(45000), Rational(451)), "99.78"};
  return explanation;
}

ExplainedStep Formula() {
  return {{Step::Kind::kFormula, "achievement", "90 / 90.2 x 100", "45000/451", "%"}, {}};
}

TEST(ExpressionText, WritesNumbersAsTheLanguageDoes) {
  EXPECT_EQ(ExpressionText("90 / 90.2 x 100", Language::kIndonesian), "90 / 90,2 x 100");
  EXPECT_EQ(ExpressionText("54326348943 / 2", Language::kIndonesian), "54.326.348.943 / 2");
  EXPECT_EQ(ExpressionText("54326348943 / 2", Language::kEnglish), "54,326,348,943 / 2");
  EXPECT_EQ(ExpressionText("clamp(-3.5, 0, 100)", Language::kIndonesian), "batasi(-3,5; 0; 100)");
  EXPECT_EQ(ExpressionText("clamp(-3.5, 0, 100)", Language::kEnglish), "clamp(-3.5; 0; 100)");
  EXPECT_EQ(ExpressionText("11 in 10..12.5", Language::kIndonesian), "11 dalam 10 sampai 12,5");
  EXPECT_EQ(ExpressionText("5 below all other bands", Language::kIndonesian),
            "5 di bawah semua rentang lain");
}

TEST(TitleText, SaysWhichFigureAndWhatItIs) {
  EXPECT_EQ(TitleText(Iku2(), Language::kIndonesian),
            "Capaian tahun indikator IKU2 (Persentase PMKS): 99,78 %, final");
  EXPECT_EQ(TitleText(Iku2(), Language::kEnglish),
            "Achievement of the year of indicator IKU2 (Persentase PMKS): 99.78 %, final");
}

TEST(StepText, TellsAComputation) {
  EXPECT_EQ(StepText(Formula(), Language::kIndonesian),
            "Capaian dihitung: 90 / 90,2 x 100 = 45.000/451 %.");
  EXPECT_EQ(StepText(Formula(), Language::kEnglish),
            "Achievement is computed: 90 / 90.2 x 100 = 45,000/451 %.");
}

TEST(StepText, TellsWhereAnInputStands) {
  ExplainedStep input{{Step::Kind::kInput, "budget", "1200000", "1200000", "Rp"}, {}};
  input.sources = {
      {Log::kPlanning, 4, "x/annualPlans/2023", 2, "sub_activities[a].budget", "", ""}};
  EXPECT_EQ(StepText(input, Language::kIndonesian),
            "Pagu: Rp1.200.000 menurut x/annualPlans/2023 revisi 2, sub_activities[a].budget (log "
            "planning, posisi 4).");
  EXPECT_EQ(StepText(input, Language::kEnglish),
            "Budget: Rp1,200,000 from x/annualPlans/2023 revision 2, sub_activities[a].budget (log "
            "of planning, position 4).");
}

TEST(StepText, TellsARatingWithItsScaleAndAStateWithItsReason) {
  const ExplainedStep rating{{Step::Kind::kRating, "rating", "90.5 >= 90", "AA", "", "", 0,
                              Phrase::Verbatim("permenpanrb-53-2014")},
                             {}};
  EXPECT_EQ(StepText(rating, Language::kIndonesian),
            "Predikat: AA, karena 90,5 >= 90; skala permenpanrb-53-2014.");
  const ExplainedStep state{
      StateStep("realization", PhraseCode::kDeclaredNotApplicable, Phrase::Verbatim("digeser")),
      {}};
  EXPECT_EQ(StepText(state, Language::kIndonesian),
            "Realisasi: dinyatakan tidak berlaku; alasan: digeser.");
  EXPECT_EQ(StepText(state, Language::kEnglish),
            "Realization: declared not applicable; reason: digeser.");
}

TEST(StepText, TellsAChildOfAShare) {
  const ExplainedStep child{{Step::Kind::kInput, "child", "61.82 %", "not met", "", "indicator a"},
                            {}};
  EXPECT_EQ(StepText(child, Language::kIndonesian), "Indikator a: 61,82 %, tidak tercapai.");
}

// Every kind of step about every subject with every phrase, in both languages: nothing is left of
// the other language, and nothing of a pattern.
TEST(StepText, IsThereForEveryKindSubjectAndPhrase) {
  int told = 0;
  for (int kind = 0; kind <= static_cast<int>(Step::Kind::kState); ++kind) {
    for (const absl::string_view subject : SubjectsWithWords()) {
      for (size_t code = 0; code < kPhraseCodes; ++code) {
        ExplainedStep explained;
        explained.step.kind = static_cast<Step::Kind>(kind);
        explained.step.subject = std::string(subject);
        explained.step.expression = "1 + 2";
        explained.step.result = "3";
        explained.step.note = static_cast<PhraseCode>(code);
        for (int i = 0; i < ArgumentsOf(explained.step.note.code); ++i) {
          explained.step.note.arguments.push_back("7");
        }
        const std::string indonesian = StepText(explained, Language::kIndonesian);
        const std::string english = StepText(explained, Language::kEnglish);
        EXPECT_THAT(indonesian, Not(HasSubstr("$"))) << subject;
        EXPECT_THAT(english, Not(HasSubstr("$"))) << subject;
        if (code > 0 && explained.step.note.code != PhraseCode::kVerbatim) {
          EXPECT_NE(indonesian, english) << subject;
        }
        ++told;
      }
    }
  }
  EXPECT_GT(told, 5000);
}

TEST(LevelName, AndKindNameHaveBothLanguages) {
  for (int level = 0; level <= static_cast<int>(FigureLevel::kIndicator); ++level) {
    for (const Language language : kLanguages) {
      EXPECT_NE(LevelName(static_cast<FigureLevel>(level), language), "");
    }
  }
  for (int kind = 0; kind <= static_cast<int>(FigureKind::kRatingToDate); ++kind) {
    const auto of = static_cast<FigureKind>(kind);
    EXPECT_NE(KindName(of, Language::kIndonesian), KindName(of, Language::kEnglish));
  }
}

}  // namespace
}  // namespace sakip::scoring::explain
