// Scorer is the one way from the projection to scorecards: facts of an agency and year, the policy
// that is their own, and what follows.
#ifndef SAKIP_SERVICES_SCORING_RPC_SCORER_H_
#define SAKIP_SERVICES_SCORING_RPC_SCORER_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/base/period.h"
#include "services/scoring/domain/scorecard.h"
#include "services/scoring/rpc/list_query.h"
#include "services/scoring/store/projection.h"
#include "services/scoring/store/year_reader.h"

namespace sakip::scoring {

// The facts of an agency and year, and what follows for a quarter.
struct Scored {
  AgencyYear facts;
  const Policy* policy = nullptr;  // Its own: a built-in one, or one that `facts` share.
  std::optional<Scorecard> card;   // Absent where no plan is in force.
};

// The scorecard of `facts` at the end of `period` under their own policy; absent where no plan is
// in force.
std::optional<Scorecard> OwnScorecard(const AgencyYear& facts, Period period,
                                      Derivations derivations);

// Not thread-safe: one a call. Borrows the projection, which outlives it.
class Scorer {
 public:
  Scorer(const Projection& projection, int year, const AsOf& as_of, Basis basis)
      : projection_(projection), reader_(projection, year, as_of, basis) {}

  // As Projection::Load.
  absl::StatusOr<AgencyYear> Load(const std::string& agency) { return reader_.Load(agency); }
  absl::StatusOr<Scored> Score(const std::string& agency, Period period, Derivations derivations);

  // Calls `visit` with each agency in `scope` after `after`, by name, until it returns false. Their
  // scorecards are without derivations.
  absl::Status ForEach(const ResourceName& scope, Period period, const std::string& after,
                       const std::function<bool(const Scored&)>& visit);

 private:
  const Projection& projection_;
  YearReader reader_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_SCORER_H_
