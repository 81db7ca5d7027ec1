#include "services/cli/view/analyses_view.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/sources_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::AnalysisNeed;
using ::sakip::scoring::v1::AnalysisSubject;
using ::sakip::scoring::v1::MandatoryAnalyses;
using ::sakip::scoring::v1::MandatoryAnalysis;
using Align = Column::Align;

absl::string_view KindWords(MandatoryAnalysis::Kind kind) {
  switch (kind) {
    case MandatoryAnalysis::KIND_TARGET_AND_REALIZATION:
      return "Target dan realisasi tahun ini";
    case MandatoryAnalysis::KIND_EARLIER_YEARS:
      return "Realisasi dan capaian dibanding tahun-tahun sebelumnya";
    case MandatoryAnalysis::KIND_STRATEGIC_TARGET:
      return "Realisasi dibanding target jangka menengah (Renstra)";
    case MandatoryAnalysis::KIND_NATIONAL_STANDARD:
      return "Realisasi dibanding standar nasional";
    case MandatoryAnalysis::KIND_CAUSES_AND_SOLUTIONS:
      return "Penyebab keberhasilan atau kegagalan, dan solusi";
    case MandatoryAnalysis::KIND_EFFICIENCY:
      return "Efisiensi penggunaan sumber daya";
    case MandatoryAnalysis::KIND_SUPPORTING_PROGRAMS:
      return "Program dan kegiatan yang menunjang keberhasilan atau kegagalan";
    default:
      return "-";
  }
}

Cell PresenceCell(MandatoryAnalysis::Presence presence) {
  switch (presence) {
    case MandatoryAnalysis::PRESENCE_PRESENT:
      return Cell("ada", Color::kGreen);
    case MandatoryAnalysis::PRESENCE_PARTLY:
      return Cell("sebagian", Color::kYellow);
    case MandatoryAnalysis::PRESENCE_EMPTY:
      return Cell("kosong", Color::kRed);
    case MandatoryAnalysis::PRESENCE_MISSING:
      return Cell("tidak ada", Color::kRed);
    default:
      return Cell("-");
  }
}

absl::string_view NeedWords(AnalysisNeed::Kind kind) {
  switch (kind) {
    case AnalysisNeed::KIND_REALIZATION:
      return "realisasi indikator";
    case AnalysisNeed::KIND_EARLIER_PLAN:
      return "rencana tahunan yang memuat indikator";
    case AnalysisNeed::KIND_EARLIER_REALIZATION:
      return "realisasi indikator";
    case AnalysisNeed::KIND_SAME_DEFINITION:
      return "penjelasan: definisi indikator lain";
    case AnalysisNeed::KIND_STRATEGIC_PLAN:
      return "Renstra yang berlaku";
    case AnalysisNeed::KIND_STRATEGIC_TARGET:
      return "target indikator dalam Renstra";
    case AnalysisNeed::KIND_COMPARABLE_TARGET:
      return "target Renstra yang dapat dibandingkan";
    case AnalysisNeed::KIND_NATIONAL_VALUE:
      return "nilai pembanding nasional (jika ada standar nasional)";
    case AnalysisNeed::KIND_COMPARABLE_NATIONAL_VALUE:
      return "nilai pembanding nasional dalam satuan indikator";
    case AnalysisNeed::KIND_SUCCESS_FACTORS:
      return "faktor pendorong";
    case AnalysisNeed::KIND_CONSTRAINTS:
      return "kendala";
    case AnalysisNeed::KIND_FOLLOW_UP:
      return "tindak lanjut";
    case AnalysisNeed::KIND_ACHIEVEMENT:
      return "realisasi yang memberi capaian";
    case AnalysisNeed::KIND_REALIZED_BUDGET:
      return "realisasi anggaran";
    case AnalysisNeed::KIND_EFFICIENCY_METHOD:
      return "kebijakan dengan metode efisiensi";
    case AnalysisNeed::KIND_PROGRAM:
      return "program yang menunjang sasaran";
    case AnalysisNeed::KIND_PROGRAM_NARRATIVE:
      return "keterangan tentang program, keluaran atau anggarannya";
    case AnalysisNeed::KIND_EFFICIENCY:
      return "penjelasan: metode tidak memberi angka";
    default:
      return "-";
  }
}

std::string NeedsText(const AnalysisSubject& subject) {
  std::vector<std::string> needs;
  for (const AnalysisNeed& need : subject.needs()) {
    needs.push_back(need.year() == 0 ? std::string(NeedWords(need.kind()))
                                     : absl::StrCat(NeedWords(need.kind()), " ", need.year()));
  }
  return absl::StrJoin(needs, "; ");
}

std::string Lacking(int number, const MandatoryAnalysis& analysis, const Screen& screen) {
  Table table({{"Kode"}, {"Nama", Align::kLeft, true}, {"Yang kurang", Align::kLeft, true}});
  for (const AnalysisSubject& subject : analysis.subjects()) {
    if (subject.state() != AnalysisSubject::STATE_LACKING) continue;
    table.Add({subject.code(), subject.display_name(), NeedsText(subject)});
  }
  if (table.empty()) return "";
  const std::string title = absl::StrCat(number, ". ", KindWords(analysis.kind()));
  return absl::StrCat("\n", Paint(title, Color::kBold, screen.color), "\n", table.Render(screen));
}

int Complete(const MandatoryAnalysis& analysis, int& needed) {
  int complete = 0;
  for (const AnalysisSubject& subject : analysis.subjects()) {
    if (subject.state() == AnalysisSubject::STATE_COMPLETE) ++complete;
    if (subject.state() != AnalysisSubject::STATE_NOT_NEEDED) ++needed;
  }
  return complete;
}

}  // namespace

std::string RenderAnalyses(const MandatoryAnalyses& list, const Screen& screen) {
  const auto period = ParsePeriod(list.name().substr(list.name().rfind('/') + 1));
  std::string text =
      absl::StrCat(Paint(Printable(list.agency_display_name()), Color::kBold, screen.color), "\n",
                   Printable(AgencyOf(list.name())), "\n");
  if (period.ok()) {
    absl::StrAppend(&text, "Periode    Triwulan ", Roman(period->quarter), " ", period->year, "\n");
  }
  absl::StrAppend(&text, RenderSources(list.sources(), screen), "\n");
  Table table({{"No", Align::kRight},
               {"Analisis (PermenPANRB 53/2014)", Align::kLeft, true},
               {"Keadaan"},
               {"Lengkap", Align::kRight}});
  std::string details;
  int number = 0;
  for (const MandatoryAnalysis& analysis : list.analyses()) {
    int needed = 0;
    const int complete = Complete(analysis, needed);
    table.Add({absl::StrCat(++number), KindWords(analysis.kind()),
               PresenceCell(analysis.presence()), absl::StrCat(complete, " dari ", needed)});
    details += Lacking(number, analysis, screen);
  }
  return absl::StrCat(text, table.Render(screen), details);
}

}  // namespace sakip::cli
