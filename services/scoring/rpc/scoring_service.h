// ScoringService serves sakip.scoring.v1.ScoringService over a projection.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORING_SERVICE_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORING_SERVICE_H_

#include <grpcpp/support/byte_buffer.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/gate.h"
#include "common/rpc/raw_service.h"
#include "common/rpc/unary.h"
#include "sakip/scoring/v1/scoring_service.grpc.pb.h"
#include "services/scoring/rpc/list_query.h"
#include "services/scoring/rpc/moment.h"
#include "services/scoring/rpc/policy_query.h"
#include "services/scoring/rpc/ranking_cache.h"
#include "services/scoring/rpc/scorecard_cache.h"
#include "services/scoring/rpc/scorecard_query.h"
#include "services/scoring/rpc/simulation_query.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Thread-safe. Borrows all it is given, which outlives it.
class ScoringService final
    : public rpc::RawService<v1::ScoringService::Service,
                             v1::ScoringService::WithRawCallbackMethod_GetScorecard,
                             v1::ScoringService::WithRawCallbackMethod_SimulateScorecard,
                             v1::ScoringService::WithRawCallbackMethod_ListScorecards,
                             v1::ScoringService::WithRawCallbackMethod_SummarizeScorecards,
                             v1::ScoringService::WithRawCallbackMethod_GetPolicy,
                             v1::ScoringService::WithRawCallbackMethod_ListPolicies,
                             v1::ScoringService::WithRawCallbackMethod_GetProgress> {
 public:
  // `ends` tells how many records the followed logs hold, as far as is known.
  ScoringService(rpc::Gate& gate, const Projection& projection, Progress& progress,
                 std::function<Positions()> ends);

  // Its answers may have been kept, as bytes: making the message anew takes longer than sending it.
  grpc::ServerUnaryReactor* GetScorecard(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* SimulateScorecard(grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* in,
                                              grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListScorecards(grpc::CallbackServerContext* context,
                                           const grpc::ByteBuffer* in,
                                           grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* SummarizeScorecards(grpc::CallbackServerContext* context,
                                                const grpc::ByteBuffer* in,
                                                grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetPolicy(grpc::CallbackServerContext* context,
                                      const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* ListPolicies(grpc::CallbackServerContext* context,
                                         const grpc::ByteBuffer* in,
                                         grpc::ByteBuffer* out) override;
  grpc::ServerUnaryReactor* GetProgress(grpc::CallbackServerContext* context,
                                        const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override;

 private:
  absl::StatusOr<grpc::ByteBuffer> DoGetScorecard(const ScorecardQuery& query) const;
  // Where an answer is kept, and what it must hold; nothing where it is not kept.
  struct CachePlace {
    std::string key;
    LatestChange change;
  };
  std::optional<CachePlace> PlaceOf(const ScorecardQuery& query, const AsOf& as_of) const;
  std::optional<grpc::ByteBuffer> KeptAt(const std::optional<CachePlace>& place,
                                         const AsOf& as_of) const;
  // Adds everything to `response` but what was read.
  absl::Status ComputeScorecard(const ScorecardQuery& query, const AsOf& as_of,
                                v1::GetScorecardResponse& response) const;
  // Of `now` under `named`, or where that is null each quarter under its own policy.
  absl::Status AddComparisons(const ScorecardQuery& query, const AsOf& as_of,
                              const AgencyYear& facts, const Policy* named,
                              v1::GetScorecardResponse& response) const;
  absl::StatusOr<v1::SimulateScorecardResponse> DoSimulateScorecard(
      const SimulationQuery& query) const;
  absl::StatusOr<v1::ListScorecardsResponse> DoListScorecards(const ListQuery& query) const;
  // Each adds the page of `query` as of a state.
  absl::Status ListByName(const ListQuery& query, const Positions& state, const AsOf& as_of,
                          v1::ListScorecardsResponse& response) const;
  absl::Status ListSorted(const ListQuery& query, const Positions& state, const AsOf& as_of,
                          v1::ListScorecardsResponse& response) const;
  absl::StatusOr<Ranking> RankAll(const ListQuery& query, const AsOf& as_of) const;
  absl::StatusOr<v1::SummarizeScorecardsResponse> DoSummarizeScorecards(
      const ScopeQuery& query) const;

  absl::StatusOr<v1::GetPolicyResponse> DoGetPolicy(const std::string& name) const;
  absl::StatusOr<v1::ListPoliciesResponse> DoListPolicies(const PolicyListQuery& query) const;

  rpc::Gate& gate_;
  const Projection& projection_;
  Progress& progress_;
  const std::function<Positions()> ends_;
  mutable RankingCache rankings_;
  mutable ScorecardCache cache_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORING_SERVICE_H_
