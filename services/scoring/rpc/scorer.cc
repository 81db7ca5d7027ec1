#include "services/scoring/rpc/scorer.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/score.h"

namespace sakip::scoring {

Scored ScoreOwn(AgencyYear facts, Period period) {
  Scored scored{std::move(facts), nullptr, std::nullopt};
  const AgencyYear& kept = scored.facts;
  scored.policy = &OwnPolicy(kept.plans, kept.submissions, period);
  scored.card = sakip::scoring::Score(kept.plans, kept.submissions, *scored.policy, period);
  return scored;
}

absl::StatusOr<Scored> Scorer::Score(const std::string& agency, Period period) {
  ASSIGN_OR_RETURN(AgencyYear facts, reader_.Load(agency));
  return ScoreOwn(std::move(facts), period);
}

absl::Status Scorer::ForEach(const ResourceName& scope, Period period, const std::string& after,
                             const std::function<bool(const Scored&)>& visit) {
  absl::Status status;
  RETURN_IF_ERROR(projection_.ForEachAgency(scope, after, [&](const std::string& agency) {
    const auto scored = Score(agency, period);
    if (scored.ok()) return visit(*scored);
    status = scored.status();
    return false;
  }));
  return status;
}

}  // namespace sakip::scoring
