// SimulationView: what other targets, realizations or another policy would change, as people read
// it, in Indonesian. Pure.
#ifndef SAKIP_SERVICES_CLI_VIEW_SIMULATION_VIEW_H_
#define SAKIP_SERVICES_CLI_VIEW_SIMULATION_VIEW_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/cli/text/table.h"

namespace sakip::cli {

// The achievement of the agency as it is and with the changes, then all that differs.
std::string RenderSimulation(const scoring::v1::SimulateScorecardResponse& response,
                             const Screen& screen);

// One line an achievement, the one `before` and the one `after` beside each other.
std::string RenderAchievementChanges(const std::vector<scoring::v1::AchievementChange>& changes,
                                     absl::string_view before, absl::string_view after,
                                     const Screen& screen);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_VIEW_SIMULATION_VIEW_H_
