#include "services/scoring/rpc/explain_service.h"

#include <optional>

#include "common/base/status_macros.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/plans_in_force.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/rpc/explanation_to_proto.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/policy_lookup.h"

namespace sakip::scoring {

grpc::ServerUnaryReactor* ExplainService::ExplainFigure(grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* in,
                                                        grpc::ByteBuffer* out) {
  return FreshRead<v1::ExplainFigureRequest>(
      gate_, progress_, context, in, out, ToExplainQuery,
      [this](const ExplainQuery& query) { return DoExplainFigure(query); });
}

absl::StatusOr<v1::ExplainFigureResponse> ExplainService::DoExplainFigure(
    const ExplainQuery& query) const {
  const auto& [agency, period] = query.name;
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  ASSIGN_OR_RETURN(const AgencyYear facts,
                   projection_.Load(agency, period.year, as_of, query.wanted.basis));
  RETURN_IF_ERROR(CheckAllRead(facts.plans, facts.submissions, period));
  const auto plans = FindPlans(facts.plans, facts.submissions, period);
  if (!plans.has_value()) return ScorecardNotFound(query.name);
  Policy policy = OwnPolicy(facts.plans, facts.submissions, period);
  if (!query.policy.empty()) {
    ASSIGN_OR_RETURN(policy, PolicyNamed(projection_, query.policy, as_of));
  }
  const Scorecard scorecard = *Score(facts.plans, facts.submissions, policy, period);
  ASSIGN_OR_RETURN(const explain::Explanation explanation,
                   explain::Explain({scorecard, policy, *plans->plan}, query.figure, query.bounds));
  v1::ExplainFigureResponse response;
  *response.mutable_explanation() = ToProto(explanation, query.languages);
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  return response;
}

}  // namespace sakip::scoring
