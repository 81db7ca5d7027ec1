// What was submitted and is not planned.
//
// Source: design section 4 rule 12.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_UNPLANNED_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_UNPLANNED_H_

#include "services/scoring/domain/context.h"

namespace sakip::scoring {

// Notes codes that were submitted up to the quarter and are not in the plan in force.
void NoteUnplannedCodes(const Context& context);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_UNPLANNED_H_
