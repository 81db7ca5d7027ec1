#include "services/scoring/rpc/earlier_years.h"

#include <algorithm>
#include <utility>

#include "common/base/period.h"
#include "common/base/status_macros.h"

namespace sakip::scoring {

absl::StatusOr<EarlierYears> LoadEarlierYears(const Projection& projection,
                                              const std::string& agency, int first, int year,
                                              const AsOf& as_of, Basis basis) {
  EarlierYears years;
  first = std::clamp(first, kYearMin, year);
  years.loaded.reserve(static_cast<size_t>(year - first));  // What is loaded is pointed into.
  for (int earlier = first; earlier < year; ++earlier) {
    ASSIGN_OR_RETURN(AgencyYear facts, projection.Load(agency, earlier, as_of, basis));
    const AgencyYear& kept = years.loaded.emplace_back(std::move(facts));
    years.facts.push_back({earlier, &kept.plans, &kept.submissions, nullptr});
  }
  return years;
}

}  // namespace sakip::scoring
