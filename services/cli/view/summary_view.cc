#include "services/cli/view/summary_view.h"

#include "absl/strings/str_cat.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/budget_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::RegionSummary;
using ::sakip::scoring::v1::SummarizeScorecardsResponse;
using Align = Column::Align;

std::string Section(absl::string_view title, const Table& table, const Screen& screen) {
  if (table.empty()) return "";
  return absl::StrCat("\n", Paint(title, Color::kBold, screen.color), "\n", table.Render(screen));
}

std::string Ratings(const RegionSummary& total, const Screen& screen) {
  Table table({{"Skala"},
               {"Predikat"},
               {"Interpretasi", Align::kLeft, true},
               {"Perangkat daerah", Align::kRight}});
  for (const auto& distribution : total.distributions()) {
    for (const auto& count : distribution.counts()) {
      table.Add({distribution.rating_scale(), count.rating(), count.rating_label(),
                 absl::StrCat(count.agencies())});
    }
  }
  return Section("Sebaran predikat", table, screen);
}

// A line a government, then the total.
template <typename AddRow>
void AddRows(const SummarizeScorecardsResponse& response, AddRow add) {
  for (const RegionSummary& government : response.governments()) {
    add(government.region(), government);
  }
  add("Jumlah", response.total());
}

std::string Agencies(const SummarizeScorecardsResponse& response, const Screen& screen) {
  Table table({{"Daerah"},
               {"Perangkat daerah", Align::kRight},
               {"Tanpa rencana", Align::kRight},
               {"Menyampaikan", Align::kRight},
               {"Tanpa predikat", Align::kRight}});
  AddRows(response, [&](const std::string& name, const RegionSummary& summary) {
    table.Add({name, absl::StrCat(summary.agencies()), absl::StrCat(summary.without_plan()),
               absl::StrCat(summary.submitted()), absl::StrCat(summary.unrated())});
  });
  return table.Render(screen);
}

std::string Budgets(const SummarizeScorecardsResponse& response, const Screen& screen) {
  Table table({{"Daerah"},
               {"Pagu murni", Align::kRight},
               {"Pagu perubahan", Align::kRight},
               {"Realisasi", Align::kRight},
               {"Serapan %", Align::kRight}});
  AddRows(response, [&](const std::string& name, const RegionSummary& summary) {
    table.Add({name, RupiahText(summary.budget().original()), RupiahText(summary.budget().budget()),
               RupiahText(summary.budget().realized()), FigureCell(summary.budget().absorption())});
  });
  return Section("Anggaran", table, screen);
}

std::string Parts(const RegionSummary& total, const Screen& screen) {
  const std::string parts = RenderBudgetParts(total.budget(), screen);
  if (parts.empty()) return "";
  return absl::StrCat("\n",
                      Paint("Menurut jenis belanja dan sumber dana", Color::kBold, screen.color),
                      "\n", parts);
}

std::string NotSubmitted(const SummarizeScorecardsResponse& response, const Screen& screen) {
  Table table({{"Instansi"}, {"Nama", Align::kLeft, true}});
  for (const auto& awaited : response.not_submitted()) {
    table.Add({awaited.agency(), awaited.agency_display_name()});
  }
  return Section(absl::StrCat("Belum menyampaikan (", response.not_submitted_size(), ")"), table,
                 screen);
}

}  // namespace

std::string RenderSummary(const SummarizeScorecardsResponse& response, const Screen& screen) {
  return absl::StrCat(Paint(Printable(response.total().region()), Color::kBold, screen.color),
                      "\n\n", Agencies(response, screen), Ratings(response.total(), screen),
                      Budgets(response, screen), Parts(response.total(), screen),
                      NotSubmitted(response, screen));
}

}  // namespace sakip::cli
