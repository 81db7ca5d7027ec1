// PolicyView: scoring policies as people read them, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_POLICY_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_POLICY_VIEW_H_

#include <string>
#include <vector>

#include "sakip/scoring/v1/policy.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// The rules, the bands of the rating scale, the bounds by level.
std::string RenderPolicy(const scoring::v1::ScoringPolicy& policy, const Screen& screen);

// One line a policy.
std::string RenderPolicyList(const std::vector<scoring::v1::ScoringPolicy>& policies,
                             const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_POLICY_VIEW_H_
