#include "services/scoring/rpc/scorer.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/base/thread_priority.h"
#include "services/scoring/domain/own_policy.h"
#include "services/scoring/domain/score.h"

namespace sakip::scoring {

std::optional<Scorecard> OwnScorecard(const AgencyYear& facts, Period period,
                                      Derivations derivations) {
  return Score(facts.plans, facts.submissions, OwnPolicy(facts.plans, facts.submissions, period),
               period, derivations);
}

absl::StatusOr<Scored> Scorer::Score(const std::string& agency, Period period,
                                     Derivations derivations) {
  Scored scored;
  ASSIGN_OR_RETURN(scored.facts, reader_.Load(agency));
  // What they share does not move with them.
  scored.policy = &OwnPolicy(scored.facts.plans, scored.facts.submissions, period);
  scored.card = OwnScorecard(scored.facts, period, derivations);
  return scored;
}

absl::Status Scorer::ForEach(const ResourceName& scope, Period period, const std::string& after,
                             const std::function<bool(const Scored&)>& visit) {
  absl::Status status;
  RETURN_IF_ERROR(projection_.ForEachAgency(scope, after, [&](const std::string& agency) {
    GiveWay();
    const auto scored = Score(agency, period, Derivations::kLeftOut);
    if (scored.ok()) return visit(*scored);
    status = scored.status();
    return false;
  }));
  return status;
}

}  // namespace sakip::scoring
