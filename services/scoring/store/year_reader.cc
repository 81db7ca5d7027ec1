#include "services/scoring/store/year_reader.h"

#include "common/base/resource_name.h"
#include "common/base/status_macros.h"

namespace sakip::scoring {

absl::StatusOr<AgencyYear> YearReader::Load(const std::string& agency) {
  const auto name = ParseAgencyName(agency);
  const std::string region = name.ok() ? name->region : "";
  if (region_ != region) {
    policies_ = {};
    if (!region.empty()) {
      ASSIGN_OR_RETURN(policies_, projection_.LoadPolicies(region, year_, as_of_));
    }
    region_ = region;
  }
  return projection_.LoadUnder(agency, year_, as_of_, basis_, policies_);
}

}  // namespace sakip::scoring
