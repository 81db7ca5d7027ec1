// Efficiency (efisiensi): what was achieved beside what was spent, by the method of the policy.
//
// Source: design section 4 rule 9. Functions are pure but for the findings that they add to the
// context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_EFFICIENCY_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_EFFICIENCY_H_

#include <vector>

#include "services/scoring/domain/context.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// One output of a node: a sub-activity with its indicators and its money. Borrows them.
struct CostedOutput {
  const std::vector<IndicatorScore>* indicators;
  const BudgetScore* budget;
};

// The efficiency of a node with its `achievement` of the year, its `budget`, and the sub-activities
// at or below it.
EfficiencyScore Efficiency(const Context& context, const Achievement& achievement,
                           const BudgetScore& budget, const std::vector<CostedOutput>& outputs);

// The achievement of the year of a node that has indicators of its own: their mean.
Achievement MeanOfYear(const Context& context, absl::string_view code,
                       const std::vector<IndicatorScore>& indicators);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_EFFICIENCY_H_
