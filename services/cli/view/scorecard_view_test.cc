#include "services/cli/view/scorecard_view.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kFolder[] = SAKIP_SOURCE_DIR "/services/cli/view/testdata/";

std::string ReadText(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

scoring::v1::Scorecard Card(int quarter) {
  scoring::v1::Scorecard card;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      ReadText(std::string(kFolder) + "scorecard.textproto"), &card));
  card.set_name("regions/35.09/agencies/dinsos/scorecards/2023Q" + std::to_string(quarter));
  return card;
}

// Compares with the golden file; with SAKIP_UPDATE_GOLDEN set writes it instead.
void ExpectGolden(const std::string& text, const std::string& name) {
  const std::string path = kFolder + name;
  if (std::getenv("SAKIP_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
  EXPECT_EQ(text, ReadText(path)) << name;
}

scoring::v1::Figure Figure(scoring::v1::FigureState state, const std::string& value) {
  scoring::v1::Figure figure;
  figure.set_state(state);
  figure.set_value(value);
  return figure;
}

TEST(RenderScorecard, PrintsTheWholeCardAtTheYearsEnd) {
  ExpectGolden(RenderScorecard(Card(4), {}), "scorecard_q4.txt");
}

TEST(RenderScorecard, PrintsBothAchievementsBeforeTheYearsEnd) {
  ExpectGolden(RenderScorecard(Card(2), {}), "scorecard_q2.txt");
}

TEST(RenderScorecard, PaintsRatingsMissesAndGaps) {
  const std::string text = RenderScorecard(Card(4), {.columns = 120, .color = true});

  EXPECT_THAT(text, HasSubstr("\x1b[32mAA\x1b[0m"));
  EXPECT_THAT(text, HasSubstr("\x1b[31mtidak\x1b[0m"));
  EXPECT_THAT(text, HasSubstr("\x1b[33mbelum dilaporkan\x1b[0m"));
}

TEST(RenderScorecard, PrintsWhatTheAgencySaid) {
  scoring::v1::Scorecard card = Card(4);
  EXPECT_THAT(RenderScorecard(card, {}), Not(HasSubstr("Keterangan")));
  auto& objective = *card.mutable_objectives(0);
  objective.mutable_narrative()->set_constraints("Data belum lengkap");
  objective.mutable_indicators(1)->mutable_narrative()->set_follow_up("Pendataan ulang");
  auto& sub = *objective.mutable_programs(0)->mutable_activities(0)->mutable_sub_activities(0);
  sub.mutable_narrative()->set_success_factors("Harga turun");

  EXPECT_THAT(RenderScorecard(card, {}),
              HasSubstr(absl::StrCat("\nKeterangan perangkat daerah\n", objective.code(),
                                     " kendala: Data belum lengkap\n",
                                     "IKU2 tindak lanjut: Pendataan ulang\n", sub.code(),
                                     " anggaran faktor pendorong: Harga turun\n")));
}

TEST(RenderScorecard, PrintsACardWithNothingInIt) {
  EXPECT_THAT(RenderScorecard({}, {}), HasSubstr("Capaian kinerja -"));
}

TEST(RenderScorecard, LetsNoNameMoveTheTerminal) {
  scoring::v1::Scorecard card = Card(4);
  card.set_agency_display_name("Dinas\x1b[2J");
  card.mutable_findings(0)->set_message_id("a\x1b[31m");
  card.mutable_sources()->set_policy("p\x1b[31m");

  EXPECT_THAT(RenderScorecard(card, {}), Not(HasSubstr("\x1b")));
}

TEST(RenderScorecardList, PrintsALineAnAgency) {
  ExpectGolden(RenderScorecardList({Card(4)}, {}, {.columns = 160}), "scorecard_list.txt");
}

TEST(RenderScorecardList, PrintsRanksWhereThereAreAny) {
  const std::string text = RenderScorecardList({Card(4), Card(4)}, {2, 0}, {.columns = 200});

  EXPECT_THAT(text, HasSubstr("Peringkat  Instansi"));
  EXPECT_THAT(text, HasSubstr("\n        2  regions/35.09/agencies/dinsos"));
  EXPECT_THAT(text, HasSubstr("\n        -  regions/35.09/agencies/dinsos"));
}

TEST(FigureText, SaysStatesInWords) {
  EXPECT_EQ(FigureText(Figure(scoring::v1::FIGURE_STATE_NOT_DUE, "")), "belum jatuh tempo");
  EXPECT_EQ(FigureText(Figure(scoring::v1::FIGURE_STATE_MISSING, "")), "belum dilaporkan");
  EXPECT_EQ(FigureText(Figure(scoring::v1::FIGURE_STATE_MISSING, "0.00")),
            "0,00 (belum dilaporkan)");
  EXPECT_EQ(FigureText(Figure(scoring::v1::FIGURE_STATE_NOT_APPLICABLE, "")), "tidak berlaku");
  EXPECT_EQ(FigureText(Figure(scoring::v1::FIGURE_STATE_NOT_SCORED, "")), "tidak dapat dinilai");
  EXPECT_EQ(FigureText(Figure(scoring::v1::FIGURE_STATE_ZERO, "0.00")), "0,00");
  EXPECT_EQ(FigureText(Figure(scoring::v1::FIGURE_STATE_FINAL, "99.78")), "99,78");
  EXPECT_EQ(FigureText({}), "-");
}

TEST(EfficiencyText, PrintsWhatTheMethodSays) {
  scoring::v1::EfficiencyScore efficiency;
  EXPECT_EQ(EfficiencyText(efficiency), "");
  efficiency.set_method(types::v1::EfficiencyRule::METHOD_ACHIEVEMENT_MINUS_ABSORPTION);
  *efficiency.mutable_figure() = Figure(scoring::v1::FIGURE_STATE_MISSING, "");
  EXPECT_EQ(EfficiencyText(efficiency), "belum dilaporkan");
  *efficiency.mutable_figure() = Figure(scoring::v1::FIGURE_STATE_FINAL, "10.91");
  efficiency.set_words("efisien");
  EXPECT_EQ(EfficiencyText(efficiency), "10,91 poin, efisien");
  efficiency.set_method(types::v1::EfficiencyRule::METHOD_PMK_214_2017);
  *efficiency.mutable_scaled() = Figure(scoring::v1::FIGURE_STATE_FINAL, "77.28");
  EXPECT_EQ(EfficiencyText(efficiency), "10,91 %, nilai 77,28");
}

TEST(MeasureText, PrintsIndonesianNumbersAndMarksWhatIsCutOff) {
  types::v1::Measure measure;
  measure.set_value("1234567.5");
  measure.set_unit("orang");
  EXPECT_EQ(MeasureText(measure), "1.234.567,5 orang");
  measure.set_value("66.666666666666");
  EXPECT_EQ(MeasureText(measure), "66,6666… orang");
  EXPECT_EQ(MeasureText({}), "-");
}

TEST(RupiahText, PrintsMoney) {
  EXPECT_EQ(RupiahText("60979145376"), "Rp60.979.145.376");
  EXPECT_EQ(RupiahText("0"), "Rp0");
  EXPECT_EQ(RupiahText(""), "-");
}

TEST(ShortName, DropsTheAgency) {
  EXPECT_EQ(ShortName("regions/35.09/agencies/dinsos/annualPlans/2023"), "annualPlans/2023");
  EXPECT_EQ(ShortName("policies/x"), "policies/x");
}

}  // namespace
}  // namespace sakip::cli
