// PolicyView: scoring policies as people read them, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_POLICY_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_POLICY_VIEW_H_

#include <string>
#include <vector>

#include "sakip/scoring/v1/scoring_service.pb.h"
#include "sakip/types/v1/scoring_policy.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// The rules, the bands of the rating scale, the bounds by level.
std::string RenderPolicy(const types::v1::ScoringPolicy& policy, const Screen& screen);

// One line a policy.
std::string RenderPolicyList(const std::vector<types::v1::ScoringPolicy>& policies,
                             const Screen& screen);

// `policies/permenpanrb-53-2014/versions/1` -> `permenpanrb-53-2014 versi 1`, and
// `regions/35.09/scoringPolicies/2` -> `daerah 35.09 versi 2`; that of a draft is
// `rancangan`.
std::string PolicyName(absl::string_view name);

// What another policy changes: one line an achievement.
std::string RenderPolicyComparison(const scoring::v1::PolicyComparison& comparison,
                                   const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_POLICY_VIEW_H_
