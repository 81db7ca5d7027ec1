#include "services/cli/view/import_view.h"

#include "absl/strings/str_cat.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::realization::v1::ImportSummary;
using ::sakip::realization::v1::ItemOutcome;
using Align = Column::Align;

Cell OutcomeCell(const ItemOutcome& outcome) {
  switch (outcome.outcome()) {
    case ItemOutcome::OUTCOME_CREATED:
      return Cell("dibuat", Color::kGreen);
    case ItemOutcome::OUTCOME_UPDATED:
      return Cell("diperbarui", Color::kGreen);
    case ItemOutcome::OUTCOME_UNCHANGED:
      return "tidak berubah";
    case ItemOutcome::OUTCOME_IGNORED:
      return "dilewati";
    case ItemOutcome::OUTCOME_FAILED:
      return Cell("ditolak", Color::kRed);
    case ItemOutcome::OUTCOME_NOT_STORED:
      return Cell("tidak disimpan", Color::kYellow);
    default:
      return "-";
  }
}

}  // namespace

std::string RenderImportSummary(const ImportSummary& summary, const Screen& screen) {
  std::string text =
      absl::StrCat("dibuat ", summary.created(), ", diperbarui ", summary.updated(),
                   ", tidak berubah ", summary.unchanged(), ", dilewati ", summary.ignored(),
                   ", ditolak ", summary.failed(), ", tidak disimpan ", summary.not_stored(), "\n",
                   summary.dry_run() ? "UJI COBA: tidak ada yang disimpan\n" : "", "\n");
  Table table({{"No", Align::kRight},
               {"Pengajuan"},
               {"Hasil"},
               {"Revisi", Align::kRight},
               {"Posisi", Align::kRight},
               {"Sebab", Align::kLeft, true}});
  for (const ItemOutcome& outcome : summary.outcomes()) {
    table.Add({absl::StrCat(outcome.index()), outcome.name(), OutcomeCell(outcome),
               outcome.revision() == 0 ? "" : absl::StrCat(outcome.revision()),
               outcome.has_receipt() ? absl::StrCat(outcome.receipt().position()) : "",
               outcome.error().reason()});
  }
  return text + table.Render(screen);
}

}  // namespace sakip::cli
