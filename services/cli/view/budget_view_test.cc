#include "services/cli/view/budget_view.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

#include "services/cli/view/scorecard_view.h"
#include "services/cli/view/summary_view.h"

namespace sakip::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

scoring::v1::BudgetScore Divided() {
  scoring::v1::BudgetScore budget;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        budget: "4000"
        realized: "1300"
        parts {
          expenditure_kind: EXPENDITURE_KIND_OPERATING
          funding_source: "DAU"
          original: "3600"
          budget: "3600"
          realized: "600"
          compared_budget: "3000"
          compared_realized: "600"
          absorption { state: FIGURE_STATE_PROVISIONAL value: "20.00" }
        }
        parts {
          funding_source: "DBHCHT"
          budget: "400"
          absorption { state: FIGURE_STATE_MISSING }
        }
        undivided { original: "400" budget: "0" realized: "700" })pb",
      &budget));
  return budget;
}

TEST(RenderBudgetParts, PrintsALineAPartAndTheRest) {
  EXPECT_EQ(
      RenderBudgetParts(Divided(), {.columns = 120}),
      "Jenis belanja    Sumber dana  Pagu murni  Pagu perubahan  Realisasi         Serapan %\n"
      "---------------  -----------  ----------  --------------  ---------  ----------------\n"
      "Belanja operasi  DAU             Rp3.600         Rp3.600      Rp600            20,00*\n"
      "-                DBHCHT                -           Rp400          -  belum dilaporkan\n"
      "Tidak dirinci    -                 Rp400             Rp0      Rp700                 -\n"
      "* hanya sub kegiatan yang merinci pagu dan realisasinya: Belanja operasi DAU Rp600 dari "
      "Rp3.000\n");
}

TEST(RenderBudgetParts, HasNoNoteWhereAllIsCompared) {
  scoring::v1::BudgetScore budget = Divided();
  budget.mutable_parts(0)->set_compared_budget("3600");

  EXPECT_THAT(RenderBudgetParts(budget, {}), Not(HasSubstr("*")));
}

TEST(RenderBudgetParts, PrintsNothingWithoutParts) {
  scoring::v1::BudgetScore budget;
  budget.set_budget("1");
  EXPECT_EQ(RenderBudgetParts(budget, {}), "");
}

TEST(RenderBudgetParts, LetsNoSourceMoveTheTerminal) {
  scoring::v1::BudgetScore budget = Divided();
  budget.mutable_parts(0)->set_funding_source("DAU\x1b[2J");

  EXPECT_THAT(RenderBudgetParts(budget, {}), Not(HasSubstr("\x1b")));
}

TEST(RenderBudgetParts, StandInScorecardsAndSummaries) {
  scoring::v1::Scorecard card;
  *card.mutable_budget() = Divided();
  scoring::v1::SummarizeScorecardsResponse summary;
  *summary.mutable_total()->mutable_budget() = Divided();

  for (const std::string& text : {RenderScorecard(card, {}), RenderSummary(summary, {})}) {
    EXPECT_THAT(text, HasSubstr("\nMenurut jenis belanja dan sumber dana\n"));
    EXPECT_THAT(text, HasSubstr("\nTidak dirinci"));
  }
}

}  // namespace
}  // namespace sakip::cli
