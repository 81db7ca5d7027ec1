// The facts of the years before the one that a read is about.
#ifndef SAKIP_SERVICES_SCORING_RPC_EARLIER_YEARS_H_
#define SAKIP_SERVICES_SCORING_RPC_EARLIER_YEARS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/scoring/domain/scored_period.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// `facts` points into `loaded`, whose elements stay where they are when this is moved.
struct EarlierYears {
  EarlierYears() = default;
  EarlierYears(EarlierYears&&) = default;
  EarlierYears& operator=(EarlierYears&&) = default;

  std::vector<AgencyYear> loaded;
  std::vector<YearFacts> facts;  // Ascending; each under its own policy.
};

// The years from `first`, or the first that there can be, to the one before `year`.
absl::StatusOr<EarlierYears> LoadEarlierYears(const Projection& projection,
                                              const std::string& agency, int first, int year,
                                              const AsOf& as_of, Basis basis);

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_RPC_EARLIER_YEARS_H_
