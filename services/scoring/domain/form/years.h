// How the values of years combine to the value of a strategic plan through a year.
//
// Years combine as the quarters of a year do (design section 4 rule 7): an indicator that adds up
// over quarters adds up over years, a position is that of the last year. That is the form's own
// arithmetic, (13) = (6) + (12), for what accumulates. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_FORM_YEARS_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_FORM_YEARS_H_

#include <optional>
#include <vector>

#include "services/scoring/domain/form/cell.h"

namespace sakip::scoring::form {

// The value of one year, or why it has none.
struct YearAmount {
  int year = 0;
  CellState state = CellState::kNotRecorded;
  std::optional<Quantity> value;  // Of one unit in all years.
  std::optional<Counts> counts;   // That the value is the quotient of, x 100.
};

// Combines `years`, ascending. A year that lacks (not recorded, missing, not scored) makes the
// result partial, unless the aggregation takes the last value and a later year has one. A year in
// which nothing was planned, due or applicable lacks nothing. Without any value the state is the
// gravest of the years, and NOT_APPLICABLE where there is no year at all.
Amount CombineYears(TimeAggregation aggregation, const std::vector<YearAmount>& years);

}  // namespace sakip::scoring::form

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_FORM_YEARS_H_
