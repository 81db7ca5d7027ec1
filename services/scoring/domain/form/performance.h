// The performance columns (K) of a row of Formulir E.81.
//
// Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_PERFORMANCE_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_PERFORMANCE_H_

#include "services/scoring/domain/form/cell.h"
#include "services/scoring/domain/form/periods.h"

namespace sakip::scoring::form {

// Of an indicator of the plan in force at the latest quarter, which is scored.
Half PerformanceOf(const Periods& periods, const Indicator& indicator);

// Of a row without an indicator: nothing is planned.
Half NoPerformance();

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_PERFORMANCE_H_
