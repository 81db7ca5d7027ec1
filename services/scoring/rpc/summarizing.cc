// Regions summed up.

#include <map>
#include <utility>

#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/rpc/authorize.h"
#include "services/scoring/domain/region_summary.h"
#include "services/scoring/domain/scorecard_filter.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/rpc/scorer.h"
#include "services/scoring/rpc/scoring_service.h"

namespace sakip::scoring {
namespace {

v1::RegionSummary ToProto(std::string region, const RegionSummary& from) {
  v1::RegionSummary to;
  to.set_region(std::move(region));
  to.set_agencies(from.agencies);
  to.set_without_plan(from.without_plan);
  to.set_submitted(from.submitted);
  to.set_unrated(from.unrated);
  for (const RatingDistribution& distribution : from.distributions) {
    v1::RatingDistribution& message = *to.add_distributions();
    message.set_rating_scale(distribution.scale);
    for (const RatingCount& count : distribution.counts) {
      v1::RatingCount& counted = *message.add_counts();
      counted.set_rating(count.rating);
      counted.set_rating_label(count.label);
      counted.set_agencies(count.agencies);
    }
  }
  *to.mutable_budget() = ToProto(from.budget);
  return to;
}

// The region of an agency: `regions/35.09`.
std::string RegionOf(const std::string& agency) {
  return agency.substr(0, agency.find("/agencies/"));
}

}  // namespace

grpc::ServerUnaryReactor* ScoringService::SummarizeScorecards(grpc::CallbackServerContext* context,
                                                              const grpc::ByteBuffer* in,
                                                              grpc::ByteBuffer* out) {
  return FreshRead<v1::SummarizeScorecardsRequest>(
      gate_, progress_, context, in, out, ToScopeQuery,
      [this](const ScopeQuery& query) { return DoSummarizeScorecards(query); });
}

absl::StatusOr<v1::SummarizeScorecardsResponse> ScoringService::DoSummarizeScorecards(
    const ScopeQuery& query) const {
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  v1::SummarizeScorecardsResponse response;
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  RegionTally total;
  std::map<std::string, RegionTally> governments;
  Scorer scorer(projection_, query.period.year, as_of, query.wanted.basis);
  RETURN_IF_ERROR(scorer.ForEach(query.scope, query.period, "", [&](const Scored& scored) {
    const PlanHistory& plans = scored.facts.plans;
    // One that was registered after the state that is told is not there yet.
    if (plans.display_name.empty() && !scored.card.has_value()) return true;
    RegionTally& own = governments[RegionOf(plans.agency)];
    if (!scored.card.has_value()) {
      total.AddWithoutPlan();
      own.AddWithoutPlan();
      return true;
    }
    total.Add(*scored.card, *scored.policy);
    own.Add(*scored.card, *scored.policy);
    if (IsSubmitted(*scored.card)) return true;
    v1::AwaitedAgency& awaited = *response.add_not_submitted();
    awaited.set_agency(plans.agency);
    awaited.set_agency_display_name(plans.display_name);
    return true;
  }));
  *response.mutable_total() = ToProto(rpc::ScopeName(query.scope), total.Sum());
  for (const auto& [region, tally] : governments) {
    *response.add_governments() = ToProto(region, tally.Sum());
  }
  return response;
}

}  // namespace sakip::scoring
