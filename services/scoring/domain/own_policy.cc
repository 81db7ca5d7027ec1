#include "services/scoring/domain/own_policy.h"

namespace sakip::scoring {

const RegionPolicy* PolicyInForce(const RegionPolicies& policies, int year, uint64_t records) {
  const RegionPolicy* result = nullptr;
  for (const RegionPolicy& version : policies) {
    if (version.policy.first_year > year || version.log_position >= records) continue;
    // All of them cover the agency, so the longest code is the nearest region.
    if (result == nullptr || version.region.size() > result->region.size() ||
        (version.region == result->region && version.log_position > result->log_position)) {
      result = &version;
    }
  }
  return result;
}

const Policy& OwnPolicy(const PlanHistory& history, const YearSubmissions& submissions,
                        Period period) {
  const RegionPolicy* version =
      PolicyInForce(history.policies, period.year, submissions.PlanRecords(period.quarter));
  return version == nullptr ? policy::DefaultPolicy() : version->policy;
}

}  // namespace sakip::scoring
