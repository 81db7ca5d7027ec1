// Early warnings (peringatan dini): what the comparisons of a key indicator say about its target.
//
// Source: design section 4 rules 10 and 12. Functions are pure but for the findings that they add.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_WARNING_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_WARNING_H_

#include "common/finding/finding.h"
#include "services/scoring/domain/comparison.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// Notes of an indicator, scored at the end of `period`,
//   before the fourth quarter that less was reached through the quarter than its target asks;
//   in the fourth, where the realization is of the `whole_year`, that it is worse than the year
//   before or than a reference value, that the final target asks for more a year than the last year
//   brought, and that it is less than half or more than twice of what every earlier year with the
//   same definition realized.
void NoteWarnings(Period period, bool whole_year, const IndicatorScore& score,
                  const IndicatorComparison& comparison, Findings& findings);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_WARNING_H_
