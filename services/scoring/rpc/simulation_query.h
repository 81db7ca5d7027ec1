// What a simulation asks for, checked as far as that needs no state. Pure functions.
#ifndef SAKIP_SERVICES_SCORING_RPC_SIMULATION_QUERY_H_
#define SAKIP_SERVICES_SCORING_RPC_SIMULATION_QUERY_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/policy/policy.h"
#include "sakip/scoring/v1/scoring_service.pb.h"
#include "services/scoring/domain/simulate.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/rpc/scorecard_query.h"

namespace sakip::scoring {

struct SimulationQuery {
  ScorecardName name;
  Wanted wanted;
  Changes changes;
  std::string policy;                  // Empty: its own, or the draft.
  std::optional<Policy> draft_policy;  // Without a name.
};

//   INVALID_ARGUMENT  INVALID_FIELD  each field that is wrong whatever the plan is.
absl::StatusOr<SimulationQuery> ToSimulationQuery(const v1::SimulateScorecardRequest& request);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SIMULATION_QUERY_H_
