// The policy that a quarter is scored under unless another one is asked for.
//
// Source: design section 4. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_OWN_POLICY_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_OWN_POLICY_H_

#include <cstdint>
#include <limits>

#include "common/base/period.h"
#include "common/policy/policy.h"
#include "services/scoring/domain/facts.h"

namespace sakip::scoring {

// The version in force in `year`: of the nearest region that has one whose first year has come, the
// one published last. Nullptr where there is none. Only those among the first `records` of
// planning's log are known.
const RegionPolicy* PolicyInForce(const RegionPolicies& policies, int year,
                                  uint64_t records = std::numeric_limits<uint64_t>::max());

// The version in force in the year of `period`, or the default. A quarter that is pinned keeps the
// one that it was closed under. Borrowed from `history`.
const Policy& OwnPolicy(const PlanHistory& history, const YearSubmissions& submissions,
                        Period period);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_OWN_POLICY_H_
