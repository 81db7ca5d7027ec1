// Submissions as realization checks them: texts as the caller wrote them, in the shape of
// sakip.realization.v1, whose comments say what each field means. Values.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMISSION_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMISSION_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/money/check_parts.h"
#include "services/realization/domain/evidence.h"

namespace sakip::realization {

struct Narrative {
  std::string success_factors;
  std::string constraints;
  std::string follow_up;
};

struct IndicatorRealization {
  enum class Kind { kNone, kQuantity, kRatio, kPercentage, kNotApplicable };

  std::string indicator_code;
  Kind kind = Kind::kNone;
  std::string value;        // Quantity, percentage, or the reason for not applicable.
  std::string numerator;    // Of a ratio.
  std::string denominator;  // Of a ratio.
  std::string unit;
  Narrative narrative;
  std::vector<Evidence> evidence = {};
};

struct BudgetRealization {
  std::string sub_activity_code;
  std::string realized;
  Narrative narrative;
  std::vector<Evidence> evidence = {};
  std::vector<money::PartText> realized_parts = {};
};

struct ObjectiveNarrative {
  std::string objective_code;
  std::optional<Narrative> narrative;
  std::vector<Evidence> evidence = {};
};

struct Submission {
  std::string name;
  bool has_coverage = false;
  std::vector<IndicatorRealization> indicators;
  std::vector<BudgetRealization> budgets;
  std::vector<ObjectiveNarrative> objectives;
  std::string reason;
  std::string source;
};

// The codes that an annual plan of the year has, in any of its revisions: what may be submitted.
// Which of them are in force in a quarter is for scoring to say.
struct PlanCodes {
  std::set<std::string> indicators;
  std::set<std::string> sub_activities;
  std::set<std::string> objectives;
};

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMISSION_H_
