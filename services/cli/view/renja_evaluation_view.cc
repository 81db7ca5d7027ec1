#include "services/cli/view/renja_evaluation_view.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/exact/number_format.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/form_words.h"
#include "services/cli/view/narrative_view.h"
#include "services/cli/view/sources_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::FormAmount;
using ::sakip::scoring::v1::FormCell;
using ::sakip::scoring::v1::FormDegree;
using ::sakip::scoring::v1::FormDegreeCell;
using ::sakip::scoring::v1::FormRating;
using ::sakip::scoring::v1::RenjaEvaluation;
using ::sakip::scoring::v1::RenjaEvaluationRow;
using Align = Column::Align;

constexpr int kCodeWidth = 20;
constexpr int kPerformanceWidth = 12;  // Of `direncanakan`.
constexpr int kMoneyWidth = 17;        // Of `999.999.999.999` and a star, and room.

std::string Section(absl::string_view title, const Table& table, const Screen& screen) {
  if (table.empty()) return "";
  return absl::StrCat("\n", Paint(title, Color::kBold, screen.color), "\n", table.Render(screen));
}

Column CodeColumn() { return {"Kode", Align::kLeft, false, kCodeWidth}; }

Column CellColumn(std::string header, int width) {
  return {std::move(header), Align::kRight, false, width};
}

// A star where a note says what must be known.
std::string Starred(std::string text, const FormAmount& amount) {
  const bool noted = amount.from_quarter() > 0 || amount.state() == scoring::v1::CELL_STATE_PARTIAL;
  return noted ? text + "*" : text;
}

// `90 %`, `1.481 orang`; `10-20 %` of a range.
std::string PerformanceText(const FormAmount& amount) {
  if (!amount.has_measure()) return std::string(CellWords(amount.state()));
  if (!amount.has_upper()) return Starred(MeasureText(amount.measure()), amount);
  return absl::StrCat(exact::FormatIndonesian(amount.measure().value()), "-",
                      MeasureText(amount.upper()));
}

// `54.326.348.943`; the column says that it is rupiah.
std::string MoneyText(const FormAmount& amount) {
  if (!amount.has_measure()) return std::string(CellWords(amount.state()));
  return Starred(exact::FormatIndonesian(amount.measure().value()), amount);
}

std::string DegreeText(const FormDegree& degree) {
  return degree.has_figure() ? FigureText(degree.figure()) : std::string(CellWords(degree.state()));
}

std::string RatingText(const FormRating& rating) {
  if (!rating.has_figure()) return std::string(CellWords(rating.state()));
  return absl::StrCat(FigureText(rating.figure()), " ", rating.rating(), " (",
                      rating.rating_label(), ")");
}

// What a table shows of the rows: one half of each cell.
struct HalfView {
  std::string (*code)(const RenjaEvaluationRow&);  // Empty where the row is not shown.
  std::string (*amount)(const FormCell&);
  std::string (*degree)(const FormDegreeCell&);
  int width;  // Of an amount.
};

HalfView PerformanceView() {
  return {[](const RenjaEvaluationRow& row) { return row.indicator_code(); },
          [](const FormCell& cell) { return PerformanceText(cell.performance()); },
          [](const FormDegreeCell& cell) { return DegreeText(cell.performance()); },
          kPerformanceWidth};
}

HalfView MoneyView() {
  return {[](const RenjaEvaluationRow& row) {
            const auto state = row.annual_target().money().state();
            return state == scoring::v1::CELL_STATE_IN_FIRST_ROW ? std::string() : row.code();
          },
          [](const FormCell& cell) { return MoneyText(cell.money()); },
          [](const FormDegreeCell& cell) { return DegreeText(cell.money()); }, kMoneyWidth};
}

Period PeriodOf(const RenjaEvaluation& form) {
  const auto period = ParsePeriod(form.name().substr(form.name().rfind('/') + 1));
  return period.ok() ? *period : Period{kYearMin, kQuarters};
}

std::string Heading(const RenjaEvaluation& form, Period period, const Screen& screen) {
  std::string text = absl::StrCat(
      Paint(Printable(form.agency_display_name()), Color::kBold, screen.color), "\n",
      Printable(AgencyOf(form.name())), "\n", "Formulir   E.81, evaluasi hasil Renja\n",
      "Periode    Triwulan ", Roman(period.quarter), " ", period.year, "\n",
      RenderSources(form.sources(), screen));
  if (!form.has_strategic_plan()) return absl::StrCat(text, "Renstra    tidak ada yang berlaku\n");
  absl::StrAppend(&text, "Renstra    ", form.strategic_plan().first_year(), " s.d. ",
                  form.strategic_plan().last_year(), "\n");
  std::vector<std::string> years;
  for (const auto& year : form.earlier_years()) {
    years.push_back(absl::StrCat(year.year(), " ", YearWords(year.state())));
  }
  if (!years.empty()) absl::StrAppend(&text, "           ", absl::StrJoin(years, ", "), "\n");
  return text;
}

std::string Rows(const RenjaEvaluation& form, const Screen& screen) {
  Table table({{"Tingkat"},
               {"Kode", Align::kLeft, true},
               {"Uraian", Align::kLeft, true},
               {"Indikator", Align::kLeft, true},
               {"Penanggung jawab", Align::kLeft, true}});
  for (const RenjaEvaluationRow& row : form.rows()) {
    table.Add({LevelWord(row.level()), row.code(), row.display_name(), row.indicator_display_name(),
               absl::StrJoin(row.responsible_units(), ", ")});
  }
  return Section("Sasaran, program, kegiatan, sub kegiatan", table, screen);
}

// The columns of the year.
std::string Annual(const RenjaEvaluation& form, absl::string_view title, absl::string_view target,
                   const HalfView& view, const Screen& screen) {
  std::vector<Column> columns = {CodeColumn(), CellColumn(std::string(target), view.width)};
  for (int quarter = 1; quarter <= kQuarters; ++quarter) {
    columns.push_back(CellColumn(absl::StrCat("TW ", Roman(quarter)), view.width));
  }
  columns.push_back(CellColumn("Realisasi", view.width));
  columns.push_back(CellColumn("Capaian %", kPerformanceWidth));
  Table table(columns);
  for (const RenjaEvaluationRow& row : form.rows()) {
    const std::string code = view.code(row);
    if (code.empty()) continue;
    std::vector<Cell> cells = {code, view.amount(row.annual_target())};
    for (const FormCell& quarter : row.quarters()) cells.push_back(view.amount(quarter));
    cells.push_back(view.amount(row.annual_realization()));
    cells.push_back(view.degree(row.annual_achievement()));
    table.Add(std::move(cells));
  }
  return Section(title, table, screen);
}

// The columns of the strategic plan.
std::string Strategic(const RenjaEvaluation& form, absl::string_view title, int year,
                      const HalfView& view, const Screen& screen) {
  if (!form.has_strategic_plan()) return "";
  Table table({CodeColumn(),
               CellColumn(absl::StrCat("Target ", form.strategic_plan().last_year()), view.width),
               CellColumn(absl::StrCat("s.d. ", year - 1), view.width),
               CellColumn(absl::StrCat("s.d. ", year), view.width),
               CellColumn("Capaian %", kPerformanceWidth)});
  for (const RenjaEvaluationRow& row : form.rows()) {
    const std::string code = view.code(row);
    if (code.empty()) continue;
    table.Add({code, view.amount(row.strategic_target()),
               view.amount(row.strategic_realization_before()),
               view.amount(row.strategic_realization()), view.degree(row.strategic_achievement())});
  }
  return Section(title, table, screen);
}

std::string Means(const RenjaEvaluation& form, const Screen& screen) {
  Table table(
      {{"Tingkat"}, {"Renja K"}, {"Renja Rp"}, {"Renstra K"}, {"Indikator", Align::kRight}});
  for (const auto& mean : form.means()) {
    table.Add({LevelWord(mean.level()), RatingText(mean.annual_achievement().performance()),
               RatingText(mean.annual_achievement().money()),
               RatingText(mean.strategic_achievement().performance()),
               absl::StrCat(mean.annual_achievement().counted(), " dari ",
                            mean.annual_achievement().indicators())});
  }
  return Section("Rata-rata capaian kinerja (%) dan predikat", table, screen);
}

// Each note once, with the codes that it is about.
std::string Notes(const RenjaEvaluation& form, const Screen& screen) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> codes;
  for (const RenjaEvaluationRow& row : form.rows()) {
    for (const FormNote& note : NotesOf(row)) {
      if (codes[note.text].empty()) order.push_back(note.text);
      codes[note.text].push_back(note.code);
    }
  }
  std::string text;
  for (const std::string& note : order) {
    absl::StrAppend(&text,
                    Paragraph("* ", absl::StrCat(note, ": ", absl::StrJoin(codes[note], ", ")),
                              screen.columns));
  }
  return text.empty() ? "" : "\n" + text;
}

}  // namespace

std::string RenderRenjaEvaluation(const RenjaEvaluation& form, const Screen& screen) {
  const Period period = PeriodOf(form);
  const HalfView k = PerformanceView(), rp = MoneyView();
  std::string text = absl::StrCat(Heading(form, period, screen), Rows(form, screen),
                                  Annual(form, "Kinerja Renja", "Target", k, screen),
                                  Strategic(form, "Kinerja Renstra", period.year, k, screen),
                                  Annual(form, "Anggaran Renja (Rp)", "Pagu", rp, screen),
                                  Strategic(form, "Anggaran Renstra (Rp)", period.year, rp, screen),
                                  Notes(form, screen), Means(form, screen));
  const std::string narratives = RenderNarratives(form, screen);
  if (!narratives.empty()) {
    absl::StrAppend(
        &text, "\n",
        Paint("Faktor pendorong, faktor penghambat, tindak lanjut", Color::kBold, screen.color),
        "\n", narratives);
  }
  return text;
}

}  // namespace sakip::cli
