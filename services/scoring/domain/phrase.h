// Phrase: what a derivation says in words, as a code and its arguments, so that it can be told in
// every language.
//
// One table holds all phrases; a code without a text in a language does not compile. English is the
// text of scorecards (DerivationStep.note). Values and pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_PHRASE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_PHRASE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace sakip::scoring {

enum class Language { kIndonesian, kEnglish };

enum class PhraseCode {
  kNone,
  kVerbatim,  // As somebody wrote it; the same in every language.

  // In the place of an expression.
  kNoNumber,
  kMissingCountsZero,
  kNotScored,
  kDeclaredNotApplicable,
  kNotSubmitted,
  kNoTargetThroughQuarter,
  kNotInPlanOfYearEnd,
  kSumOfParts,

  // Why there is no number.
  kDueNotSubmitted,
  kQuarterClosed,
  kBothZero,
  kZeroTarget,
  kNegativeTarget,
  kRangeInvalid,
  kZeroRealization,
  kNegativeRealization,
  kSeeTarget,
  kSeeRealization,
  kSeeFindings,
  kNothingDue,
  kNoTargetInPeriod,
  kNoPartHasNumber,
  kWeightsAddUpToZero,
  kNoRealizedBudget,
  kBudgetAndRealizedZero,
  kSpentWithoutBudget,
  kSpendingNotDivided,
  kSpendingPartsDiffer,
  kBudgetNotDivided,
  kBudgetPartsDiffer,
  kNoBudgetInForce,
  kNothingComparable,
  kNeedsBoth,
  kOutputTooWide,
  kNoOutputWithBoth,
  kNothingAchieved,
  kNoMethod,
  kOtherUnitThanYear,
  kOtherUnitThanPlan,
  kZeroDenominator,
  kNotDueWithoutTarget,
  kNotDueOtherUnit,
  kNotDueUntilYearEnd,
  kDroppedBy,
  kEventNotRead,

  // What a step rests on.
  kBoundsOfLevel,
  kPartsWithNumber,
  kYearToDate,
  kQuartersAddUp,
  kPartsWithoutReport,
  kRestNotCompared,
  kHalfUp,
  kHidesMiss,
  kReachesBand,
  kExceedsBand,
  kHidesMissCutOff,
  kReachesBandCutOff,
  kExceedsBandCutOff,
  kToleranceOfPolicy,
  kNothingOfOutput,
  kPmkDomain,
  kEarnedAndSpent,
  kRecomputedFromCounts,
  kQuartersCombined,
  kUpperBound,
  kDueWithYear,
  kOfPlanOfYearEnd,
  kMissing,
  kUnknownChild,
  kTargetsMet,

  // Of the review of printed figures.
  kHalfUpToPrinted,
  kGivesNoNumber,
  kOtherBase,
};
inline constexpr size_t kPhraseCodes = static_cast<size_t>(PhraseCode::kOtherBase) + 1;

struct Phrase {
  Phrase() = default;
  // Implicit: a code that takes no arguments is a phrase.
  Phrase(PhraseCode code, std::vector<std::string> arguments = {})  // NOLINT
      : code(code), arguments(std::move(arguments)) {}

  static Phrase Verbatim(std::string text) {
    return text.empty() ? Phrase() : Phrase(PhraseCode::kVerbatim, {std::move(text)});
  }

  bool empty() const { return code == PhraseCode::kNone; }
  friend bool operator==(const Phrase&, const Phrase&) = default;

  PhraseCode code = PhraseCode::kNone;
  std::vector<std::string> arguments;  // Numbers as plain decimal text.
};

// What `phrase` says; empty of none. In Indonesian numbers have a comma, in English they stay as
// they are.
std::string TextOf(const Phrase& phrase, Language language);

// `DUE_NOT_SUBMITTED`: the stable name of the code; empty of kNone.
absl::string_view NameOf(PhraseCode code);

// The text before its arguments `$0`, `$1` are filled in.
absl::string_view PatternOf(PhraseCode code, Language language);

// How many arguments the code takes.
int ArgumentsOf(PhraseCode code);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_PHRASE_H_
