#include "common/finding/finding.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"

namespace sakip {
namespace {

using Severity = Finding::Severity;

struct Sentence {
  FindingCode code;
  const char* name;
  Severity severity;
  const char* english;
  const char* indonesian;
};

constexpr Sentence kSentences[] = {
    {FindingCode::kActionPlanQuartersDiffer, "ACTION_PLAN_QUARTERS_DIFFER", Severity::kWarning,
     "the quarter targets of the action plan do not make its target of the year",
     "target triwulan pada rencana aksi tidak menghasilkan target tahunannya"},
    {FindingCode::kActionPlanTargetDiffers, "ACTION_PLAN_TARGET_DIFFERS", Severity::kWarning,
     "action plan and annual plan in force promise different targets",
     "target rencana aksi berbeda dari target rencana kinerja tahunan yang berlaku"},
    {FindingCode::kActionPlanUnitDiffers, "ACTION_PLAN_UNIT_DIFFERS", Severity::kWarning,
     "action plan and annual plan in force measure in different units; a quarter target in another "
     "unit is not used",
     "satuan rencana aksi berbeda dari rencana kinerja tahunan yang berlaku; target triwulan "
     "dengan "
     "satuan lain tidak dipakai"},
    {FindingCode::kAgreementBudgetDiffers, "AGREEMENT_BUDGET_DIFFERS", Severity::kError,
     "performance agreement and annual plan in force give the program different budgets",
     "anggaran program pada perjanjian kinerja berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kAgreementSumDiffers, "AGREEMENT_SUM_DIFFERS", Severity::kError,
     "the program budgets of the performance agreement do not add up to its total",
     "jumlah anggaran program pada perjanjian kinerja tidak sama dengan totalnya"},
    {FindingCode::kAgreementTargetDiffers, "AGREEMENT_TARGET_DIFFERS", Severity::kError,
     "performance agreement and annual plan in force promise different targets",
     "target perjanjian kinerja berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kAgreementTotalDiffers, "AGREEMENT_TOTAL_DIFFERS", Severity::kError,
     "performance agreement and annual plan in force state different total budgets",
     "total anggaran perjanjian kinerja berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kAnnualPlanSumDiffers, "ANNUAL_PLAN_SUM_DIFFERS", Severity::kError,
     "the budgets of the annual plan do not add up to its total",
     "jumlah anggaran pada rencana kinerja tahunan tidak sama dengan totalnya"},
    {FindingCode::kChangedSinceApproval, "CHANGED_SINCE_APPROVAL", Severity::kWarning,
     "what was submitted is not what the head of the agency had approved",
     "yang dilaporkan bukan yang disetujui kepala perangkat daerah"},
    {FindingCode::kClosedQuarterWouldChange, "CLOSED_QUARTER_WOULD_CHANGE", Severity::kInfo,
     "a revision published after the quarter closed would have changed what it is scored against; "
     "it does not",
     "revisi yang terbit setelah triwulan ditutup akan mengubah dasar penilaiannya; tidak dipakai"},
    {FindingCode::kCodeNotInPlan, "CODE_NOT_IN_PLAN", Severity::kError,
     "submitted, but not in the annual plan in force; not scored",
     "dilaporkan tetapi tidak ada dalam rencana kinerja tahunan yang berlaku; tidak dinilai"},
    {FindingCode::kFormulaNotApplicable, "FORMULA_NOT_APPLICABLE", Severity::kError,
     "the formula gives no number for these values; not scored",
     "rumus tidak menghasilkan angka untuk nilai ini; tidak dinilai"},
    {FindingCode::kNextTargetPassed, "NEXT_TARGET_PASSED", Severity::kInfo,
     "the realization is already beyond the target through the next quarter",
     "realisasi sudah melampaui target s.d. triwulan berikutnya"},
    {FindingCode::kNotReproducible, "NOT_REPRODUCIBLE", Severity::kWarning,
     "a bare percentage was submitted where the decreed formula asks for numerator and denominator",
     "hanya persentase yang dilaporkan, padahal rumusnya meminta pembilang dan penyebut"},
    {FindingCode::kNumeratorAboveDenominator, "NUMERATOR_ABOVE_DENOMINATOR", Severity::kWarning,
     "the numerator is greater than the denominator", "pembilang lebih besar daripada penyebut"},
    {FindingCode::kQuarterNotReported, "QUARTER_NOT_REPORTED", Severity::kWarning,
     "due in a quarter for which no value was submitted; the figure rests on other quarters",
     "jatuh tempo pada triwulan yang nilainya tidak dilaporkan; angka ini bertumpu pada triwulan "
     "lain"},
    {FindingCode::kRealizedOverBudget, "REALIZED_OVER_BUDGET", Severity::kError,
     "more was spent than the budget in force allows", "realisasi melebihi anggaran yang berlaku"},
    {FindingCode::kRoundingWouldHideMiss, "ROUNDING_WOULD_HIDE_MISS", Severity::kInfo,
     "rounded to the usual digits the figure would read better than it is; more digits are printed",
     "dengan pembulatan biasa angka ini terbaca lebih baik; dicetak dengan lebih banyak desimal"},
    {FindingCode::kShareNotAsNamed, "SHARE_NOT_AS_NAMED", Severity::kError,
     "the submitted share is not the share of the named indicators whose target is met",
     "persentase yang dilaporkan bukan persentase indikator yang targetnya tercapai"},
    {FindingCode::kStrategicTargetDiffers, "STRATEGIC_TARGET_DIFFERS", Severity::kWarning,
     "strategic plan and annual plan in force promise different targets for the year",
     "target rencana strategis berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kUnitDiffers, "UNIT_DIFFERS", Severity::kError,
     "submitted in another unit than the plan in force measures in; not scored",
     "dilaporkan dengan satuan yang berbeda dari rencana yang berlaku; tidak dinilai"},
    {FindingCode::kYearToDateFalls, "YEAR_TO_DATE_FALLS", Severity::kError,
     "the value to date is smaller than one of an earlier quarter",
     "nilai s.d. triwulan ini lebih kecil daripada nilai triwulan sebelumnya"},
    {FindingCode::kYearUnitDiffers, "YEAR_UNIT_DIFFERS", Severity::kWarning,
     "the plan in force at the end of the year measures in another unit than the quarter's; not "
     "scored against the year's target",
     "satuan rencana yang berlaku pada akhir tahun berbeda dari satuan triwulan ini; tidak dinilai "
     "terhadap target tahunan"},
    {FindingCode::kZeroDenominator, "ZERO_DENOMINATOR", Severity::kError,
     "the denominator is zero; not scored", "penyebutnya nol; tidak dinilai"},
    {FindingCode::kZeroTarget, "ZERO_TARGET", Severity::kError,
     "something was realized against a target of zero; not scored",
     "ada realisasi terhadap target nol; tidak dinilai"},
};

const Sentence& Find(FindingCode code) {
  for (const Sentence& sentence : kSentences) {
    if (sentence.code == code) return sentence;
  }
  SAKIP_CHECK(false);
}

std::string WithDetail(const char* sentence, absl::string_view detail) {
  return detail.empty() ? std::string(sentence) : absl::StrCat(sentence, ": ", detail);
}

}  // namespace

absl::string_view FindingCodeName(FindingCode code) { return Find(code).name; }

void Findings::Add(FindingCode code, absl::string_view subject, std::vector<FindingFigure> figures,
                   absl::string_view detail, About about) {
  if (!seen_.emplace(code, about, std::string(subject)).second) return;
  const Sentence& sentence = Find(code);
  findings_.push_back({sentence.name, sentence.severity, std::string(subject),
                       WithDetail(sentence.english, detail),
                       WithDetail(sentence.indonesian, detail), std::move(figures)});
}

std::vector<Finding> Findings::Take() && {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.severity, a.code, a.subject) < std::tie(b.severity, b.code, b.subject);
  });
  return std::move(findings_);
}

}  // namespace sakip
