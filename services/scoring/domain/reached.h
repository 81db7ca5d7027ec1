// What a realization is of the target of a strategic plan.
//
// Source: design section 4 rule 10. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REACHED_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REACHED_H_

#include <optional>

#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// By the formula of the indicator, before clamping.
struct Reached {
  Figure figure;
  bool met = false;
};

// Absent where the two do not compare: their units differ, the target is zero, or the formula needs
// a range, of which a strategic plan has one bound. `closed` where the realization cannot change
// any more.
std::optional<Reached> ReachedOf(const Policy& policy, Formula formula, const Quantity& target,
                                 const Quantity& realized, bool closed);

// True where a target of the formula is a range.
bool IsRange(Formula formula);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REACHED_H_
