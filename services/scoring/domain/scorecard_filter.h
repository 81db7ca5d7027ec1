// Which scorecards a list holds. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_FILTER_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_FILTER_H_

#include <optional>
#include <set>
#include <string>

#include "services/scoring/domain/scorecard.h"

namespace sakip::scoring {

// Of what government an agency is, by the code of its region.
enum class RegionLevel { kProvince, kRegency };

struct ScorecardFilter {
  std::set<std::string> ratings = {};  // Of the achievement against the year's target; empty: all.
  std::optional<bool> submitted = {};  // Whether the quarter has a submission that counts.
  std::optional<RegionLevel> level = {};
};

// True where the quarter of the scorecard has a submission that counts.
bool IsSubmitted(const Scorecard& card);

bool Matches(const ScorecardFilter& filter, const Scorecard& card);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_SCORECARD_FILTER_H_
