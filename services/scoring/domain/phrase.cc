#include "services/scoring/domain/phrase.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/exact/number_format.h"

namespace sakip::scoring {
namespace {

struct Row {
  PhraseCode code;
  const char* name;
  int arguments;
  const char* indonesian;
  const char* english;
};

using Code = PhraseCode;

// In the order of the codes.
constexpr Row kRows[] = {
    {Code::kNone, "", 0, "", ""},
    {Code::kVerbatim, "VERBATIM", 1, "$0", "$0"},

    {Code::kNoNumber, "NO_NUMBER", 0, "tidak ada angka", "no number"},
    {Code::kMissingCountsZero, "MISSING_COUNTS_ZERO", 0, "yang belum dilaporkan dihitung 0",
     "missing counts 0"},
    {Code::kNotScored, "NOT_SCORED", 0, "tidak dinilai", "not scored"},
    {Code::kDeclaredNotApplicable, "DECLARED_NOT_APPLICABLE", 0, "dinyatakan tidak berlaku",
     "declared not applicable"},
    {Code::kNotSubmitted, "NOT_SUBMITTED", 0, "belum disampaikan", "not submitted"},
    {Code::kNoTargetThroughQuarter, "NO_TARGET_THROUGH_QUARTER", 0,
     "tidak ada target sampai dengan triwulan ini", "no target through the quarter"},
    {Code::kNotInPlanOfYearEnd, "NOT_IN_PLAN_OF_YEAR_END", 0,
     "tidak ada dalam rencana yang berlaku pada akhir tahun",
     "not in the plan in force at the end of the year"},
    {Code::kSumOfParts, "SUM_OF_PARTS", 1, "jumlah dari $0 bagian", "sum of $0 parts"},

    {Code::kDueNotSubmitted, "DUE_NOT_SUBMITTED", 0, "sudah jatuh tempo dan belum disampaikan",
     "due and not submitted"},
    {Code::kQuarterClosed, "QUARTER_CLOSED", 0, "triwulan sudah ditutup", "the quarter is closed"},
    {Code::kBothZero, "BOTH_ZERO", 0, "target dan realisasi sama-sama nol",
     "target and realization are both zero"},
    {Code::kZeroTarget, "ZERO_TARGET", 0, "targetnya nol, padahal ada realisasi",
     "the target is zero and something was realized"},
    {Code::kNegativeTarget, "NEGATIVE_TARGET", 0, "targetnya kurang dari nol",
     "the target is below zero"},
    {Code::kRangeInvalid, "RANGE_INVALID", 0,
     "rentang targetnya tidak punya batas atas, atau batas atasnya di bawah batas bawah",
     "the range of the target has no upper bound, or one below its lower bound"},
    {Code::kZeroRealization, "ZERO_REALIZATION", 0,
     "rumusnya membagi dengan realisasi, dan realisasinya nol",
     "the formula divides by the realization, which is zero"},
    {Code::kNegativeRealization, "NEGATIVE_REALIZATION", 0,
     "rumusnya tidak dapat diterapkan pada realisasi yang kurang dari nol",
     "the formula cannot be applied to a realization below zero"},
    {Code::kSeeTarget, "SEE_TARGET", 0, "lihat targetnya", "see the target"},
    {Code::kSeeRealization, "SEE_REALIZATION", 0, "lihat realisasinya", "see the realization"},
    {Code::kSeeFindings, "SEE_FINDINGS", 0, "lihat temuan", "see the findings"},
    {Code::kNothingDue, "NOTHING_DUE", 0, "belum ada yang jatuh tempo untuk dihitung",
     "nothing to count is due"},
    {Code::kNoTargetInPeriod, "NO_TARGET_IN_PERIOD", 0, "tidak ada target pada periode ini",
     "no target in the period"},
    {Code::kNoPartHasNumber, "NO_PART_HAS_NUMBER", 0, "tidak ada bagian yang punya angka",
     "no part has a number"},
    {Code::kWeightsAddUpToZero, "WEIGHTS_ADD_UP_TO_ZERO", 0, "jumlah bobotnya 0",
     "the weights add up to 0"},
    {Code::kNoRealizedBudget, "NO_REALIZED_BUDGET", 0, "realisasi anggaran belum disampaikan",
     "no realized budget was submitted"},
    {Code::kBudgetAndRealizedZero, "BUDGET_AND_REALIZED_ZERO", 0,
     "pagu dan realisasi anggaran sama-sama nol", "budget and realization are both zero"},
    {Code::kSpentWithoutBudget, "SPENT_WITHOUT_BUDGET", 0, "ada belanja tanpa pagu",
     "spent without a budget"},
    {Code::kSpendingNotDivided, "SPENDING_NOT_DIVIDED", 0,
     "realisasi anggaran tidak dirinci menurut jenis belanja dan sumber dana",
     "what was spent is not told by kind and source"},
    {Code::kSpendingPartsDiffer, "SPENDING_PARTS_DIFFER", 0,
     "rincian realisasi anggaran tidak sama dengan jumlahnya",
     "the parts do not make what was spent"},
    {Code::kBudgetNotDivided, "BUDGET_NOT_DIVIDED", 0,
     "rencana tidak merinci pagu menurut jenis belanja dan sumber dana",
     "the plan does not tell the budget by kind and source"},
    {Code::kBudgetPartsDiffer, "BUDGET_PARTS_DIFFER", 0, "rincian pagu tidak sama dengan jumlahnya",
     "the parts do not make the budget"},
    {Code::kNoBudgetInForce, "NO_BUDGET_IN_FORCE", 0,
     "tidak ada pagunya dalam rencana yang berlaku", "no budget of it is in force"},
    {Code::kNothingComparable, "NOTHING_COMPARABLE", 0,
     "tidak ada bagiannya yang dapat dibandingkan", "nothing of it can be compared"},
    {Code::kNeedsBoth, "NEEDS_BOTH", 0, "perlu capaian dan serapan",
     "it takes an achievement and an absorption"},
    {Code::kOutputTooWide, "OUTPUT_TOO_WIDE", 1, "ada keluaran yang punya lebih dari $0 indikator",
     "an output has more than $0 indicators"},
    {Code::kNoOutputWithBoth, "NO_OUTPUT_WITH_BOTH", 0,
     "tidak ada keluaran yang punya capaian dan realisasi anggaran",
     "no output has both an achievement and realized money"},
    {Code::kNothingAchieved, "NOTHING_ACHIEVED", 0, "tidak ada yang dicapai",
     "nothing was achieved"},
    {Code::kNoMethod, "NO_METHOD", 0, "kebijakan penilaian tidak menyebut metode",
     "the policy names no method"},
    {Code::kOtherUnitThanYear, "OTHER_UNIT_THAN_YEAR", 0, "satuannya lain dari satuan target tahun",
     "in another unit than the target of the year"},
    {Code::kOtherUnitThanPlan, "OTHER_UNIT_THAN_PLAN", 0,
     "disampaikan dalam satuan lain dari rencana yang berlaku",
     "submitted in another unit than the plan in force has"},
    {Code::kZeroDenominator, "ZERO_DENOMINATOR", 0, "penyebutnya nol", "the denominator is zero"},
    {Code::kNotDueWithoutTarget, "NOT_DUE_WITHOUT_TARGET", 0,
     "triwulan tanpa target belum jatuh tempo", "a quarter without target is not due"},
    {Code::kNotDueOtherUnit, "NOT_DUE_OTHER_UNIT", 0,
     "target triwulan pada rencana aksi bersatuan lain; target tahun jatuh tempo pada triwulan "
     "keempat",
     "the action plan's quarters are in another unit; the year's is due in the fourth"},
    {Code::kNotDueUntilYearEnd, "NOT_DUE_UNTIL_YEAR_END", 0,
     "triwulan tanpa target belum jatuh tempo; target tahun jatuh tempo pada triwulan keempat",
     "a quarter without target is not due; the year's is due in the fourth"},
    {Code::kDroppedBy, "DROPPED_BY", 1, "dihapus oleh $0", "dropped by $0"},
    {Code::kEventNotRead, "EVENT_NOT_READ", 0,
     "ada peristiwa yang tidak dapat dibaca; lihat temuan",
     "an event cannot be read; see the findings"},

    {Code::kBoundsOfLevel, "BOUNDS_OF_LEVEL", 0, "batas untuk tingkat ini", "bounds of the level"},
    {Code::kPartsWithNumber, "PARTS_WITH_NUMBER", 2, "$0 dari $1 bagian punya angka",
     "$0 of $1 parts have a number"},
    {Code::kYearToDate, "YEAR_TO_DATE", 0, "sejak awal tahun", "year to date"},
    {Code::kQuartersAddUp, "QUARTERS_ADD_UP", 0, "triwulan dijumlahkan", "quarters add up"},
    {Code::kPartsWithoutReport, "PARTS_WITHOUT_REPORT", 1,
     "$0 bagian tidak melaporkan apa pun dan dihitung 0", "$0 parts reported nothing and count 0"},
    {Code::kRestNotCompared, "REST_NOT_COMPARED", 1, "dari $0; sisanya tidak dapat dibandingkan",
     "of $0; the rest cannot be compared"},
    {Code::kHalfUp, "HALF_UP", 0, "setengah ke atas, hanya untuk dicetak",
     "half up, for print only"},
    {Code::kHidesMiss, "HIDES_MISS", 2,
     "dibulatkan ke $0 angka akan terbaca $1, padahal target tidak tercapai",
     "rounded to $0 digits it would read $1 although the target was missed"},
    {Code::kReachesBand, "REACHES_BAND", 3,
     "dibulatkan ke $0 angka akan terbaca $1 dan mencapai batas predikat $2, padahal tidak",
     "rounded to $0 digits it would read $1 and reach the rating boundary $2, which it does not"},
    {Code::kExceedsBand, "EXCEEDS_BAND", 3,
     "dibulatkan ke $0 angka akan terbaca $1 dan melewati batas predikat $2, padahal tidak",
     "rounded to $0 digits it would read $1 and exceed the rating boundary $2, which it does not"},
    {Code::kHidesMissCutOff, "HIDES_MISS_CUT_OFF", 3,
     "dibulatkan ke $0 angka akan terbaca $1, padahal target tidak tercapai; dipotong setelah $2 "
     "angka",
     "rounded to $0 digits it would read $1 although the target was missed; cut off after $2 "
     "digits"},
    {Code::kReachesBandCutOff, "REACHES_BAND_CUT_OFF", 4,
     "dibulatkan ke $0 angka akan terbaca $1 dan mencapai batas predikat $2, padahal tidak; "
     "dipotong setelah $3 angka",
     "rounded to $0 digits it would read $1 and reach the rating boundary $2, which it does not; "
     "cut off after $3 digits"},
    {Code::kExceedsBandCutOff, "EXCEEDS_BAND_CUT_OFF", 4,
     "dibulatkan ke $0 angka akan terbaca $1 dan melewati batas predikat $2, padahal tidak; "
     "dipotong setelah $3 angka",
     "rounded to $0 digits it would read $1 and exceed the rating boundary $2, which it does not; "
     "cut off after $3 digits"},
    {Code::kToleranceOfPolicy, "TOLERANCE_OF_POLICY", 0, "toleransi menurut kebijakan penilaian",
     "tolerance of the policy"},
    {Code::kNothingOfOutput, "NOTHING_OF_OUTPUT", 0, "tidak ada dari keluaran itu yang dicapai",
     "nothing of the output was achieved"},
    {Code::kPmkDomain, "PMK_DOMAIN", 0, "rumusnya hanya untuk -20 sampai 20",
     "the formula is for -20 to 20 only"},
    {Code::kEarnedAndSpent, "EARNED_AND_SPENT", 2,
     "pagu x capaian, dan realisasi, dari $0 di antara $1 keluaran",
     "budget x achievement, and spent, of $0 of $1 outputs"},
    {Code::kRecomputedFromCounts, "RECOMPUTED_FROM_COUNTS", 0,
     "dihitung ulang dari pembilang dan penyebut", "recomputed from numerators and denominators"},
    {Code::kQuartersCombined, "QUARTERS_COMBINED", 0,
     "triwulan digabungkan menurut ketentuan indikator", "quarters combined as the indicator says"},
    {Code::kUpperBound, "UPPER_BOUND", 0, "batas atas", "upper bound"},
    {Code::kDueWithYear, "DUE_WITH_YEAR", 0, "jatuh tempo bersama target tahun",
     "due with the year"},
    {Code::kOfPlanOfYearEnd, "OF_PLAN_OF_YEAR_END", 0, "dari rencana yang berlaku pada akhir tahun",
     "of the plan in force at the end of the year"},
    {Code::kMissing, "MISSING", 0, "belum dilaporkan", "missing"},
    {Code::kUnknownChild, "UNKNOWN_CHILD", 0,
     "tidak ada dalam rencana, atau indikator itu sendiri dihitung dari indikator lain",
     "not in the plan, or a share itself"},
    {Code::kTargetsMet, "TARGETS_MET", 2, "$0 dari $1 target tercapai", "$0 of $1 targets are met"},

    {Code::kHalfUpToPrinted, "HALF_UP_TO_PRINTED", 0,
     "setengah ke atas, ke jumlah angka yang tercetak", "half up, to the printed decimals"},
    {Code::kGivesNoNumber, "GIVES_NO_NUMBER", 0, "tidak menghasilkan angka", "gives no number"},
    {Code::kOtherBase, "OTHER_BASE", 0, "dengan dasar lain dari barisnya",
     "with another base than that of its row"},
};
static_assert(std::size(kRows) == kPhraseCodes, "every code has a row");

constexpr bool AllTold() {
  for (size_t i = 1; i < kPhraseCodes; ++i) {
    const Row& row = kRows[i];
    if (static_cast<size_t>(row.code) != i || row.name[0] == '\0') return false;
    if (row.indonesian[0] == '\0' || row.english[0] == '\0') return false;
  }
  return true;
}
static_assert(AllTold(), "the rows are in the order of the codes, in every language");

const Row& RowOf(PhraseCode code) { return kRows[static_cast<size_t>(code)]; }

}  // namespace

absl::string_view NameOf(PhraseCode code) { return RowOf(code).name; }

absl::string_view PatternOf(PhraseCode code, Language language) {
  return language == Language::kIndonesian ? RowOf(code).indonesian : RowOf(code).english;
}

int ArgumentsOf(PhraseCode code) { return RowOf(code).arguments; }

std::string TextOf(const Phrase& phrase, Language language) {
  // What somebody wrote may look like a number: a year, a code.
  const bool format = language == Language::kIndonesian && phrase.code != PhraseCode::kVerbatim;
  std::vector<std::pair<std::string, std::string>> replacements;
  for (size_t i = 0; i < phrase.arguments.size(); ++i) {
    const std::string& argument = phrase.arguments[i];
    replacements.emplace_back(absl::StrCat("$", i),
                              format ? exact::FormatIndonesian(argument) : argument);
  }
  return absl::StrReplaceAll(PatternOf(phrase.code, language), replacements);
}

}  // namespace sakip::scoring
