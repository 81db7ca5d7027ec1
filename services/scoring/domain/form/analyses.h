// CheckAnalyses tells which of the seven mandatory analyses of a performance report have their
// data.
//
// Source: PermenPANRB 53/2014, outline of the report, Bab III A. Pure: the same facts give an equal
// list. What each analysis needs stands with sakip.scoring.v1.MandatoryAnalysis.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_ANALYSES_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_ANALYSES_H_

#include <optional>
#include <string>
#include <vector>

#include "services/scoring/domain/comparison.h"
#include "services/scoring/domain/scorecard.h"
#include "services/scoring/domain/scored_period.h"

namespace sakip::scoring::form {

// In the order of the regulation.
enum class AnalysisKind {
  kTargetAndRealization,
  kEarlierYears,
  kStrategicTarget,
  kNationalStandard,
  kCausesAndSolutions,
  kEfficiency,
  kSupportingPrograms
};

enum class Presence { kPresent, kPartly, kEmpty, kMissing };

enum class NeedKind {
  kRealization,
  kEarlierPlan,
  kEarlierRealization,
  kSameDefinition,
  kStrategicPlan,
  kStrategicTarget,
  kComparableTarget,
  kNationalValue,
  kComparableNationalValue,
  kSuccessFactors,
  kConstraints,
  kFollowUp,
  kAchievement,
  kRealizedBudget,
  kEfficiencyMethod,
  kProgram,
  kProgramNarrative,
  kEfficiency
};

struct Need {
  NeedKind kind = NeedKind::kRealization;
  int year = 0;  // 0: the year itself.

  friend bool operator==(const Need&, const Need&) = default;
};

enum class SubjectState { kComplete, kLacking, kNotNeeded };

struct AnalysisSubject {
  std::string code;
  std::string name;
  SubjectState state = SubjectState::kComplete;
  std::vector<Need> needs;
};

struct Analysis {
  AnalysisKind kind = AnalysisKind::kTargetAndRealization;
  Presence presence = Presence::kMissing;
  std::vector<AnalysisSubject> subjects;
};

struct Analyses {
  Scorecard head;                  // Without figures: whose, when, and what was looked at.
  std::vector<Analysis> analyses;  // One of each kind.
};

// Absent where no annual plan is in force at the end of the quarter, or an event of the year cannot
// be read. `before` holds the two years before, ascending; `references` the values of the year.
std::optional<Analyses> CheckAnalyses(const YearFacts& now, const std::vector<YearFacts>& before,
                                      const std::vector<ReferenceValue>& references, int quarter);

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_ANALYSES_H_
