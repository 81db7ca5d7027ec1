#include "common/finding/finding.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/text.h"

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
    {FindingCode::kActionPlanLineMissing, "ACTION_PLAN_LINE_MISSING", Severity::kInfo,
     "planned, but the action plan has no line for it; it is due with the year",
     "direncanakan tetapi tidak ada pada rencana aksi; jatuh tempo pada akhir tahun"},
    {FindingCode::kActionPlanQuarterUnitDiffers, "ACTION_PLAN_QUARTER_UNIT_DIFFERS",
     Severity::kWarning,
     "the quarters of the action plan are in another unit than its target of the year",
     "satuan target triwulan pada rencana aksi berbeda dari satuan target tahunannya"},
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
     "dengan satuan lain tidak dipakai"},
    {FindingCode::kActivityWithoutSubActivity, "ACTIVITY_WITHOUT_SUB_ACTIVITY", Severity::kInfo,
     "no sub-activity serves the activity", "tidak ada sub kegiatan yang mendukung kegiatan ini"},
    {FindingCode::kAgreementBudgetDiffers, "AGREEMENT_BUDGET_DIFFERS", Severity::kError,
     "performance agreement and annual plan in force give the program different budgets",
     "anggaran program pada perjanjian kinerja berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kAgreementNotSigned, "AGREEMENT_NOT_SIGNED", Severity::kWarning,
     "the performance agreement names no parties or no day of signing",
     "perjanjian kinerja tidak menyebut para pihak atau tanggal penandatanganan"},
    {FindingCode::kAgreementPartyDiffers, "AGREEMENT_PARTY_DIFFERS", Severity::kWarning,
     "the party is not the office that the agency is registered with",
     "pihak pada perjanjian kinerja bukan jabatan yang terdaftar pada perangkat daerah"},
    {FindingCode::kAgreementSumDiffers, "AGREEMENT_SUM_DIFFERS", Severity::kError,
     "the program budgets of the performance agreement do not add up to its total",
     "jumlah anggaran program pada perjanjian kinerja tidak sama dengan totalnya"},
    {FindingCode::kAgreementTargetDiffers, "AGREEMENT_TARGET_DIFFERS", Severity::kError,
     "performance agreement and annual plan in force promise different targets",
     "target perjanjian kinerja berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kAgreementTargetMissing, "AGREEMENT_TARGET_MISSING", Severity::kWarning,
     "a key indicator of the annual plan in force is not agreed",
     "indikator kinerja utama pada rencana kinerja tahunan tidak diperjanjikan"},
    {FindingCode::kAgreementTotalDiffers, "AGREEMENT_TOTAL_DIFFERS", Severity::kError,
     "performance agreement and annual plan in force state different total budgets",
     "total anggaran perjanjian kinerja berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kAnnualPlanSumDiffers, "ANNUAL_PLAN_SUM_DIFFERS", Severity::kError,
     "the budgets of the annual plan do not add up to its total",
     "jumlah anggaran pada rencana kinerja tahunan tidak sama dengan totalnya"},
    {FindingCode::kBehindTarget, "BEHIND_TARGET", Severity::kWarning,
     "less was reached through the quarter than its target asks; the year's target is at risk",
     "realisasi s.d. triwulan di bawah targetnya; target tahun ini terancam"},
    {FindingCode::kBudgetPartsDiffer, "BUDGET_PARTS_DIFFER", Severity::kError,
     "the parts by kind and source do not make the budget",
     "rincian menurut jenis dan sumber dana tidak sama dengan anggarannya"},
    {FindingCode::kBudgetWithoutTarget, "BUDGET_WITHOUT_TARGET", Severity::kWarning,
     "money is planned for what has a target of zero", "ada anggaran untuk target nol"},
    {FindingCode::kChangedSinceApproval, "CHANGED_SINCE_APPROVAL", Severity::kWarning,
     "what was submitted is not what the head of the agency had approved",
     "yang dilaporkan bukan yang disetujui kepala perangkat daerah"},
    {FindingCode::kClosedQuarterWouldChange, "CLOSED_QUARTER_WOULD_CHANGE", Severity::kInfo,
     "a revision published after the quarter closed would have changed what it is scored against; "
     "it does not",
     "revisi yang terbit setelah triwulan ditutup akan mengubah dasar penilaiannya; tidak dipakai"},
    {FindingCode::kCodeMisplaced, "CODE_MISPLACED", Severity::kWarning,
     "the nomenclature code is not one below that of what it serves",
     "kode nomenklatur bukan turunan dari kode di atasnya"},
    {FindingCode::kCodeNotInEdition, "CODE_NOT_IN_EDITION", Severity::kWarning,
     "the edition that the plan names does not have the nomenclature code",
     "kode nomenklatur tidak ada dalam edisi yang disebut rencana ini"},
    {FindingCode::kCodeNotInPlan, "CODE_NOT_IN_PLAN", Severity::kError,
     "submitted, but not in the annual plan in force; not scored",
     "dilaporkan tetapi tidak ada dalam rencana kinerja tahunan yang berlaku; tidak dinilai"},
    {FindingCode::kEditionNotValid, "EDITION_NOT_VALID", Severity::kWarning,
     "the edition that the plan names does not hold in its year",
     "edisi nomenklatur yang disebut rencana ini tidak berlaku pada tahunnya"},
    {FindingCode::kEventNotRead, "EVENT_NOT_READ", Severity::kError,
     "an event of the agency and year cannot be read; nothing of it is scored",
     "satu peristiwa perangkat daerah dan tahun ini tidak dapat dibaca; tidak ada yang dinilai"},
    {FindingCode::kFinalTargetBeyondPace, "FINAL_TARGET_BEYOND_PACE", Severity::kWarning,
     "the final target of the strategic plan asks for more a year than the last year brought",
     "target akhir rencana strategis menuntut lebih per tahun daripada yang dicapai tahun "
     "terakhir"},
    {FindingCode::kFindingsLeftOut, "FINDINGS_LEFT_OUT", Severity::kInfo,
     "more was found than is kept with the document; the gravest are kept",
     "temuan lebih banyak daripada yang disimpan; yang paling berat disimpan"},
    {FindingCode::kFormulaNotApplicable, "FORMULA_NOT_APPLICABLE", Severity::kError,
     "the formula gives no number for these values; not scored",
     "rumus tidak menghasilkan angka untuk nilai ini; tidak dinilai"},
    {FindingCode::kGoalNotTraced, "GOAL_NOT_TRACED", Severity::kWarning,
     "the goal names no objective of the region that it serves",
     "tujuan tidak menyebut sasaran daerah yang didukungnya"},
    {FindingCode::kIndicatorWithoutTarget, "INDICATOR_WITHOUT_TARGET", Severity::kWarning,
     "the indicator has no target in any year of the plan",
     "indikator tidak mempunyai target pada tahun mana pun"},
    {FindingCode::kKeyIndicatorFormulaDiffers, "KEY_INDICATOR_FORMULA_DIFFERS", Severity::kWarning,
     "decree and annual plan in force count different things",
     "keputusan IKU dan rencana kinerja tahunan yang berlaku memakai rumus berbeda"},
    {FindingCode::kKeyIndicatorNotDecreed, "KEY_INDICATOR_NOT_DECREED", Severity::kWarning,
     "a key indicator of the annual plan is not in the decree in force",
     "indikator kinerja utama pada rencana kinerja tahunan tidak ada dalam keputusan IKU"},
    {FindingCode::kKeyIndicatorNotPlanned, "KEY_INDICATOR_NOT_PLANNED", Severity::kWarning,
     "decreed, but no key indicator of the annual plan in force",
     "ditetapkan sebagai IKU tetapi tidak ada dalam rencana kinerja tahunan yang berlaku"},
    {FindingCode::kKeyIndicatorSourceMissing, "KEY_INDICATOR_SOURCE_MISSING", Severity::kWarning,
     "the decree names no source of its data", "keputusan IKU tidak menyebut sumber data"},
    {FindingCode::kKeyIndicatorUnitsDiffer, "KEY_INDICATOR_UNITS_DIFFER", Severity::kWarning,
     "the units that the decree holds responsible are not those that carry out what serves its "
     "objective",
     "penanggung jawab menurut keputusan IKU bukan pelaksana sub kegiatan pada sasarannya"},
    {FindingCode::kNameDiffers, "NAME_DIFFERS", Severity::kInfo,
     "two documents give the same code different names",
     "dua dokumen memberi nama berbeda untuk kode yang sama"},
    {FindingCode::kNameRepeated, "NAME_REPEATED", Severity::kInfo,
     "two sub-activities have one name; only their codes tell them apart",
     "dua sub kegiatan bernama sama; hanya kodenya yang membedakan"},
    {FindingCode::kNextTargetPassed, "NEXT_TARGET_PASSED", Severity::kInfo,
     "the realization is already beyond the target through the next quarter",
     "realisasi sudah melampaui target s.d. triwulan berikutnya"},
    {FindingCode::kNotReproducible, "NOT_REPRODUCIBLE", Severity::kWarning,
     "a bare percentage was submitted where the decreed formula asks for numerator and denominator",
     "hanya persentase yang dilaporkan, padahal rumusnya meminta pembilang dan penyebut"},
    {FindingCode::kNumeratorAboveDenominator, "NUMERATOR_ABOVE_DENOMINATOR", Severity::kWarning,
     "the numerator is greater than the denominator", "pembilang lebih besar daripada penyebut"},
    {FindingCode::kObjectiveNotTraced, "OBJECTIVE_NOT_TRACED", Severity::kWarning,
     "the objective is not in the strategic plan in force",
     "sasaran tidak ada dalam rencana strategis yang berlaku"},
    {FindingCode::kObjectiveWithoutProgram, "OBJECTIVE_WITHOUT_PROGRAM", Severity::kWarning,
     "no program serves the objective", "tidak ada program yang mendukung sasaran ini"},
    {FindingCode::kOrgUnitUnknown, "ORG_UNIT_UNKNOWN", Severity::kWarning,
     "the agency has no such unit", "unit ini tidak ada pada perangkat daerah"},
    {FindingCode::kOutlierAgainstYears, "OUTLIER_AGAINST_YEARS", Severity::kWarning,
     "less than half or more than twice of what every earlier year realized",
     "kurang dari setengah atau lebih dari dua kali realisasi setiap tahun sebelumnya"},
    {FindingCode::kOutputRepeated, "OUTPUT_REPEATED", Severity::kWarning,
     "two sub-activities promise one output with one target",
     "dua sub kegiatan menjanjikan keluaran dan target yang sama"},
    {FindingCode::kPrintedArithmeticWrong, "PRINTED_ARITHMETIC_WRONG", Severity::kError,
     "the printed figure does not follow from the figures of its own table",
     "angka tercetak bukan hasil hitung dari angka pada tabelnya sendiri"},
    {FindingCode::kPrintedContradicts, "PRINTED_CONTRADICTS", Severity::kError,
     "the printed figure contradicts another table, a plan or the scorecard",
     "angka tercetak bertentangan dengan tabel lain, dokumen perencanaan atau kartu skor"},
    {FindingCode::kPrintedRoundedOtherwise, "PRINTED_ROUNDED_OTHERWISE", Severity::kInfo,
     "the printed figure is rounded otherwise than half up, or than where it is repeated from",
     "angka tercetak dibulatkan dengan cara lain, atau dengan desimal lain daripada sumbernya"},
    {FindingCode::kPrintedRoundingHidesMiss, "PRINTED_ROUNDING_HIDES_MISS", Severity::kError,
     "as rounded, the printed figure shows a missed target as met, or a better rating",
     "pembulatan membuat target yang tidak tercapai tampak tercapai, atau predikat lebih tinggi"},
    {FindingCode::kPrintedSourceMissing, "PRINTED_SOURCE_MISSING", Severity::kWarning,
     "what the printed figure is said to be taken from is not there",
     "sumber angka tercetak tidak ada"},
    {FindingCode::kPrintedTruncated, "PRINTED_TRUNCATED", Severity::kWarning,
     "the printed figure is cut off, not rounded", "angka tercetak dipotong, bukan dibulatkan"},
    {FindingCode::kPrintedUndefined, "PRINTED_UNDEFINED", Severity::kWarning,
     "a figure is printed where none can be computed",
     "angka dicetak padahal tidak dapat dihitung"},
    {FindingCode::kPrintedUnitDiffers, "PRINTED_UNIT_DIFFERS", Severity::kError,
     "printed in another unit than where it is taken from",
     "satuan tercetak berbeda dari satuan sumbernya"},
    {FindingCode::kPrintedUnitMissing, "PRINTED_UNIT_MISSING", Severity::kInfo,
     "figures of the column are printed without their unit",
     "angka pada kolom ini dicetak tanpa satuan"},
    {FindingCode::kPrintedWrongBase, "PRINTED_WRONG_BASE", Severity::kError,
     "the printed figure was computed with another base than that of its row",
     "angka tercetak dihitung dengan dasar lain, bukan dasar pada barisnya"},
    {FindingCode::kProgramWithoutActivity, "PROGRAM_WITHOUT_ACTIVITY", Severity::kInfo,
     "no activity serves the program", "tidak ada kegiatan yang mendukung program ini"},
    {FindingCode::kQuarterNotReported, "QUARTER_NOT_REPORTED", Severity::kWarning,
     "due in a quarter for which no value was submitted; the figure rests on other quarters",
     "jatuh tempo pada triwulan yang nilainya tidak dilaporkan; angka ini bertumpu pada triwulan "
     "lain"},
    {FindingCode::kRealizedOverBudget, "REALIZED_OVER_BUDGET", Severity::kError,
     "more was spent than the budget in force allows", "realisasi melebihi anggaran yang berlaku"},
    {FindingCode::kRealizedPartsDiffer, "REALIZED_PARTS_DIFFER", Severity::kError,
     "the parts by kind and source do not make what was spent",
     "rincian menurut jenis dan sumber dana tidak sama dengan realisasinya"},
    {FindingCode::kRealizedPartNotPlanned, "REALIZED_PART_NOT_PLANNED", Severity::kError,
     "spent by a kind and source that the plan in force does not give",
     "realisasi menurut jenis dan sumber dana yang tidak ada pada rencana yang berlaku"},
    {FindingCode::kRealizedPartOverBudget, "REALIZED_PART_OVER_BUDGET", Severity::kError,
     "more of a kind and source was spent than the budget in force gives",
     "realisasi suatu jenis dan sumber dana melebihi bagian anggarannya yang berlaku"},
    {FindingCode::kRoundingWouldHideMiss, "ROUNDING_WOULD_HIDE_MISS", Severity::kInfo,
     "rounded to the usual digits the figure would read better than it is; more digits are printed",
     "dengan pembulatan biasa angka ini terbaca lebih baik; dicetak dengan lebih banyak desimal"},
    {FindingCode::kShareNotAsNamed, "SHARE_NOT_AS_NAMED", Severity::kError,
     "the submitted share is not the share of the named indicators whose target is met",
     "persentase yang dilaporkan bukan persentase indikator yang targetnya tercapai"},
    {FindingCode::kStaffingSumDiffers, "STAFFING_SUM_DIFFERS", Severity::kWarning,
     "two tables of staff count different totals",
     "dua tabel pegawai menghasilkan jumlah yang berbeda"},
    {FindingCode::kStrategicTargetDiffers, "STRATEGIC_TARGET_DIFFERS", Severity::kWarning,
     "strategic plan and annual plan in force promise different targets for the year",
     "target rencana strategis berbeda dari rencana kinerja tahunan yang berlaku"},
    {FindingCode::kStrategicTargetMissing, "STRATEGIC_TARGET_MISSING", Severity::kWarning,
     "the indicator has targets in some years of the plan and none in others",
     "indikator mempunyai target pada sebagian tahun rencana saja"},
    {FindingCode::kStrategicTargetRetroactive, "STRATEGIC_TARGET_RETROACTIVE", Severity::kWarning,
     "the target is of a year that ended before the revision was in force, and not that of then",
     "target untuk tahun yang sudah lewat, berbeda dari yang berlaku pada waktu itu"},
    {FindingCode::kSubmittedLate, "SUBMITTED_LATE", Severity::kInfo,
     "the quarter was submitted after its due time", "triwulan disampaikan melewati batas waktu"},
    {FindingCode::kTargetWithoutBudget, "TARGET_WITHOUT_BUDGET", Severity::kInfo,
     "something is promised and no money is planned for it",
     "ada target tetapi tidak ada anggaran"},
    {FindingCode::kUnitDiffers, "UNIT_DIFFERS", Severity::kError,
     "submitted in another unit than the plan in force measures in; not scored",
     "dilaporkan dengan satuan yang berbeda dari rencana yang berlaku; tidak dinilai"},
    {FindingCode::kWorseThanReference, "WORSE_THAN_REFERENCE", Severity::kInfo,
     "the realization is worse than the national or provincial value",
     "realisasi lebih buruk daripada nilai nasional atau provinsi"},
    {FindingCode::kWorseThanYearBefore, "WORSE_THAN_YEAR_BEFORE", Severity::kWarning,
     "the realization is worse than that of the year before",
     "realisasi lebih buruk daripada tahun sebelumnya"},
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

// Texts of documents may be long, and their findings many.
void CutText(std::string& text) {
  if (text.size() <= kFigureCharactersMax) return;
  absl::string_view rest = text;
  size_t count = 0;
  while (!rest.empty() && count < kFigureCharactersMax && TakeCharacter(rest).has_value()) ++count;
  if (rest.empty()) return;
  text.resize(text.size() - rest.size());
  text += " ...";
}

}  // namespace

absl::string_view FindingCodeName(FindingCode code) { return Find(code).name; }

Finding MakeFinding(FindingCode code, absl::string_view subject, std::vector<FindingFigure> figures,
                    absl::string_view detail) {
  const Sentence& sentence = Find(code);
  for (FindingFigure& figure : figures) CutText(figure.value);
  return {sentence.name,
          sentence.severity,
          std::string(subject),
          WithDetail(sentence.english, detail),
          WithDetail(sentence.indonesian, detail),
          std::move(figures)};
}

void Findings::Add(FindingCode code, absl::string_view subject, std::vector<FindingFigure> figures,
                   absl::string_view detail, About about) {
  if (!seen_.emplace(code, about, std::string(subject)).second) return;
  findings_.push_back(MakeFinding(code, subject, std::move(figures), detail));
}

std::vector<Finding> Findings::Take() && {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.severity, a.code, a.subject) < std::tie(b.severity, b.code, b.subject);
  });
  return std::move(findings_);
}

}  // namespace sakip
