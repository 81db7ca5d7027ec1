#include "services/cli/view/budget_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::BudgetPartScore;
using ::sakip::scoring::v1::BudgetScore;
using Align = Column::Align;

// True where the absorption is a number, and not of all that is told of the part.
bool IsOfLess(const BudgetPartScore& part) {
  return !part.absorption().value().empty() &&
         (part.compared_budget() != part.budget() || part.compared_realized() != part.realized());
}

}  // namespace

std::string RenderBudgetParts(const BudgetScore& budget, const Screen& screen) {
  if (budget.parts().empty()) return "";
  Table table({{"Jenis belanja"},
               {"Sumber dana", Align::kLeft, true},
               {"Pagu murni", Align::kRight},
               {"Pagu perubahan", Align::kRight},
               {"Realisasi", Align::kRight},
               {"Serapan %", Align::kRight, false, 16}});
  std::vector<std::string> notes;
  for (const BudgetPartScore& part : budget.parts()) {
    const std::string kind(ExpenditureKindWords(part.expenditure_kind()));
    const std::string source = part.funding_source().empty() ? "-" : part.funding_source();
    Cell absorption = FigureCell(part.absorption());
    if (IsOfLess(part)) {
      absorption.text += "*";
      notes.push_back(absl::StrCat(kind, " ", source, " ", RupiahText(part.compared_realized()),
                                   " dari ", RupiahText(part.compared_budget())));
    }
    table.Add({kind, source, RupiahText(part.original()), RupiahText(part.budget()),
               RupiahText(part.realized()), absorption});
  }
  const auto& rest = budget.undivided();
  table.Add({"Tidak dirinci", "-", RupiahText(rest.original()), RupiahText(rest.budget()),
             RupiahText(rest.realized()), "-"});
  std::string text = table.Render(screen);
  if (!notes.empty()) {
    text += Paragraph("* hanya sub kegiatan yang merinci pagu dan realisasinya: ",
                      absl::StrJoin(notes, "; "), screen.columns);
  }
  return text;
}

}  // namespace sakip::cli
