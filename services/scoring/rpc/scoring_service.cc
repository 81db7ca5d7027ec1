#include "services/scoring/rpc/scoring_service.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/finding/proto/finding_to_proto.h"
#include "services/scoring/domain/comparison.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/domain/scorecard_diff.h"
#include "services/scoring/rpc/comparison_to_proto.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/policy_lookup.h"
#include "services/scoring/rpc/scorecard_to_proto.h"

namespace sakip::scoring {
namespace {

// That key indicators are compared with.
constexpr int kEarlierYears = 2;

}  // namespace

ScoringService::ScoringService(rpc::Gate& gate, const Projection& projection, Progress& progress,
                               std::function<Positions()> ends)
    : gate_(gate), projection_(projection), progress_(progress), ends_(std::move(ends)) {
  gate_.OnDrain([this] { progress_.WakeAll(); });
}

grpc::ServerUnaryReactor* ScoringService::GetScorecard(grpc::CallbackServerContext* context,
                                                       const v1::GetScorecardRequest* request,
                                                       v1::GetScorecardResponse* response) {
  return FreshRead(
      gate_, progress_, context, request, response, [&] { return ToScorecardQuery(*request); },
      [this](const ScorecardQuery& query) { return DoGetScorecard(query); });
}

absl::StatusOr<v1::GetScorecardResponse> ScoringService::DoGetScorecard(
    const ScorecardQuery& query) const {
  const auto& [agency, period] = query.name;
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  ASSIGN_OR_RETURN(const AgencyYear facts,
                   projection_.Load(agency, period.year, as_of, query.wanted.basis));
  const std::optional<Scorecard> own = Score(
      facts.plans, facts.submissions, OwnPolicy(facts.plans, facts.submissions, period), period);
  if (!own.has_value()) return ScorecardNotFound(query.name);
  v1::GetScorecardResponse response;
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  std::optional<Policy> named;
  if (query.policy.empty()) {
    *response.mutable_scorecard() = ToProto(*own);
  } else {
    ASSIGN_OR_RETURN(named, PolicyNamed(projection_, query.policy, as_of));
    const Scorecard card = *Score(facts.plans, facts.submissions, *named, period);
    *response.mutable_scorecard() = ToProto(card);
    response.mutable_comparison()->set_own_policy(own->policy);
    for (const AchievementChange& change : ChangedAchievements(*own, card)) {
      *response.mutable_comparison()->add_changes() = ToProto(change);
    }
  }
  if (query.with_comparisons) {
    RETURN_IF_ERROR(
        AddComparisons(query, as_of, facts, named.has_value() ? &*named : nullptr, response));
  }
  return response;
}

absl::Status ScoringService::AddComparisons(const ScorecardQuery& query, const AsOf& as_of,
                                            const AgencyYear& facts, const Policy* named,
                                            v1::GetScorecardResponse& response) const {
  const Period period = query.name.period;
  std::vector<AgencyYear> loaded;
  loaded.reserve(kEarlierYears);  // What is loaded is pointed into.
  std::vector<YearFacts> before;
  for (int year = std::max(kYearMin, period.year - kEarlierYears); year < period.year; ++year) {
    ASSIGN_OR_RETURN(AgencyYear earlier,
                     projection_.Load(query.name.agency, year, as_of, query.wanted.basis));
    const AgencyYear& kept = loaded.emplace_back(std::move(earlier));
    before.push_back({year, &kept.plans, &kept.submissions, nullptr});
  }
  const YearFacts now{period.year, &facts.plans, &facts.submissions, named};
  ASSIGN_OR_RETURN(const std::vector<ReferenceValue> references,
                   projection_.LoadReferences(query.name.agency, period.year, as_of));
  const Comparisons comparisons = CompareKeyIndicators(now, before, references, period.quarter);
  for (const IndicatorComparison& comparison : comparisons.indicators) {
    *response.add_comparisons() = ToProto(comparison);
  }
  for (const Finding& warning : comparisons.warnings) *response.add_warnings() = ToProto(warning);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* ScoringService::GetProgress(grpc::CallbackServerContext* context,
                                                      const v1::GetProgressRequest* request,
                                                      v1::GetProgressResponse* response) {
  return rpc::Unary(gate_, context, request, response,
                    [this](const rpc::Call&) -> absl::StatusOr<v1::GetProgressResponse> {
                      v1::GetProgressResponse progress;
                      *progress.mutable_read() = ToProto(progress_.read());
                      *progress.mutable_end() = ToProto(ends_());
                      return progress;
                    });
}

}  // namespace sakip::scoring
