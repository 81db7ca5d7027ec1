// FormWords: the cells of a form as Indonesian readers know them. Pure functions.
#ifndef SAKIP_SERVICES_CLI_VIEW_FORM_WORDS_H_
#define SAKIP_SERVICES_CLI_VIEW_FORM_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sakip/scoring/v1/renja_evaluation.pb.h"

namespace sakip::cli {

// `belum dilaporkan`; empty where the cell has a number.
absl::string_view CellWords(scoring::v1::CellState state);

// `sementara`, `tidak tercatat`: the state of a year.
absl::string_view YearWords(scoring::v1::CellState state);

// A column of targets or realizations of Formulir E.81.
struct FormColumn {
  std::string number;  // `5`
  std::string name;    // `Target akhir Renstra`
  const scoring::v1::FormCell* cell = nullptr;
};

// The eight of them, in the order of the form.
std::vector<FormColumn> ColumnsOf(const scoring::v1::RenjaEvaluationRow& row);

// What must be known about a number of a row.
struct FormNote {
  std::string code;  // Of the indicator, or of what the money is of.
  std::string text;  // `(6) K: tanpa 2021 (tidak tercatat)`
};

std::vector<FormNote> NotesOf(const scoring::v1::RenjaEvaluationRow& row);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_FORM_WORDS_H_
