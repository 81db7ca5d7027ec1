// Simulating scorecards: what if.

#include <utility>

#include "common/base/status_macros.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/domain/scorecard_diff.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/policy_lookup.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/rpc/scorer.h"
#include "services/scoring/rpc/scoring_service.h"

namespace sakip::scoring {
namespace {

v1::SimulateScorecardResponse ToResponse(const Scorecard& own, const Scorecard& simulated) {
  v1::SimulateScorecardResponse response;
  *response.mutable_scorecard() = ToProto(own);
  *response.mutable_simulated() = ToProto(simulated);
  for (const AchievementChange& change : ChangedAchievements(own, simulated)) {
    *response.add_changes() = ToProto(change);
  }
  for (const BudgetChange& change : ChangedBudgets(own, simulated)) {
    *response.add_budget_changes() = ToProto(change);
  }
  return response;
}

}  // namespace

grpc::ServerUnaryReactor* ScoringService::SimulateScorecard(grpc::CallbackServerContext* context,
                                                            const grpc::ByteBuffer* in,
                                                            grpc::ByteBuffer* out) {
  return FreshRead<v1::SimulateScorecardRequest>(
      gate_, progress_, context, in, out, ToSimulationQuery,
      [this](const SimulationQuery& query) { return DoSimulateScorecard(query); });
}

absl::StatusOr<v1::SimulateScorecardResponse> ScoringService::DoSimulateScorecard(
    const SimulationQuery& query) const {
  const auto& [agency, period] = query.name;
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  ASSIGN_OR_RETURN(const Scored own, Scorer(projection_, period.year, as_of, query.wanted.basis)
                                         .Score(agency, period, Derivations::kKept));
  if (!own.card.has_value()) return ScorecardNotFound(query.name);
  Policy policy = query.draft_policy.value_or(*own.policy);
  if (!query.policy.empty()) {
    ASSIGN_OR_RETURN(policy, PolicyNamed(projection_, query.policy, as_of));
  }
  ASSIGN_OR_RETURN(const YearOfFacts changed,
                   ApplyChanges({own.facts.plans, own.facts.submissions}, query.changes, period));
  // Changes leave the plans in force what they are.
  v1::SimulateScorecardResponse response =
      ToResponse(*own.card, *Score(changed.plans, changed.submissions, policy, period));
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  return response;
}

}  // namespace sakip::scoring
