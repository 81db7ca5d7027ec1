// Lists of scorecards: filtered, ordered and ranked, page after page of one state.

#include <google/protobuf/util/field_mask_util.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/ranking.h"
#include "services/scoring/domain/score.h"
#include "services/scoring/rpc/fresh_read.h"
#include "services/scoring/rpc/scorecard_to_proto.h"
#include "services/scoring/rpc/scoring_service.h"

namespace sakip::scoring {
namespace {

v1::Scorecard ToListed(const Scorecard& card, const google::protobuf::FieldMask& read_mask) {
  v1::Scorecard listed = ToSummary(card);
  if (!read_mask.paths().empty()) {
    google::protobuf::util::FieldMaskUtil::TrimMessage(read_mask, &listed);
  }
  return listed;
}

}  // namespace

grpc::ServerUnaryReactor* ScoringService::ListScorecards(grpc::CallbackServerContext* context,
                                                         const v1::ListScorecardsRequest* request,
                                                         v1::ListScorecardsResponse* response) {
  return FreshRead(
      gate_, progress_, context, request, response, [&] { return ToListQuery(*request); },
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
  return ForEachScored(query.of, as_of, query.after, [&](const Scored& scored) {
    if (!scored.card.has_value() || !Matches(query.filter, *scored.card)) return true;
    if (response.scorecards_size() == query.size) {
      response.set_next_page_token(query.NextPageToken(state, last));
      return false;
    }
    *response.add_scorecards() = ToListed(*scored.card, query.read_mask);
    last = scored.card->agency;
    return true;
  });
}

// All are scored for every page, and only what they are sorted by is kept: a state is the same
// whenever it is asked for, so pages fit together without one being held between them.
absl::Status ScoringService::ListSorted(const ListQuery& query, const Positions& state,
                                        const AsOf& as_of,
                                        v1::ListScorecardsResponse& response) const {
  const bool by_name = query.order.by == ListOrder::By::kName;
  std::vector<Ranked> ranking;
  RETURN_IF_ERROR(ForEachScored(query.of, as_of, "", [&](const Scored& scored) {
    if (!scored.card.has_value() || !Matches(query.filter, *scored.card)) return true;
    ranking.push_back({scored.card->agency, std::nullopt});
    if (!by_name) ranking.back().value = query.order.FigureOf(*scored.card).exact;
    return true;
  }));
  if (by_name) {
    std::reverse(ranking.begin(), ranking.end());
  } else {
    Rank(query.order.descending, ranking);
  }
  auto next = ranking.begin();
  if (!query.after.empty()) {
    next = std::find_if(ranking.begin(), ranking.end(),
                        [&](const Ranked& ranked) { return ranked.agency == query.after; });
    if (next != ranking.end()) ++next;
  }
  for (; next != ranking.end(); ++next) {
    if (response.scorecards_size() == query.size) {
      response.set_next_page_token(query.NextPageToken(state, std::prev(next)->agency));
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const Scored scored, LoadScored(next->agency, query.of, as_of));
    *response.add_scorecards() = ToListed(*scored.card, query.read_mask);
    if (!by_name) response.add_ranks(next->rank);
  }
  return absl::OkStatus();
}

absl::StatusOr<Scored> ScoringService::LoadScored(const std::string& agency, const ScopeQuery& of,
                                                  const AsOf& as_of) const {
  Scored scored;
  ASSIGN_OR_RETURN(scored.facts, projection_.Load(agency, of.period.year, as_of, of.wanted.basis));
  scored.policy = OwnPolicy(scored.facts.plans, scored.facts.submissions, of.period);
  scored.card = Score(scored.facts.plans, scored.facts.submissions, scored.policy, of.period);
  return scored;
}

absl::Status ScoringService::ForEachScored(const ScopeQuery& of, const AsOf& as_of,
                                           const std::string& after,
                                           const std::function<bool(const Scored&)>& visit) const {
  absl::Status status;
  RETURN_IF_ERROR(projection_.ForEachAgency(of.scope, after, [&](const std::string& agency) {
    const auto scored = LoadScored(agency, of, as_of);
    if (scored.ok()) return visit(*scored);
    status = scored.status();
    return false;
  }));
  return status;
}

}  // namespace sakip::scoring
