#include "services/cli/view/review_view.h"

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using scoring::v1::ReportDifference;
using types::v1::Finding;

// `PRINTED_TRUNCATED` -> `dipotong`. A code that is not known is shown as it is.
std::string KindText(const std::string& code) {
  static const std::map<std::string, const char*> words = {
      {"PRINTED_ARITHMETIC_WRONG", "salah hitung"},
      {"PRINTED_CONTRADICTS", "bertentangan"},
      {"PRINTED_ROUNDED_OTHERWISE", "dibulatkan lain"},
      {"PRINTED_ROUNDING_HIDES_MISS", "pembulatan menutupi"},
      {"PRINTED_SOURCE_MISSING", "tanpa sumber"},
      {"PRINTED_TRUNCATED", "dipotong"},
      {"PRINTED_UNDEFINED", "tidak terhitung"},
      {"PRINTED_UNIT_DIFFERS", "satuan lain"},
      {"PRINTED_UNIT_MISSING", "tanpa satuan"},
      {"PRINTED_WRONG_BASE", "dasar lain"},
  };
  const auto it = words.find(code);
  return it == words.end() ? code : it->second;
}

Color ColorOf(Finding::Severity severity) {
  if (severity == Finding::SEVERITY_ERROR) return Color::kRed;
  return severity == Finding::SEVERITY_WARNING ? Color::kYellow : Color::kNone;
}

// `61,8181… %`, `AA (Sangat Memuaskan)`; a dash where there is nothing.
std::string ComputedText(const ReportDifference& difference) {
  if (difference.computed_digits().empty()) {
    return difference.computed_exact().empty() ? "-" : difference.computed_exact();
  }
  if (difference.unit() == "Rp") return RupiahText(difference.computed_digits());
  types::v1::Measure measure;
  measure.set_value(difference.computed_digits());
  measure.set_unit(difference.unit());
  return MeasureText(measure);
}

// `rehsos.alat_bantu output_target, l.735`.
std::string CellText(const ReportDifference& difference) {
  return absl::StrCat(difference.row(), " ", difference.column(),
                      difference.place().empty() ? "" : ", ", difference.place());
}

// The formula that gives the computed value; empty where that was not computed from the report.
absl::string_view FormulaOf(const ReportDifference& difference) {
  for (const scoring::v1::DerivationStep& step : difference.derivation()) {
    if (step.kind() != scoring::v1::DerivationStep::KIND_FORMULA) continue;
    if (step.subject() == difference.column() && step.result() == difference.computed_exact()) {
      return step.expression();
    }
  }
  return "";
}

// What it was computed from, and for a wrong base what fits; of cells without a unit how many.
std::string OriginText(const ReportDifference& difference) {
  const Finding& finding = difference.finding();
  if (finding.code() == "PRINTED_UNIT_MISSING") {
    return absl::StrCat(finding.figures_size(), " angka");
  }
  if (finding.figures_size() < 2) return "";
  const absl::string_view formula = FormulaOf(difference);
  std::string text(formula.empty() ? ShortName(finding.figures(1).location()) : formula);
  for (int i = 2; i < finding.figures_size(); ++i) {
    absl::StrAppend(&text, "; cocok dengan ", finding.figures(i).value(), " ",
                    ShortName(finding.figures(i).location()));
  }
  return text;
}

Table NewTable() {
  return Table({{"Angka", Column::Align::kLeft, true},
                {"Tercetak", Column::Align::kRight},
                {"Seharusnya", Column::Align::kRight},
                {"Jenis"},
                {"Dasar", Column::Align::kLeft, true}});
}

}  // namespace

std::string RenderReview(const scoring::v1::ReviewReportResponse& review, const Screen& screen) {
  std::string text;
  std::set<std::string> figures;
  Table table = NewTable();
  for (int i = 0; i < review.differences_size(); ++i) {
    const ReportDifference& difference = review.differences(i);
    const std::string& name = difference.table();
    figures.insert(absl::StrCat(name, "\n", difference.row(), "\n", difference.column()));
    const Finding& finding = difference.finding();
    table.Add({CellText(difference),
               difference.printed(),
               ComputedText(difference),
               {KindText(finding.code()), ColorOf(finding.severity())},
               OriginText(difference)});
    const bool ends =
        i + 1 == review.differences_size() || review.differences(i + 1).table() != name;
    if (!ends) continue;
    absl::StrAppend(&text, Paint(Printable(name), Color::kBold, screen.color), "\n",
                    table.Render(screen), "\n");
    table = NewTable();
  }
  return absl::StrCat(text, review.differences_size(), " perbedaan pada ", figures.size(),
                      " angka; diperiksa ", review.claim_count(), " pernyataan tentang ",
                      review.figure_count(), " angka tercetak\n");
}

}  // namespace sakip::cli
