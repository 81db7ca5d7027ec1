// Scores one indicator: against the target through the quarter and against the year's.
//
// Source: design section 4. Functions are pure but for the findings that they add to the context.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_INDICATOR_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_INDICATOR_H_

#include <vector>

#include "services/scoring/domain/context.h"
#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

IndicatorScore ScoreIndicator(const Context& context, Level level, const Indicator& indicator);

std::vector<IndicatorScore> ScoreIndicators(const Context& context, Level level,
                                            const std::vector<Indicator>& indicators);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_INDICATOR_H_
