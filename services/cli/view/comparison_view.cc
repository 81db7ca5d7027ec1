#include "services/cli/view/comparison_view.h"

#include "absl/strings/str_cat.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::IndicatorComparison;
using Align = Column::Align;
using Comparisons = std::vector<IndicatorComparison>;

absl::string_view TrendWords(IndicatorComparison::Trend trend) {
  switch (trend) {
    case IndicatorComparison::TREND_BETTER:
      return "membaik";
    case IndicatorComparison::TREND_SAME:
      return "tetap";
    case IndicatorComparison::TREND_WORSE:
      return "memburuk";
    default:
      return "-";
  }
}

std::string Section(absl::string_view title, const Table& table, const Screen& screen) {
  if (table.empty()) return "";
  return absl::StrCat("\n", Paint(title, Color::kBold, screen.color), "\n", table.Render(screen));
}

std::string Years(const Comparisons& comparisons, const Screen& screen) {
  Table table({{"Kode", Align::kLeft, true},
               {"Tahun", Align::kRight},
               {"Target", Align::kRight},
               {"Realisasi", Align::kRight},
               {"Capaian", Align::kRight},
               {"Definisi"},
               {"Tren"}});
  for (const IndicatorComparison& comparison : comparisons) {
    for (const auto& year : comparison.years()) {
      table.Add({comparison.code(), absl::StrCat(year.year()), MeasureText(year.target()),
                 MeasureText(year.realization()), FigureCell(year.achievement().figure()),
                 year.definition_changed() ? "berubah" : "sama",
                 Cell(TrendWords(comparison.trend()))});
    }
  }
  return Section("Tahun sebelumnya", table, screen);
}

std::string FinalTargets(const Comparisons& comparisons, const Screen& screen) {
  Table table({{"Kode", Align::kLeft, true},
               {"Tahun", Align::kRight},
               {"Target akhir", Align::kRight},
               {"Dicapai %", Align::kRight},
               {"Perlu per tahun", Align::kRight}});
  for (const IndicatorComparison& comparison : comparisons) {
    if (!comparison.has_final_target()) continue;
    const auto& target = comparison.final_target();
    table.Add({comparison.code(), absl::StrCat(target.year()), MeasureText(target.target()),
               FigureCell(target.reached()), MeasureText(target.pace())});
  }
  return Section("Target akhir rencana strategis", table, screen);
}

std::string Quarters(const Comparisons& comparisons, const Screen& screen) {
  Table table({{"Kode", Align::kLeft, true},
               {"Triwulan"},
               {"Target", Align::kRight},
               {"Realisasi", Align::kRight},
               {"Capaian", Align::kRight}});
  for (const IndicatorComparison& comparison : comparisons) {
    for (const auto& quarter : comparison.quarters()) {
      table.Add({comparison.code(), Roman(quarter.quarter()), MeasureText(quarter.target()),
                 MeasureText(quarter.realization()), FigureCell(quarter.achievement().figure())});
    }
  }
  return Section("Perjalanan tahun ini, s.d. triwulan", table, screen);
}

}  // namespace

std::string RenderComparisons(const Comparisons& comparisons, const Screen& screen) {
  return absl::StrCat(Years(comparisons, screen), FinalTargets(comparisons, screen),
                      Quarters(comparisons, screen));
}

}  // namespace sakip::cli
