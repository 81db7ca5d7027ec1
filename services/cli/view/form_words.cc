#include "services/cli/view/form_words.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::CellState;
using ::sakip::scoring::v1::EarlierYear;
using ::sakip::scoring::v1::FormAmount;
using ::sakip::scoring::v1::RenjaEvaluationRow;

// Years in which nothing was planned lack nothing.
bool Lacks(const EarlierYear& year) {
  return year.state() != scoring::v1::CELL_STATE_NOT_PLANNED &&
         year.state() != scoring::v1::CELL_STATE_NOT_APPLICABLE &&
         year.state() != scoring::v1::CELL_STATE_NOT_DUE;
}

// The texts of the notes of a number; of a quarter where `quarter` is one.
std::vector<std::string> TextsOf(const FormAmount& amount, int quarter) {
  std::vector<std::string> texts;
  if (amount.from_quarter() > 0) {
    texts.push_back(absl::StrCat("TW ", Roman(amount.from_quarter()), " s.d. ", Roman(quarter),
                                 ", karena diajukan s.d. triwulan"));
  }
  if (!amount.has_measure()) return texts;
  std::vector<std::string> without;
  for (const EarlierYear& year : amount.uncounted_years()) {
    if (!Lacks(year)) continue;
    without.push_back(absl::StrCat(year.year(), " (", YearWords(year.state()), ")"));
  }
  if (!without.empty()) {
    texts.push_back(absl::StrCat("tanpa ", absl::StrJoin(without, ", ")));
  } else if (amount.state() == scoring::v1::CELL_STATE_PARTIAL) {
    texts.push_back("tanpa sub kegiatan yang belum dilaporkan");
  }
  return texts;
}

}  // namespace

absl::string_view CellWords(CellState state) {
  switch (state) {
    case scoring::v1::CELL_STATE_NOT_PLANNED:
      return "tidak direncanakan";
    case scoring::v1::CELL_STATE_NOT_RECORDED:
      return "tidak tercatat";
    case scoring::v1::CELL_STATE_NOT_DUE:
      return "belum jatuh tempo";
    case scoring::v1::CELL_STATE_MISSING:
      return "belum dilaporkan";
    case scoring::v1::CELL_STATE_NOT_APPLICABLE:
      return "tidak berlaku";
    case scoring::v1::CELL_STATE_NOT_SCORED:
      return "tidak dapat dinilai";
    case scoring::v1::CELL_STATE_PARTIAL:
      return "tahun belum lengkap";
    case scoring::v1::CELL_STATE_IN_FIRST_ROW:
      return "lihat baris pertama";
    default:
      return "";
  }
}

absl::string_view YearWords(CellState state) {
  switch (state) {
    case scoring::v1::CELL_STATE_FINAL:
      return "final";
    case scoring::v1::CELL_STATE_PROVISIONAL:
      return "sementara";
    default:
      return CellWords(state);
  }
}

std::vector<FormColumn> ColumnsOf(const RenjaEvaluationRow& row) {
  std::vector<FormColumn> columns = {
      {"5", "Target akhir Renstra", &row.strategic_target()},
      {"6", "Realisasi Renstra s.d. tahun lalu", &row.strategic_realization_before()},
      {"7", "Target Renja", &row.annual_target()}};
  for (int i = 0; i < row.quarters_size(); ++i) {
    columns.push_back(
        {absl::StrCat(8 + i), absl::StrCat("Realisasi TW ", Roman(i + 1)), &row.quarters(i)});
  }
  columns.push_back({"12", "Realisasi Renja", &row.annual_realization()});
  columns.push_back({"13", "Realisasi Renstra", &row.strategic_realization()});
  return columns;
}

std::vector<FormNote> NotesOf(const RenjaEvaluationRow& row) {
  std::vector<FormNote> notes;
  int index = 0;
  for (const FormColumn& column : ColumnsOf(row)) {
    const int quarter = index++ - 2;  // Of columns (8) to (11).
    for (const std::string& text : TextsOf(column.cell->performance(), quarter)) {
      notes.push_back({row.indicator_code(), absl::StrCat("(", column.number, ") K: ", text)});
    }
    for (const std::string& text : TextsOf(column.cell->money(), quarter)) {
      notes.push_back({row.code(), absl::StrCat("(", column.number, ") Rp: ", text)});
    }
  }
  return notes;
}

}  // namespace sakip::cli
