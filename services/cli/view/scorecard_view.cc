#include "services/cli/view/scorecard_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/exact/number_format.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/budget_view.h"
#include "services/cli/view/finding_view.h"
#include "services/cli/view/narrative_view.h"
#include "services/cli/view/sources_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::Achievement;
using ::sakip::scoring::v1::BudgetScore;
using ::sakip::scoring::v1::EfficiencyScore;
using ::sakip::scoring::v1::IndicatorScore;
using ::sakip::scoring::v1::ObjectiveScore;
using ::sakip::scoring::v1::Scorecard;
using ::sakip::scoring::v1::SubActivityScore;
using Align = Column::Align;

Period PeriodOf(const Scorecard& card) {
  const absl::string_view name = card.name();
  const auto period = ParsePeriod(name.substr(name.rfind('/') + 1));
  return period.ok() ? *period : Period{kYearMin, kQuarters};
}

std::string Title(absl::string_view text, const Screen& screen) {
  return absl::StrCat("\n", Paint(Printable(text), Color::kBold, screen.color), "\n");
}

std::string Heading(const Scorecard& card, Period period, const Screen& screen) {
  std::string text = absl::StrCat(
      Paint(Printable(card.agency_display_name()), Color::kBold, screen.color), "\n",
      Printable(AgencyOf(card.name())), "\n", "Periode    Triwulan ", Roman(period.quarter), " ",
      period.year, "\n", RenderSources(card.sources(), screen));
  for (const auto& times : card.times()) {
    if (!times.late()) continue;
    absl::StrAppend(&text, "           TW ", Roman(times.quarter()), " terlambat ",
                    times.days_late(), " hari\n");
  }
  return text;
}

std::string AgencyLine(const Achievement& achievement, const Screen& screen) {
  std::string text = absl::StrCat("Capaian kinerja ", AchievementText(achievement));
  if (achievement.figure().state() == scoring::v1::FIGURE_STATE_PROVISIONAL) {
    absl::StrAppend(&text, ", sementara");
  }
  std::string result = Title(text, screen);
  if (!achievement.figure().digits().empty()) {
    absl::StrAppend(&result, "tepatnya ",
                    Printable(exact::FormatIndonesian(achievement.figure().digits())), "\n");
  }
  return result;
}

constexpr int kMeasureWidth = 18;
constexpr int kFigureWidth = 16;        // Of `belum dilaporkan`.
constexpr int kNarrowFigureWidth = 11;  // Of its longer word, where years stand beside.

Column MeasureColumn(absl::string_view header) {
  return {std::string(header), Align::kRight, false, kMeasureWidth};
}

Column FigureColumn(absl::string_view header, bool narrow) {
  return {std::string(header), Align::kRight, false, narrow ? kNarrowFigureWidth : kFigureWidth};
}

// The notes under a table about figures that the policy clamped.
class ClampNotes {
 public:
  void Add(absl::string_view code, const Achievement& achievement) {
    const std::string unclamped = UnclampedText(achievement);
    if (!unclamped.empty()) notes_.push_back(absl::StrCat(code, " ", unclamped));
  }

  std::string Render(const Screen& screen) const {
    if (notes_.empty()) return "";
    return Paragraph("* dibatasi menurut kebijakan; sebelum dibatasi: ",
                     absl::StrJoin(notes_, "; "), screen.columns);
  }

 private:
  std::vector<std::string> notes_;
};

// What the year's figures say beside those to date.
void AddYear(const IndicatorScore& indicator, std::vector<Cell>& row) {
  row.push_back(TargetText(indicator.year()));
  row.push_back(ClampedCell(indicator.year().achievement()));
}

std::string Objective(const ObjectiveScore& objective, Period period, const Screen& screen) {
  const bool both = period.quarter < kQuarters;
  const std::string quarter = absl::StrCat("TW ", Roman(period.quarter));
  std::string text = Title(absl::StrCat("Sasaran ", objective.code()), screen);
  absl::StrAppend(&text, Paragraph("", objective.display_name(), screen.columns), "Capaian ");
  if (both) {
    absl::StrAppend(&text, "s.d. ", quarter, " ", Printable(AchievementText(objective.to_date())),
                    "; tahun ", period.year, " ");
  }
  absl::StrAppend(&text, Printable(AchievementText(objective.achievement())), "\n");

  std::vector<Column> columns = {{"Kode"},
                                 {"Indikator kinerja utama", Align::kLeft, true},
                                 MeasureColumn(both ? absl::StrCat("Target ", quarter) : "Target"),
                                 MeasureColumn("Realisasi"),
                                 FigureColumn("Capaian", both),
                                 {"Predikat"},
                                 {"Tercapai"}};
  if (both) {
    columns.push_back(MeasureColumn(absl::StrCat("Target ", period.year)));
    columns.push_back(FigureColumn(absl::StrCat("Capaian ", period.year), both));
  }
  Table table(columns);
  ClampNotes notes;
  for (const IndicatorScore& indicator : objective.indicators()) {
    const auto& score = both ? indicator.to_date() : indicator.year();
    std::vector<Cell> row = {indicator.code(),
                             indicator.display_name(),
                             TargetText(score),
                             MeasureText(score.realization()),
                             ClampedCell(score.achievement()),
                             RatingCell(score.achievement()),
                             MetCell(score.achievement())};
    if (both) AddYear(indicator, row);
    table.Add(std::move(row));
    notes.Add(indicator.code(), score.achievement());
  }
  return absl::StrCat(text, table.Render(screen), notes.Render(screen));
}

std::string Programs(const Scorecard& card, const Screen& screen) {
  Table table({{"Kode"},
               {"Program", Align::kLeft, true},
               {"Pagu murni", Align::kRight},
               {"Pagu perubahan", Align::kRight},
               {"Realisasi", Align::kRight},
               FigureColumn("Serapan %", false)});
  for (const ObjectiveScore& objective : card.objectives()) {
    for (const auto& program : objective.programs()) {
      table.Add({program.code(), program.display_name(), RupiahText(program.budget().original()),
                 RupiahText(program.budget().budget()), RupiahText(program.budget().realized()),
                 FigureCell(program.budget().absorption())});
    }
  }
  return table.empty() ? "" : Title("Program", screen) + table.Render(screen);
}

template <typename Visit>
void ForEachSubActivity(const Scorecard& card, Visit visit) {
  for (const ObjectiveScore& objective : card.objectives()) {
    for (const auto& program : objective.programs()) {
      for (const auto& activity : program.activities()) {
        for (const auto& sub : activity.sub_activities()) visit(sub);
      }
    }
  }
}

std::string Outputs(const Scorecard& card, Period period, const Screen& screen) {
  const bool both = period.quarter < kQuarters;
  const std::string quarter = both ? absl::StrCat(" TW ", Roman(period.quarter)) : "";
  std::vector<Column> columns = {{"Kode"},
                                 {"Keluaran", Align::kLeft, true},
                                 MeasureColumn(absl::StrCat("Target", quarter)),
                                 MeasureColumn("Realisasi"),
                                 FigureColumn("Capaian %", both)};
  if (both) {
    columns.push_back(MeasureColumn(absl::StrCat("Target ", period.year)));
    columns.push_back(FigureColumn(absl::StrCat("Capaian ", period.year), both));
  }
  Table table(columns);
  ClampNotes notes;
  ForEachSubActivity(card, [&](const SubActivityScore& sub) {
    for (const IndicatorScore& output : sub.indicators()) {
      const auto& score = both ? output.to_date() : output.year();
      std::vector<Cell> row = {output.code(), output.display_name(), TargetText(score),
                               MeasureText(score.realization()), ClampedCell(score.achievement())};
      if (both) AddYear(output, row);
      table.Add(std::move(row));
      notes.Add(output.code(), score.achievement());
    }
  });
  if (table.empty()) return "";
  return absl::StrCat(Title("Keluaran sub kegiatan", screen), table.Render(screen),
                      notes.Render(screen));
}

std::string SubActivityBudgets(const Scorecard& card, const Screen& screen) {
  Table table({{"Kode"},
               {"Sub kegiatan", Align::kLeft, true},
               {"Pagu", Align::kRight},
               {"Realisasi", Align::kRight},
               FigureColumn("Serapan %", false)});
  ForEachSubActivity(card, [&](const SubActivityScore& sub) {
    table.Add({sub.code(), sub.display_name(), RupiahText(sub.budget().budget()),
               RupiahText(sub.budget().realized()), FigureCell(sub.budget().absorption())});
  });
  return table.empty() ? "" : Title("Anggaran sub kegiatan", screen) + table.Render(screen);
}

std::string Budget(const BudgetScore& budget, const EfficiencyScore& efficiency,
                   const Screen& screen) {
  Table table({{"Pagu murni", Align::kRight},
               {"Pagu perubahan", Align::kRight},
               {"Realisasi", Align::kRight},
               FigureColumn("Serapan %", false)});
  table.Add({RupiahText(budget.original()), RupiahText(budget.budget()),
             RupiahText(budget.realized()), FigureCell(budget.absorption())});
  const std::string text = EfficiencyText(efficiency), parts = RenderBudgetParts(budget, screen);
  return absl::StrCat(Title("Anggaran", screen), table.Render(screen),
                      text.empty() ? "" : absl::StrCat("Efisiensi ", Printable(text), "\n"),
                      parts.empty() ? "" : Title("Menurut jenis belanja dan sumber dana", screen),
                      parts);
}

}  // namespace

std::string RenderScorecard(const Scorecard& card, const Screen& screen) {
  const Period period = PeriodOf(card);
  std::string text = Heading(card, period, screen) + AgencyLine(card.achievement(), screen);
  for (const ObjectiveScore& objective : card.objectives()) {
    text += Objective(objective, period, screen);
  }
  text += Programs(card, screen);
  text += Outputs(card, period, screen);
  text += SubActivityBudgets(card, screen);
  text += Budget(card.budget(), card.efficiency(), screen);
  const std::string narratives = RenderNarratives(card, screen);
  if (!narratives.empty()) text += Title("Keterangan perangkat daerah", screen) + narratives;
  if (card.findings_size() > 0) {
    text += Title(absl::StrCat("Temuan (", card.findings_size(), ")"), screen);
    for (const auto& finding : card.findings()) text += RenderFinding(finding, screen);
  }
  return text;
}

std::string RenderScorecardList(const std::vector<Scorecard>& cards, const std::vector<int>& ranks,
                                const Screen& screen) {
  const bool ranked = ranks.size() == cards.size();
  std::vector<Column> columns = {{"Instansi"},
                                 {"Nama", Align::kLeft, true},
                                 {"Capaian", Align::kRight},
                                 {"Predikat"},
                                 {"Tercapai"},
                                 {"Pagu", Align::kRight},
                                 {"Realisasi", Align::kRight},
                                 FigureColumn("Serapan %", false),
                                 {"Temuan", Align::kRight}};
  if (ranked) columns.insert(columns.begin(), {"Peringkat", Align::kRight});
  Table table(columns);
  for (size_t i = 0; i < cards.size(); ++i) {
    const Scorecard& card = cards[i];
    std::vector<Cell> row = {Cell(AgencyOf(card.name())),
                             card.agency_display_name(),
                             FigureCell(card.achievement().figure()),
                             RatingCell(card.achievement()),
                             MetCell(card.achievement()),
                             RupiahText(card.budget().budget()),
                             RupiahText(card.budget().realized()),
                             FigureCell(card.budget().absorption()),
                             absl::StrCat(card.findings_size())};
    if (ranked) row.insert(row.begin(), ranks[i] == 0 ? "-" : absl::StrCat(ranks[i]));
    table.Add(std::move(row));
  }
  return table.Render(screen);
}

}  // namespace sakip::cli
