// Score computes the scorecard of an agency at the end of a quarter.
//
// A pure function: no clock, no configuration, no I/O. The same facts give an equal scorecard.
// Source: design section 4.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SCORE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SCORE_H_

#include <optional>

#include "common/base/period.h"
#include "common/policy/policy.h"
#include "services/scoring/domain/facts.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// Absent where no annual plan of the year is in force at the end of the quarter. `history` holds
// the documents of `period.year`, `submissions` those of its quarters; what is later than the
// quarter is not looked at, except the plan in force at the end of the year, which sets the year's
// targets. A quarter that is pinned is scored against what was published when it closed. Where an
// event that may change the scorecard cannot be read nothing is scored, and a finding names it.
// Without derivations all else is the same, in a fraction of the time.
std::optional<Scorecard> Score(const PlanHistory& history, const YearSubmissions& submissions,
                               const Policy& policy, Period period,
                               Derivations derivations = Derivations::kKept);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SCORE_H_
