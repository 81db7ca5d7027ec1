// Findings (temuan): their codes, their gravity and their sentences, in one place for all services.
//
// Source: design section 4 rule 12; codes are listed in proto/README.md and never change meaning.
#ifndef SAKIP_COMMON_FINDING_FINDING_H_
#define SAKIP_COMMON_FINDING_FINDING_H_

#include <cstddef>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/string_view.h"

namespace sakip {

// A figure and where it stands; as sakip.types.v1.FindingFigure.
struct FindingFigure {
  std::string value;     // `33.33 %`
  std::string location;  // Versioned document and a path in it.
};

// As sakip.types.v1.Finding.
struct Finding {
  // In the order in which they are listed.
  enum class Severity { kError, kWarning, kInfo };

  std::string code;
  Severity severity = Severity::kInfo;
  std::string subject;
  std::string message;             // English.
  std::string message_indonesian;  // For reports.
  std::vector<FindingFigure> figures;
};

enum class FindingCode {
  kActionPlanLineMissing,
  kActionPlanQuarterUnitDiffers,
  kActionPlanQuartersDiffer,
  kActionPlanTargetDiffers,
  kActionPlanUnitDiffers,
  kActivityWithoutSubActivity,
  kAgreementBudgetDiffers,
  kAgreementNotSigned,
  kAgreementPartyDiffers,
  kAgreementSumDiffers,
  kAgreementTargetDiffers,
  kAgreementTargetMissing,
  kAgreementTotalDiffers,
  kAnnualPlanSumDiffers,
  kBehindTarget,
  kBudgetPartsDiffer,
  kBudgetWithoutTarget,
  kChangedSinceApproval,
  kClosedQuarterWouldChange,
  kCodeMisplaced,
  kCodeNotInEdition,
  kCodeNotInPlan,
  kEditionNotValid,
  kEventNotRead,
  kFinalTargetBeyondPace,
  kFindingsLeftOut,
  kFormulaNotApplicable,
  kGoalNotTraced,
  kIndicatorWithoutTarget,
  kKeyIndicatorFormulaDiffers,
  kKeyIndicatorNotDecreed,
  kKeyIndicatorNotPlanned,
  kKeyIndicatorSourceMissing,
  kKeyIndicatorUnitsDiffer,
  kNameDiffers,
  kNameRepeated,
  kNextTargetPassed,
  kNotReproducible,
  kNumeratorAboveDenominator,
  kObjectiveNotTraced,
  kObjectiveWithoutProgram,
  kOrgUnitUnknown,
  kOutlierAgainstYears,
  kOutputRepeated,
  kPrintedArithmeticWrong,
  kPrintedContradicts,
  kPrintedRoundedOtherwise,
  kPrintedRoundingHidesMiss,
  kPrintedSourceMissing,
  kPrintedTruncated,
  kPrintedUndefined,
  kPrintedUnitDiffers,
  kPrintedUnitMissing,
  kPrintedWrongBase,
  kProgramWithoutActivity,
  kQuarterNotReported,
  kRealizedOverBudget,
  kRealizedPartsDiffer,
  kRealizedPartNotPlanned,
  kRealizedPartOverBudget,
  kRoundingWouldHideMiss,
  kShareNotAsNamed,
  kStaffingSumDiffers,
  kStrategicTargetDiffers,
  kStrategicTargetMissing,
  kStrategicTargetRetroactive,
  kSubmittedLate,
  kTargetWithoutBudget,
  kUnitDiffers,
  kWorseThanReference,
  kWorseThanYearBefore,
  kYearToDateFalls,
  kYearUnitDiffers,
  kZeroDenominator,
  kZeroTarget,
};

// `UNIT_DIFFERS`.
absl::string_view FindingCodeName(FindingCode code);

// Characters of a figure's value; a longer one is cut and ends in ` ...`. A quotient of two names
// fits.
inline constexpr size_t kFigureCharactersMax = 1010;

// A finding of its own; `detail` as in Findings::Add.
Finding MakeFinding(FindingCode code, absl::string_view subject, std::vector<FindingFigure> figures,
                    absl::string_view detail = "");

// What a subject is: an indicator and a sub-activity may have the same code.
enum class About { kPerformance, kMoney };

// Collects findings; the same code on the same subject counts once, the first one. Not thread-safe.
class Findings {
 public:
  // `detail` follows the sentence of the code, after a colon; it has no language of its own.
  void Add(FindingCode code, absl::string_view subject, std::vector<FindingFigure> figures,
           absl::string_view detail = "", About about = About::kPerformance);

  // All of them, the gravest first, then by code and subject, then as they were added.
  std::vector<Finding> Take() &&;

 private:
  std::set<std::tuple<FindingCode, About, std::string>> seen_;
  std::vector<Finding> findings_;
};

}  // namespace sakip

#endif  // SAKIP_COMMON_FINDING_FINDING_H_
