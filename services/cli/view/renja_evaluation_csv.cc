// Formulir E.81 as a table of a spreadsheet.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/csv/csv_table.h"
#include "services/cli/view/form_words.h"
#include "services/cli/view/renja_evaluation_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::FormAmount;
using ::sakip::scoring::v1::FormDegree;
using ::sakip::scoring::v1::RenjaEvaluationRow;

std::string AmountText(const FormAmount& amount, const std::string& unit) {
  if (!amount.has_measure()) return std::string(CellWords(amount.state()));
  std::string text = amount.measure().value();
  if (amount.has_upper()) absl::StrAppend(&text, "-", amount.upper().value());
  if (amount.measure().unit() != unit) absl::StrAppend(&text, " ", amount.measure().unit());
  return text;
}

std::string DegreeText(const FormDegree& degree) {
  return degree.has_figure() ? degree.figure().value() : std::string(CellWords(degree.state()));
}

// A heading or a cell for performance and one for money.
void AddPair(std::vector<std::string>& row, std::string performance, std::string money) {
  row.push_back(std::move(performance));
  row.push_back(std::move(money));
}

std::vector<std::string> Header() {
  std::vector<std::string> header = {"tingkat",        "kode_sasaran", "kode",  "uraian",
                                     "kode_indikator", "indikator",    "satuan"};
  RenjaEvaluationRow names;
  for (int quarter = 0; quarter < 4; ++quarter) names.add_quarters();
  const auto add = [&](absl::string_view number, absl::string_view name) {
    const std::string head =
        absl::StrCat(number.empty() ? "" : absl::StrCat("(", number, ") "), name);
    AddPair(header, absl::StrCat(head, " K"), absl::StrCat(head, " Rp"));
  };
  for (const FormColumn& column : ColumnsOf(names)) {
    add(column.number, column.name);
    if (column.number == "12") add("", "Tingkat capaian Renja %");
    if (column.number == "13") add("14", "Tingkat capaian Renstra %");
  }
  for (const char* name : {"(15) Unit penanggung jawab", "(16) Faktor pendorong",
                           "(16) Faktor penghambat", "(16) Tindak lanjut", "catatan"}) {
    header.push_back(name);
  }
  return header;
}

std::string Both(const std::string& first, const std::string& second) {
  return absl::StrCat(first, first.empty() || second.empty() ? "" : "; ", second);
}

std::vector<std::string> RowOf(const RenjaEvaluationRow& from) {
  const std::string& unit = from.annual_target().performance().measure().unit();
  std::vector<std::string> row = {std::string(LevelWord(from.level())),
                                  from.objective_code(),
                                  from.code(),
                                  from.display_name(),
                                  from.indicator_code(),
                                  from.indicator_display_name(),
                                  unit};
  for (const FormColumn& column : ColumnsOf(from)) {
    AddPair(row, AmountText(column.cell->performance(), unit),
            AmountText(column.cell->money(), "Rp"));
    const auto* degree = column.number == "12"   ? &from.annual_achievement()
                         : column.number == "13" ? &from.strategic_achievement()
                                                 : nullptr;
    if (degree == nullptr) continue;
    AddPair(row, DegreeText(degree->performance()), DegreeText(degree->money()));
  }
  row.push_back(absl::StrJoin(from.responsible_units(), ", "));
  row.push_back(Both(from.narrative().success_factors(), from.node_narrative().success_factors()));
  row.push_back(Both(from.narrative().constraints(), from.node_narrative().constraints()));
  row.push_back(Both(from.narrative().follow_up(), from.node_narrative().follow_up()));
  row.push_back(absl::StrJoin(NotesOf(from), "; ", [](std::string* out, const FormNote& note) {
    absl::StrAppend(out, note.text);
  }));
  return row;
}

}  // namespace

std::string RenjaEvaluationCsv(const scoring::v1::RenjaEvaluation& form) {
  std::string text = WriteCsvRow(Header());
  for (const RenjaEvaluationRow& row : form.rows()) text += WriteCsvRow(RowOf(row));
  return text;
}

}  // namespace sakip::cli
