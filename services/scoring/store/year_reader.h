// YearReader reads what concerns a year of one agency after another, in one state: what a region
// has for all its agencies is read once.
#ifndef SAKIP_SERVICES_SCORING_STORE_YEAR_READER_H_
#define SAKIP_SERVICES_SCORING_STORE_YEAR_READER_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

// Not thread-safe. Borrows the projection, which outlives it. Remembers one region: agencies that
// come by name come region by region.
class YearReader {
 public:
  YearReader(const Projection& projection, int year, const AsOf& as_of, Basis basis)
      : projection_(projection), year_(year), as_of_(as_of), basis_(basis) {}

  // As Projection::Load.
  absl::StatusOr<AgencyYear> Load(const std::string& agency);

 private:
  const Projection& projection_;
  const int year_;
  const AsOf as_of_;
  const Basis basis_;
  std::optional<std::string> region_;  // Whose policies they are.
  YearPolicies policies_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_YEAR_READER_H_
