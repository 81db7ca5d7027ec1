// Lists of scorecards: filtered, ordered and ranked, page after page of one state.

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "services/scoring/domain/ranking.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/rpc/scorer.h"
#include "services/scoring/rpc/scoring_service.h"

namespace sakip::scoring {

grpc::ServerUnaryReactor* ScoringService::ListScorecards(grpc::CallbackServerContext* context,
                                                         const grpc::ByteBuffer* in,
                                                         grpc::ByteBuffer* out) {
  return FreshRead<v1::ListScorecardsRequest>(
      gate_, progress_, context, in, out, ToListQuery,
      [this](const ListQuery& query) { return DoListScorecards(query); });
}

absl::StatusOr<v1::ListScorecardsResponse> ScoringService::DoListScorecards(
    const ListQuery& query) const {
  const Positions state = query.state.value_or(progress_.read());
  const AsOf as_of = Resolve(query.of.wanted.as_of, state);
  v1::ListScorecardsResponse response;
  *response.mutable_read() = ToProto(Positions{as_of.planning, as_of.realization});
  RETURN_IF_ERROR(query.order.by == ListOrder::By::kName && !query.order.descending
                      ? ListByName(query, state, as_of, response)
                      : ListSorted(query, state, as_of, response));
  return response;
}

absl::Status ScoringService::ListByName(const ListQuery& query, const Positions& state,
                                        const AsOf& as_of,
                                        v1::ListScorecardsResponse& response) const {
  std::string last = query.after;
  Scorer scorer(projection_, query.of.period.year, as_of, query.of.wanted.basis);
  return scorer.ForEach(query.of.scope, query.of.period, query.after, [&](const Scored& scored) {
    if (!scored.card.has_value() || !Matches(query.filter, *scored.card)) return true;
    if (response.scorecards_size() == query.size) {
      response.set_next_page_token(query.NextPageToken(state, last));
      return false;
    }
    *response.add_scorecards() = ToProto(*scored.card, View::kBasic, query.read_mask);
    last = scored.card->agency;
    return true;
  });
}

absl::Status ScoringService::ListSorted(const ListQuery& query, const Positions& state,
                                        const AsOf& as_of,
                                        v1::ListScorecardsResponse& response) const {
  const bool by_name = query.order.by == ListOrder::By::kName;
  const std::string key = absl::StrCat(state.planning, " ", state.realization, " ", query.list);
  Ranking ranking = rankings_.Find(key);
  if (ranking == nullptr) {
    ASSIGN_OR_RETURN(ranking, RankAll(query, as_of));
    if (ranking->size() > static_cast<size_t>(query.size)) rankings_.Keep(key, ranking);
  }
  auto next = ranking->begin();
  if (!query.after.empty()) {
    next = std::find_if(ranking->begin(), ranking->end(),
                        [&](const Place& place) { return place.agency == query.after; });
    if (next != ranking->end()) ++next;
  }
  Scorer scorer(projection_, query.of.period.year, as_of, query.of.wanted.basis);
  for (; next != ranking->end(); ++next) {
    if (response.scorecards_size() == query.size) {
      response.set_next_page_token(query.NextPageToken(state, std::prev(next)->agency));
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const Scored scored,
                     scorer.Score(next->agency, query.of.period, Derivations::kLeftOut));
    *response.add_scorecards() = ToProto(*scored.card, View::kBasic, query.read_mask);
    if (!by_name) response.add_ranks(next->rank);
  }
  return absl::OkStatus();
}

// All are scored, and only what they are sorted by is kept.
absl::StatusOr<Ranking> ScoringService::RankAll(const ListQuery& query, const AsOf& as_of) const {
  const bool by_name = query.order.by == ListOrder::By::kName;
  std::vector<Ranked> ranked;
  Scorer scorer(projection_, query.of.period.year, as_of, query.of.wanted.basis);
  RETURN_IF_ERROR(scorer.ForEach(query.of.scope, query.of.period, "", [&](const Scored& scored) {
    if (!scored.card.has_value() || !Matches(query.filter, *scored.card)) return true;
    ranked.push_back({scored.card->agency, std::nullopt});
    if (!by_name) ranked.back().value = query.order.FigureOf(*scored.card).exact;
    return true;
  }));
  if (by_name) {
    std::reverse(ranked.begin(), ranked.end());
  } else {
    Rank(query.order.descending, ranked);
  }
  std::vector<Place> places;
  places.reserve(ranked.size());
  for (Ranked& agency : ranked) places.push_back({std::move(agency.agency), agency.rank});
  return std::make_shared<const std::vector<Place>>(std::move(places));
}

}  // namespace sakip::scoring
