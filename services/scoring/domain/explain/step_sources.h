// Finds where the numbers of a step stand that no other step has: its input, the weights of the
// plan, the bounds of the policy. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_STEP_SOURCES_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_STEP_SOURCES_H_

#include <vector>

#include "services/scoring/domain/explain/explanation.h"

namespace sakip::scoring::explain {

// Those of `step`, a step of a figure of `item`.
std::vector<EventSource> SourcesOf(const Basics& basics, const FigureIndex& index, const Item& item,
                                   const Step& step);

}  // namespace sakip::scoring::explain

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_EXPLAIN_STEP_SOURCES_H_
