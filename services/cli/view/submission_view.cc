#include "services/cli/view/submission_view.h"

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "common/exact/number_format.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/quarter_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::realization::v1::IndicatorRealization;
using ::sakip::realization::v1::Submission;
using Align = Column::Align;

// What a reader must know of the state besides its name.
std::string StateText(const Submission& submission) {
  return absl::StrCat(StateWord(submission.state()), submission.late() ? ", terlambat" : "",
                      submission.changed_since_approval() ? ", berubah setelah disetujui" : "");
}

absl::string_view CoverageWords(Submission::Coverage coverage) {
  switch (coverage) {
    case Submission::COVERAGE_QUARTER:
      return "triwulan saja";
    case Submission::COVERAGE_YEAR_TO_DATE:
      return "s.d. triwulan";
    default:
      return "-";
  }
}

// `3 dari 10 baris`.
std::string EvidenceWords(const Submission& submission) {
  const auto& coverage = submission.evidence_coverage();
  return absl::StrCat(coverage.lines_with_evidence(), " dari ", coverage.lines(), " baris");
}

std::string ValueText(const IndicatorRealization& line) {
  const std::string unit = line.unit().empty() ? "" : absl::StrCat(" ", line.unit());
  switch (line.value_case()) {
    case IndicatorRealization::kQuantity:
      return exact::FormatIndonesian(line.quantity()) + unit;
    case IndicatorRealization::kRatio:
      return absl::StrCat(exact::FormatIndonesian(line.ratio().numerator()), " / ",
                          exact::FormatIndonesian(line.ratio().denominator()));
    case IndicatorRealization::kPercentage:
      return absl::StrCat(exact::FormatIndonesian(line.percentage()), " %");
    case IndicatorRealization::kNotApplicableReason:
      return "tidak berlaku";
    case IndicatorRealization::VALUE_NOT_SET:
      break;
  }
  return "-";
}

// What a reader needs of the narrative in one cell: why it does not apply, or what stood in the
// way.
const std::string& Remark(const IndicatorRealization& line) {
  if (line.value_case() == IndicatorRealization::kNotApplicableReason) {
    return line.not_applicable_reason();
  }
  return line.narrative().constraints();
}

std::string Heading(const Submission& submission, const Screen& screen) {
  std::string text =
      absl::StrCat("Pengajuan    ", Printable(submission.name()), "\n", "Revisi       ",
                   submission.revision(), ", ", StateText(submission), "\n", "Cakupan      ",
                   CoverageWords(submission.coverage()), "\n");
  const std::string accepted =
      absl::StrCat(TimeText(submission.submit_time()), " oleh ", submission.submitter(),
                   " (log realization posisi ", submission.log_position(), ")");
  absl::StrAppend(&text, Paragraph("Diterima     ", accepted, screen.columns));
  absl::StrAppend(&text, "Bukti        ", EvidenceWords(submission), "\n");
  if (!submission.reason().empty()) {
    absl::StrAppend(&text, Paragraph("Alasan       ", submission.reason(), screen.columns));
  }
  if (submission.has_supersedes()) {
    const auto& before = submission.supersedes();
    const std::string text_before = absl::StrCat(
        "revisi ", before.revision(), " (posisi ", before.log_position(), ")",
        before.approver().empty() ? "" : absl::StrCat(", disetujui oleh ", before.approver()));
    absl::StrAppend(&text, Paragraph("Menggantikan ", text_before, screen.columns));
  }
  if (!submission.source().empty()) {
    absl::StrAppend(&text, Paragraph("Sumber       ", submission.source(), screen.columns));
  }
  if (submission.illustrative()) absl::StrAppend(&text, "ILUSTRASI: angka dibuat-buat\n");
  return text;
}

}  // namespace

std::string RenderSubmission(const Submission& submission, const Screen& screen) {
  std::string text = Heading(submission, screen);
  Table indicators({{"Indikator"}, {"Realisasi", Align::kRight}, {"Kendala", Align::kLeft, true}});
  for (const IndicatorRealization& line : submission.indicators()) {
    indicators.Add({line.indicator_code(), ValueText(line), Remark(line)});
  }
  Table budgets(
      {{"Sub kegiatan"}, {"Realisasi anggaran", Align::kRight}, {"Kendala", Align::kLeft, true}});
  for (const auto& line : submission.budgets()) {
    budgets.Add(
        {line.sub_activity_code(), RupiahText(line.realized()), line.narrative().constraints()});
  }
  Table parts({{"Sub kegiatan"},
               {"Jenis belanja"},
               {"Sumber dana", Align::kLeft, true},
               {"Realisasi anggaran", Align::kRight}});
  for (const auto& line : submission.budgets()) {
    for (const auto& part : line.realized_parts()) {
      parts.Add({line.sub_activity_code(), Cell(ExpenditureKindWords(part.expenditure_kind())),
                 part.funding_source(), RupiahText(part.amount())});
    }
  }
  if (!indicators.empty()) absl::StrAppend(&text, "\n", indicators.Render(screen));
  if (!budgets.empty()) absl::StrAppend(&text, "\n", budgets.Render(screen));
  if (!parts.empty()) absl::StrAppend(&text, "\n", parts.Render(screen));
  return text;
}

std::string RenderSubmissionList(const std::vector<Submission>& submissions, const Screen& screen) {
  Table table({{"Instansi"},
               {"Triwulan"},
               {"Revisi", Align::kRight},
               {"Status"},
               {"Cakupan"},
               {"Bukti"},
               {"Diterima"},
               {"Posisi", Align::kRight}});
  for (const Submission& submission : submissions) {
    const absl::string_view name = submission.name();
    table.Add({Cell(AgencyOf(name)), Cell(name.substr(name.rfind('/') + 1)),
               absl::StrCat(submission.revision()), StateText(submission),
               Cell(CoverageWords(submission.coverage())), EvidenceWords(submission),
               TimeText(submission.submit_time()), absl::StrCat(submission.log_position())});
  }
  return table.Render(screen);
}

}  // namespace sakip::cli
