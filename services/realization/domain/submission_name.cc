#include "services/realization/domain/submission_name.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"

namespace sakip::realization {

std::string SubmissionName::Stream() const { return absl::StrCat(agency, "/years/", period.year); }

std::string SubmissionName::AnnualPlan() const {
  return absl::StrCat(agency, "/annualPlans/", period.year);
}

absl::StatusOr<SubmissionName> ParseSubmissionName(absl::string_view name) {
  ASSIGN_OR_RETURN(const ResourceName parts, ParseNameIn("submissions", name));
  const auto period = ParsePeriod(parts.id);
  if (!period.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("ends with ", parts.id, ", no quarter; ",
                                                   parts.AgencyName(), "/submissions/2023Q4"));
  }
  return SubmissionName{parts.AgencyName(), *period};
}

}  // namespace sakip::realization
