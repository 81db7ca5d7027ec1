#include "services/cli/view/comparison_view.h"

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "services/cli/view/finding_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::IndicatorComparison;
using ::sakip::scoring::v1::Standing;
using Align = Column::Align;
using Comparisons = google::protobuf::RepeatedPtrField<IndicatorComparison>;

absl::string_view StandingWords(Standing standing) {
  switch (standing) {
    case scoring::v1::STANDING_BETTER:
      return "lebih baik";
    case scoring::v1::STANDING_SAME:
      return "sama";
    case scoring::v1::STANDING_WORSE:
      return "lebih buruk";
    default:
      return "-";
  }
}

std::string Section(absl::string_view title, const Table& table, const Screen& screen) {
  if (table.empty()) return "";
  return absl::StrCat("\n", Paint(title, Color::kBold, screen.color), "\n", table.Render(screen));
}

// The year of `{agency}/scorecards/2023Q4`; 0 where it says none.
int YearOf(const std::string& scorecard) {
  const auto period = ParsePeriod(scorecard.substr(scorecard.rfind('/') + 1));
  return period.ok() ? period->year : 0;
}

std::string Years(const Comparisons& comparisons, int this_year, const Screen& screen) {
  Table table({{"Kode", Align::kLeft, true},
               {"Tahun", Align::kRight},
               {"Target", Align::kRight},
               {"Realisasi", Align::kRight},
               {"Capaian", Align::kRight},
               {"Definisi"},
               {"Tren"}});
  for (const IndicatorComparison& comparison : comparisons) {
    for (const auto& year : comparison.years()) {
      // The trend is against the year before alone.
      const bool last = year.year() == this_year - 1;
      table.Add({comparison.code(), absl::StrCat(year.year()), MeasureText(year.target()),
                 MeasureText(year.realization()), FigureCell(year.achievement().figure()),
                 year.definition_changed() ? "berubah" : "sama",
                 Cell(last ? StandingWords(comparison.trend()) : "")});
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

std::string References(const Comparisons& comparisons, const Screen& screen) {
  Table table({{"Kode", Align::kLeft, true},
               {"Pembanding"},
               {"Nilai", Align::kRight},
               {"Realisasi"},
               {"Sumber", Align::kLeft, true}});
  for (const IndicatorComparison& comparison : comparisons) {
    for (const auto& reference : comparison.references()) {
      const bool national = reference.level() == planning::v1::ReferenceValue::LEVEL_NATIONAL;
      table.Add({comparison.code(), national ? "nasional" : "provinsi",
                 MeasureText(reference.value()), Cell(StandingWords(reference.standing())),
                 reference.source()});
    }
  }
  return Section("Nilai pembanding", table, screen);
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

std::string RenderComparisons(const scoring::v1::GetScorecardResponse& response,
                              const Screen& screen) {
  const Comparisons& comparisons = response.comparisons();
  std::string text = absl::StrCat(Years(comparisons, YearOf(response.scorecard().name()), screen),
                                  FinalTargets(comparisons, screen),
                                  References(comparisons, screen), Quarters(comparisons, screen));
  if (response.warnings().empty()) return text;
  absl::StrAppend(&text, "\n", Paint("Peringatan dini", Color::kBold, screen.color), "\n");
  for (const auto& warning : response.warnings()) text += RenderFinding(warning, screen);
  return text;
}

}  // namespace sakip::cli
