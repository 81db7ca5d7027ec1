// Ranks agencies by a figure (peringkat). Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_RANKING_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_RANKING_H_

#include <optional>
#include <string>
#include <vector>

#include "common/exact/rational.h"

namespace sakip::scoring {

// An agency among others.
struct RankedAgency {
  std::string agency;                    // Resource name.
  std::optional<exact::Rational> value;  // Exact; absent where the figure has no number.
  int rank = 0;                          // From 1; 0 where there is no number.
};

// Sorts by value, the highest first or last, equal ones by name; those without number come last by
// name. Ranks count from the highest value, by exact values: equal ones share the best rank and the
// next is as far behind as there are agencies before it (1, 2, 2, 4).
void Rank(bool highest_first, std::vector<RankedAgency>& standings);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_RANKING_H_
