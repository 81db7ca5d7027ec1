#include "services/scoring/rpc/scoring_service.h"

#include <google/protobuf/arena.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/finding/proto/finding_to_proto.h"
#include "common/rpc/message_bytes.h"
#include "services/scoring/domain/comparison.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/domain/scorecard_diff.h"
#include "services/scoring/rpc/comparison_to_proto.h"
#include "services/scoring/rpc/earlier_years.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/policy_lookup.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/rpc/scorer.h"

namespace sakip::scoring {
namespace {

using rpc::Joined;
using rpc::WriteMessage;

// That key indicators are compared with.
constexpr int kEarlierYears = 2;

// What is kept of the answer to a query; empty where none of it is. Not of a state of the past:
// which changes came after it is known only of those since the start.
std::string CacheKey(const ScorecardQuery& query, uint64_t generation) {
  const bool latest = query.wanted.as_of.state_case() == v1::AsOf::STATE_NOT_SET;
  if (!latest || !query.policy.empty() || query.with_comparisons) return "";
  return absl::StrCat(query.name.agency, " ", FormatPeriod(query.name.period),
                      query.wanted.basis == Basis::kVerified ? " verified " : " ",
                      static_cast<int>(query.view), " ", generation);
}

// A whole scorecard takes megabytes: they are taken from the system in few parts.
google::protobuf::ArenaOptions ArenaFor(View view) {
  google::protobuf::ArenaOptions options;
  if (view == View::kFull) options.start_block_size = options.max_block_size = 512 * 1024;
  return options;
}

// What was read, as it follows the scorecard in a response: messages are joined by their bytes.
grpc::Slice WriteRead(const AsOf& as_of) {
  v1::GetScorecardResponse response;
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  return WriteMessage(response);
}

}  // namespace

ScoringService::ScoringService(rpc::Gate& gate, const Projection& projection, Progress& progress,
                               std::function<Positions()> ends)
    : gate_(gate), projection_(projection), progress_(progress), ends_(std::move(ends)) {
  gate_.OnDrain([this] { progress_.WakeAll(); });
}

grpc::ServerUnaryReactor* ScoringService::GetScorecard(grpc::CallbackServerContext* context,
                                                       const grpc::ByteBuffer* in,
                                                       grpc::ByteBuffer* out) {
  return FreshRead<v1::GetScorecardRequest>(
      gate_, progress_, context, in, out, ToScorecardQuery,
      [this](const ScorecardQuery& query) { return DoGetScorecard(query); },
      [this](const ScorecardQuery& query) {
        const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
        return KeptAt(PlaceOf(query, as_of), as_of);
      });
}

std::optional<ScoringService::CachePlace> ScoringService::PlaceOf(const ScorecardQuery& query,
                                                                  const AsOf& as_of) const {
  CachePlace place;
  place.change = projection_.LatestChangeOf(query.name.agency);
  place.key = CacheKey(query, projection_.generation());
  // A state without the latest change was overtaken by others.
  if (place.key.empty() || !place.change.IsIn(as_of)) return std::nullopt;
  return place;
}

std::optional<grpc::ByteBuffer> ScoringService::KeptAt(const std::optional<CachePlace>& place,
                                                       const AsOf& as_of) const {
  if (!place.has_value()) return std::nullopt;
  const auto found = cache_.Find(place->key, place->change, as_of);
  if (!found.has_value()) return std::nullopt;
  return Joined(*found, WriteRead(as_of));
}

absl::StatusOr<grpc::ByteBuffer> ScoringService::DoGetScorecard(const ScorecardQuery& query) const {
  const AsOf as_of = Resolve(query.wanted.as_of, progress_.read());
  const std::optional<CachePlace> place = PlaceOf(query, as_of);
  // Kept for another while this waited for its turn.
  std::optional<grpc::ByteBuffer> kept = KeptAt(place, as_of);
  if (kept.has_value()) return *std::move(kept);
  google::protobuf::Arena arena(ArenaFor(query.view));
  auto& response = *google::protobuf::Arena::CreateMessage<v1::GetScorecardResponse>(&arena);
  RETURN_IF_ERROR(ComputeScorecard(query, as_of, response));
  if (!place.has_value()) {
    *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
    return Joined(WriteMessage(response));
  }
  const grpc::Slice scorecard = WriteMessage(response);
  cache_.Keep(place->key, as_of, scorecard);
  return Joined(scorecard, WriteRead(as_of));
}

absl::Status ScoringService::ComputeScorecard(const ScorecardQuery& query, const AsOf& as_of,
                                              v1::GetScorecardResponse& response) const {
  const auto& [agency, period] = query.name;
  // Under another policy only the figures of its own are looked at.
  const Derivations derivations =
      query.policy.empty() ? DerivationsOf(query.view) : Derivations::kLeftOut;
  ASSIGN_OR_RETURN(const Scored own, Scorer(projection_, period.year, as_of, query.wanted.basis)
                                         .Score(agency, period, derivations));
  if (!own.card.has_value()) return ScorecardNotFound(query.name);
  std::optional<Policy> named;
  if (query.policy.empty()) {
    WriteScorecard(*own.card, query.view, *response.mutable_scorecard());
  } else {
    ASSIGN_OR_RETURN(named, PolicyNamed(projection_, query.policy, as_of));
    const Scorecard card =
        *Score(own.facts.plans, own.facts.submissions, *named, period, DerivationsOf(query.view));
    WriteScorecard(card, query.view, *response.mutable_scorecard());
    response.mutable_comparison()->set_own_policy(own.card->policy);
    for (const AchievementChange& change : ChangedAchievements(*own.card, card)) {
      *response.mutable_comparison()->add_changes() = ToProto(change);
    }
  }
  if (!query.with_comparisons) return absl::OkStatus();
  return AddComparisons(query, as_of, own.facts, named.has_value() ? &*named : nullptr, response);
}

absl::Status ScoringService::AddComparisons(const ScorecardQuery& query, const AsOf& as_of,
                                            const AgencyYear& facts, const Policy* named,
                                            v1::GetScorecardResponse& response) const {
  const Period period = query.name.period;
  ASSIGN_OR_RETURN(const EarlierYears before,
                   LoadEarlierYears(projection_, query.name.agency, period.year - kEarlierYears,
                                    period.year, as_of, query.wanted.basis));
  const YearFacts now{period.year, &facts.plans, &facts.submissions, named};
  ASSIGN_OR_RETURN(const std::vector<ReferenceValue> references,
                   projection_.LoadReferences(query.name.agency, period.year, as_of));
  const Comparisons comparisons =
      CompareKeyIndicators(now, before.facts, references, period.quarter);
  for (const IndicatorComparison& comparison : comparisons.indicators) {
    *response.add_comparisons() = ToProto(comparison);
  }
  for (const Finding& warning : comparisons.warnings) *response.add_warnings() = ToProto(warning);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* ScoringService::GetProgress(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* in,
                                                      grpc::ByteBuffer* out) {
  return rpc::Unary<v1::GetProgressRequest>(
      gate_, context, in, out,
      [this](const rpc::Call&,
             const v1::GetProgressRequest&) -> absl::StatusOr<v1::GetProgressResponse> {
        v1::GetProgressResponse progress;
        const Positions read = progress_.read(), end = ends_();
        *progress.mutable_read() = ToProto(read);
        *progress.mutable_end() = ToProto(end);
        *progress.mutable_lag() = ToProto(Lag(read, end));
        return progress;
      });
}

}  // namespace sakip::scoring
