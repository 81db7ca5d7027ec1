#include "services/cli/view/region_view.h"

#include "absl/strings/str_cat.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::planning::v1::CodeEdition;
using ::sakip::planning::v1::ReferenceValue;
using ::sakip::planning::v1::ReferenceValueOutcome;
using Align = Column::Align;

std::string KindText(CodeEdition::Kind kind) {
  return kind == CodeEdition::KIND_REGIONS ? "wilayah" : "nomenklatur";
}

std::string ValidityText(const CodeEdition& edition) {
  return absl::StrCat(edition.valid_from(), " s.d. ",
                      edition.valid_to().empty() ? "sekarang" : edition.valid_to());
}

}  // namespace

std::string RenderCodeEdition(const CodeEdition& edition, const Screen& screen) {
  std::string text;
  for (const auto& [label, value] : {std::pair("Edisi           ", edition.name()),
                                     std::pair("Nama            ", edition.display_name()),
                                     std::pair("Jenis           ", KindText(edition.kind())),
                                     std::pair("Dasar hukum     ", edition.legal_basis()),
                                     std::pair("Berlaku         ", ValidityText(edition))}) {
    text += Paragraph(label, value, screen.columns);
  }
  Table table(
      {{"Kode"}, {"Nama", Align::kLeft, true}, {"Indikator", Align::kLeft, true}, {"Satuan"}});
  for (const auto& entry : edition.entries()) {
    table.Add({entry.code(), entry.display_name(), entry.indicator(), entry.unit()});
  }
  return absl::StrCat(text, "\n", table.Render(screen));
}

std::string RenderCodeEditionList(const planning::v1::ListCodeEditionsResponse& list,
                                  const Screen& screen) {
  Table table({{"Edisi"},
               {"Jenis"},
               {"Nama", Align::kLeft, true},
               {"Dasar hukum", Align::kLeft, true},
               {"Berlaku"},
               {"Kode", Align::kRight}});
  for (const CodeEdition& edition : list.code_editions()) {
    table.Add({edition.name(), KindText(edition.kind()), edition.display_name(),
               edition.legal_basis(), ValidityText(edition), absl::StrCat(edition.entry_count())});
  }
  return table.Render(screen);
}

std::string RenderReferenceOutcomes(const planning::v1::PublishReferenceValuesResponse& response) {
  std::string text = absl::StrCat(
      "dibuat ", response.created_count(), ", diperbarui ", response.updated_count(),
      ", tidak berubah ", response.unchanged_count(), ", ditolak ", response.refused_count(), "\n");
  for (int i = 0; i < response.outcomes_size(); ++i) {
    const ReferenceValueOutcome& outcome = response.outcomes(i);
    if (outcome.outcome() != ReferenceValueOutcome::OUTCOME_REFUSED) continue;
    if (outcome.violations().empty()) absl::StrAppend(&text, "rows[", i, "]: ditolak\n");
    for (const auto& violation : outcome.violations()) {
      absl::StrAppend(&text, Printable(violation.field()), ": ", Printable(violation.description()),
                      "\n");
    }
  }
  return text;
}

std::string RenderReferenceValueList(const planning::v1::ListReferenceValuesResponse& list,
                                     const Screen& screen) {
  Table table({{"Indikator"},
               {"Tahun"},
               {"Tingkat"},
               {"Nilai", Align::kRight},
               {"Sumber", Align::kLeft, true},
               {"Catatan", Align::kLeft, true},
               {"Posisi", Align::kRight}});
  for (const ReferenceValue& value : list.reference_values()) {
    const bool national = value.level() == ReferenceValue::LEVEL_NATIONAL;
    table.Add({value.indicator_code(), absl::StrCat(value.year()),
               national ? "nasional" : "provinsi", MeasureText(value.measure()), value.source(),
               value.note(), absl::StrCat(value.log_position())});
  }
  return table.Render(screen);
}

}  // namespace sakip::cli
