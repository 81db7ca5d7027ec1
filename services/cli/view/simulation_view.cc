#include "services/cli/view/simulation_view.h"

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/policy_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::AchievementChange;
using ::sakip::scoring::v1::BudgetChange;
using ::sakip::scoring::v1::Scorecard;
using ::sakip::scoring::v1::SimulateScorecardResponse;
using Align = Column::Align;

// The code of a node, or that it is the agency itself.
std::string NodeText(const std::string& code) {
  return AgencyOf(code).empty() ? code : "Perangkat daerah";
}

std::string Title(absl::string_view text, const Screen& screen) {
  return absl::StrCat("\n", Paint(text, Color::kBold, screen.color), "\n");
}

std::string Line(absl::string_view label, const Scorecard& card) {
  return absl::StrCat(label, Printable(AchievementText(card.achievement())), ", kebijakan ",
                      Printable(PolicyName(card.sources().policy())), "\n");
}

std::string SpentText(const scoring::v1::BudgetScore& budget) {
  return absl::StrCat(RupiahText(budget.realized()), ", ", FigureText(budget.absorption()));
}

std::string Budgets(const SimulateScorecardResponse& response, const Screen& screen) {
  if (response.budget_changes().empty()) return "";
  Table table({{"Kode", Align::kLeft, true},
               {"Realisasi, serapan %", Align::kRight},
               {"Simulasi", Align::kRight}});
  for (const BudgetChange& change : response.budget_changes()) {
    table.Add({NodeText(change.code()), SpentText(change.before()), SpentText(change.after())});
  }
  return Title("Anggaran yang berbeda", screen) + table.Render(screen);
}

}  // namespace

std::string RenderAchievementChanges(const std::vector<AchievementChange>& changes,
                                     absl::string_view before, absl::string_view after,
                                     const Screen& screen) {
  if (changes.empty()) return "Tidak ada capaian yang berbeda\n";
  Table table({{"Kode", Align::kLeft, true},
               {"Target"},
               {std::string(before), Align::kRight},
               {std::string(after), Align::kRight}});
  for (const AchievementChange& change : changes) {
    const bool to_date = change.target() == AchievementChange::TARGET_TO_DATE;
    table.Add({NodeText(change.code()), to_date ? "s.d. triwulan" : "tahun",
               AchievementText(change.before()), AchievementText(change.after())});
  }
  return table.Render(screen);
}

std::string RenderSimulation(const SimulateScorecardResponse& response, const Screen& screen) {
  return absl::StrCat(
      Paint(Printable(response.scorecard().agency_display_name()), Color::kBold, screen.color),
      "\nSimulasi: tidak disimpan\n", Line("Adanya    ", response.scorecard()),
      Line("Simulasi  ", response.simulated()), Title("Capaian yang berbeda", screen),
      RenderAchievementChanges({response.changes().begin(), response.changes().end()}, "Adanya",
                               "Simulasi", screen),
      Budgets(response, screen));
}

}  // namespace sakip::cli
