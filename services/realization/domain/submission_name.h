// Names of submissions and of what belongs to them. Values and pure functions.
#ifndef SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMISSION_NAME_H_
#define SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMISSION_NAME_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/base/period.h"

namespace sakip::realization {

struct SubmissionName {
  std::string agency;  // `regions/35.09/agencies/dinsos`
  Period period;

  // `{agency}/years/2023`: the stream of the year.
  std::string Stream() const;

  // `{agency}/annualPlans/2023`: the plan that its codes are of.
  std::string AnnualPlan() const;
};

// Parses `{agency}/submissions/2023Q4`. The status says what would be right, without a field path.
absl::StatusOr<SubmissionName> ParseSubmissionName(absl::string_view name);

}  // namespace sakip::realization

#endif  // SAKIP_SERVICES_REALIZATION_DOMAIN_SUBMISSION_NAME_H_
